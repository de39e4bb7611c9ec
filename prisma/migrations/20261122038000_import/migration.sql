-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('uploaded', 'previewed', 'done', 'undone');

-- CreateTable
CREATE TABLE "import_batch" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_bytes" INTEGER NOT NULL,
    "hash" BYTEA NOT NULL,
    "headings" TEXT[],
    "cells" JSONB NOT NULL,
    "row_count" INTEGER NOT NULL,
    "mapping" JSONB,
    "state" "ImportState" NOT NULL DEFAULT 'uploaded',
    "created" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "before" JSONB,
    "batch_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ,
    "undone_at" TIMESTAMPTZ,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "import_batch_portfolio_id_id_idx" ON "import_batch"("portfolio_id", "id");

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
