-- A letter may bring a report, also to an address of nobody who has an account.
ALTER TABLE "letter" ALTER COLUMN "person_id" DROP NOT NULL,
  ADD COLUMN "recipient" TEXT,
  ADD COLUMN "schedule_id" UUID,
  ADD COLUMN "report_id" UUID,
  ADD CONSTRAINT "letter_to_one" CHECK (("person_id" IS NULL) <> ("recipient" IS NULL)),
  ADD CONSTRAINT "letter_of_schedule" CHECK ("schedule_id" IS NOT NULL OR ("recipient" IS NULL AND "report_id" IS NULL));

ALTER TABLE "letter" ADD CONSTRAINT "letter_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "report_schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "letter" ADD CONSTRAINT "letter_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A report goes to each person and each address once, however often its making is tried.
CREATE UNIQUE INDEX "letter_report_id_person_id_key" ON "letter"("report_id", "person_id");
CREATE UNIQUE INDEX "letter_report_id_recipient_key" ON "letter"("report_id", "recipient");

CREATE TABLE "letter_file" (
    "letter_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "letter_file_pkey" PRIMARY KEY ("letter_id","name")
);
ALTER TABLE "letter_file" ADD CONSTRAINT "letter_file_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "report_schedule" ADD COLUMN "error" TEXT;

-- What is compressed already is not compressed again.
ALTER TABLE "task_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "letter_file" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
