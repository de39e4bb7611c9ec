-- A letter may be about one's own account: an invitation, a link for a forgotten password, a notice that access changed.
ALTER TABLE "letter" ADD COLUMN "notice" JSONB,
  DROP CONSTRAINT "letter_of_schedule",
  ADD CONSTRAINT "letter_of_schedule" CHECK ("schedule_id" IS NOT NULL OR ("report_id" IS NULL AND ("recipient" IS NULL OR "notice" IS NOT NULL))),
  ADD CONSTRAINT "letter_one_kind" CHECK ("notice" IS NULL OR "schedule_id" IS NULL);

-- Links that letters brought: the secret is made as the letter goes and stands nowhere else.
ALTER TABLE "setup_link" ADD COLUMN "letter_id" UUID;
ALTER TABLE "setup_link" ADD CONSTRAINT "setup_link_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE SET NULL ON UPDATE CASCADE;
