-- CreateEnum
CREATE TYPE "ReminderDate" AS ENUM ('deadline', 'milestone', 'instrument_end', 'notice', 'report', 'gap');

-- CreateEnum
CREATE TYPE "DayCount" AS ENUM ('calendar', 'working');

-- CreateEnum
CREATE TYPE "Recipient" AS ENUM ('owner', 'lead_agency', 'watchers', 'managers', 'person');

-- CreateEnum
CREATE TYPE "Frequency" AS ENUM ('immediately', 'daily', 'weekly');

-- CreateEnum
CREATE TYPE "Topic" AS ENUM ('overdue', 'due_soon', 'stale', 'attention');

-- CreateEnum
CREATE TYPE "LetterState" AS ENUM ('waiting', 'sent', 'parked', 'unsent', 'dropped');

-- CreateTable
CREATE TABLE "reminder_rule" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "seed_key" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "name" JSONB NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "query" TEXT NOT NULL DEFAULT '',
    "date" "ReminderDate" NOT NULL,
    "report_every" INTEGER,
    "offsets" INTEGER[],
    "repeat_every" INTEGER,
    "counting" "DayCount" NOT NULL DEFAULT 'calendar',
    "countries" TEXT[] DEFAULT ARRAY['VN']::TEXT[],
    "recipients" "Recipient"[],
    "person_id" UUID,
    "escalate_after" INTEGER,
    "escalate_to" "Recipient"[],
    "escalate_person_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminder_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reminder_preference" (
    "person_id" UUID NOT NULL,
    "time_zone" TEXT,
    "hour" INTEGER NOT NULL,
    "days" INTEGER[],
    "countries" TEXT[],
    "frequency" "Frequency" NOT NULL,
    "weekday" INTEGER NOT NULL,
    "mail" BOOLEAN NOT NULL,
    "in_app" BOOLEAN NOT NULL,
    "lead_days" INTEGER[],
    "own_lead_days" BOOLEAN NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "reminder_preference_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "watch" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "commitment_id" UUID,
    "view_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mute" (
    "person_id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "until" DATE,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("person_id","commitment_id")
);

-- CreateTable
CREATE TABLE "reminder" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "commitment_id" UUID,
    "rule_id" UUID,
    "occurrence" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "topic" "Topic" NOT NULL,
    "day" DATE NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "about" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mail" BOOLEAN NOT NULL,
    "in_app" BOOLEAN NOT NULL,
    "letter_id" UUID,
    "dropped_at" TIMESTAMPTZ,
    "read_at" TIMESTAMPTZ,
    "done_at" TIMESTAMPTZ,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "state" "LetterState" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "uncertain" BOOLEAN NOT NULL DEFAULT false,
    "next_try_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "sent_at" TIMESTAMPTZ,
    "address" TEXT,
    "locale" "Locale",
    "subject" TEXT,
    "text" TEXT,
    "html" TEXT,
    "unsubscribe_hash" BYTEA,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "view_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "holiday" (
    "country" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "name" JSONB NOT NULL,
    "works" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "holiday_pkey" PRIMARY KEY ("country","day")
);

-- CreateTable
CREATE TABLE "job" (
    "name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leased_until" TIMESTAMPTZ,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    "error" TEXT,
    "state" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "job_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "reminder_rule_portfolio_id_seed_key_key" ON "reminder_rule"("portfolio_id", "seed_key");

-- CreateIndex
CREATE INDEX "watch_commitment_id_idx" ON "watch"("commitment_id");

-- CreateIndex
CREATE UNIQUE INDEX "watch_person_id_commitment_id_key" ON "watch"("person_id", "commitment_id");

-- CreateIndex
CREATE UNIQUE INDEX "watch_person_id_view_id_key" ON "watch"("person_id", "view_id");

-- CreateIndex
CREATE INDEX "mute_commitment_id_idx" ON "mute"("commitment_id");

-- CreateIndex
CREATE INDEX "reminder_person_id_due_at_idx" ON "reminder"("person_id", "due_at");

-- CreateIndex
CREATE INDEX "reminder_commitment_id_idx" ON "reminder"("commitment_id");

-- CreateIndex
CREATE INDEX "reminder_letter_id_idx" ON "reminder"("letter_id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_message_id_key" ON "letter"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "letter_unsubscribe_hash_key" ON "letter"("unsubscribe_hash");

-- CreateIndex
CREATE INDEX "letter_person_id_idx" ON "letter"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_person_id_idx" ON "calendar_feed"("person_id");

-- AddForeignKey
ALTER TABLE "reminder_rule" ADD CONSTRAINT "reminder_rule_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_rule" ADD CONSTRAINT "reminder_rule_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_rule" ADD CONSTRAINT "reminder_rule_escalate_person_id_fkey" FOREIGN KEY ("escalate_person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder_preference" ADD CONSTRAINT "reminder_preference_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_rule_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "reminder_rule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_letter_id_fkey" FOREIGN KEY ("letter_id") REFERENCES "letter"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_view"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One reminder a person, a record, a rule and an occurrence, however often it is planned; where a part is null, that counts too.
CREATE UNIQUE INDEX "reminder_once" ON "reminder" ("commitment_id", "rule_id", "occurrence", "person_id") NULLS NOT DISTINCT;

-- What is yet to be put into a letter, and which letters are yet to go.
CREATE INDEX "reminder_unlettered" ON "reminder" ("person_id", "due_at") WHERE "letter_id" IS NULL AND "mail" AND "dropped_at" IS NULL;
CREATE INDEX "letter_waiting" ON "letter" ("next_try_at") WHERE "state" = 'waiting';
CREATE INDEX "letter_parked" ON "letter" ("created_at") WHERE "state" = 'parked';

-- What a person has yet to see.
CREATE INDEX "reminder_unread" ON "reminder" ("person_id") WHERE "in_app" AND "read_at" IS NULL AND "done_at" IS NULL;

-- An open inbox hears of what comes into it and of what its owner did elsewhere: once a person and statement.
CREATE FUNCTION tell_inbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('kept_changes', json_build_object('type', 'inbox', 'id', person_id, 'event', 0)::text)
  FROM (SELECT DISTINCT person_id FROM changed WHERE in_app) AS told;
  RETURN NULL;
END $$;
CREATE TRIGGER reminder_told AFTER INSERT ON "reminder" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_inbox();
CREATE TRIGGER reminder_seen AFTER UPDATE ON "reminder" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tell_inbox();
