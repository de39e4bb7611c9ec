-- AlterEnum
ALTER TYPE "TaskKind" ADD VALUE 'import';

-- AlterTable
ALTER TABLE "import_batch" ADD COLUMN "ticked" JSONB NOT NULL DEFAULT '{}';
