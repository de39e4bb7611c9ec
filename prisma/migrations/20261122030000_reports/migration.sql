-- CreateEnum
CREATE TYPE "ReportState" AS ENUM ('draft', 'in_review', 'approved', 'issued');

-- CreateEnum
CREATE TYPE "ReportEvery" AS ENUM ('week', 'month', 'meeting');

-- CreateEnum
CREATE TYPE "TaskKind" AS ENUM ('archive', 'report');

-- CreateEnum
CREATE TYPE "TaskState" AS ENUM ('waiting', 'running', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "report_template" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "state" "ReportState" NOT NULL DEFAULT 'draft',
    "author_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "summary" TEXT NOT NULL DEFAULT '',
    "remarks" JSONB NOT NULL DEFAULT '{}',
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ,
    "issued_by_id" UUID,
    "issued_at" TIMESTAMPTZ,
    "document" TEXT,
    "records" TEXT,
    "hash" BYTEA,
    "schedule_id" UUID,
    "occurrence" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_file" (
    "report_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "report_file_pkey" PRIMARY KEY ("report_id","format")
);

-- CreateTable
CREATE TABLE "report_comment" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "section" TEXT,
    "author_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "text" TEXT NOT NULL,
    "resolved_at" TIMESTAMPTZ,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "report_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_schedule" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "request" JSONB NOT NULL,
    "formats" TEXT[],
    "every" "ReportEvery" NOT NULL,
    "weekday" INTEGER,
    "month_day" INTEGER,
    "days_before" INTEGER,
    "hour" INTEGER NOT NULL,
    "person_ids" UUID[],
    "addresses" TEXT[],
    "active" BOOLEAN NOT NULL DEFAULT true,
    "made_until" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" "TaskKind" NOT NULL,
    "input" JSONB NOT NULL,
    "state" "TaskState" NOT NULL DEFAULT 'waiting',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "leased_until" TIMESTAMPTZ,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "file_name" TEXT,
    "file_type" TEXT,
    "file_bytes" BIGINT,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_chunk" (
    "task_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "task_chunk_pkey" PRIMARY KEY ("task_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "report_template_portfolio_id_name_key" ON "report_template"("portfolio_id", "name");

-- CreateIndex
CREATE INDEX "report_portfolio_id_state_id_idx" ON "report"("portfolio_id", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "report_schedule_id_occurrence_key" ON "report"("schedule_id", "occurrence");

-- CreateIndex
CREATE INDEX "report_comment_report_id_id_idx" ON "report_comment"("report_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "report_schedule_portfolio_id_name_key" ON "report_schedule"("portfolio_id", "name");

-- CreateIndex
CREATE INDEX "task_person_id_id_idx" ON "task"("person_id", "id");

-- CreateIndex
CREATE INDEX "task_state_id_idx" ON "task"("state", "id");

-- AddForeignKey
ALTER TABLE "report_template" ADD CONSTRAINT "report_template_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_template" ADD CONSTRAINT "report_template_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_approved_by_id_fkey" FOREIGN KEY ("approved_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_issued_by_id_fkey" FOREIGN KEY ("issued_by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "report_schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_file" ADD CONSTRAINT "report_file_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_comment" ADD CONSTRAINT "report_comment_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_comment" ADD CONSTRAINT "report_comment_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_schedule" ADD CONSTRAINT "report_schedule_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_schedule" ADD CONSTRAINT "report_schedule_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_chunk" ADD CONSTRAINT "task_chunk_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is issued stays as it was issued, whoever writes.
CREATE FUNCTION refuse_change_of_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an issued report does not change' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER report_issued BEFORE UPDATE OR DELETE ON report
  FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION refuse_change_of_issued();

CREATE TRIGGER report_file_issued BEFORE UPDATE OR DELETE ON report_file
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_issued();
