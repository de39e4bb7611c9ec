-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('viewer', 'editor', 'manager', 'admin');

-- CreateEnum
CREATE TYPE "Locale" AS ENUM ('en', 'vi', 'lo');

-- CreateEnum
CREATE TYPE "Form" AS ENUM ('instrument', 'pledge', 'target');

-- CreateEnum
CREATE TYPE "Kind" AS ENUM ('agreement', 'protocol', 'mou', 'letter_of_intent', 'plan', 'joint_statement', 'licence', 'deliverable', 'project', 'level_of_effort', 'number');

-- CreateEnum
CREATE TYPE "Strength" AS ENUM ('obligation', 'pledge', 'aspiration', 'description');

-- CreateEnum
CREATE TYPE "Completion" AS ENUM ('not_reported', 'not_started', 'limited', 'substantial', 'complete', 'withdrawn', 'superseded');

-- CreateEnum
CREATE TYPE "Evidence" AS ENUM ('none', 'reported', 'documented', 'verified');

-- CreateEnum
CREATE TYPE "Confidence" AS ENUM ('green', 'amber', 'red');

-- CreateEnum
CREATE TYPE "Binding" AS ENUM ('yes', 'no', 'unknown');

-- CreateEnum
CREATE TYPE "Lifecycle" AS ENUM ('unknown', 'announced', 'signed', 'in_effect', 'expired', 'suspended', 'terminated', 'superseded');

-- CreateEnum
CREATE TYPE "PartyKind" AS ENUM ('state', 'government', 'ministry', 'province', 'party_organ', 'legislature', 'company', 'international_body', 'other');

-- CreateEnum
CREATE TYPE "PartyRole" AS ENUM ('lead', 'counterpart', 'signatory', 'participant', 'beneficiary', 'funder');

-- CreateEnum
CREATE TYPE "MoneyStage" AS ENUM ('pledged', 'committed', 'disbursed');

-- CreateEnum
CREATE TYPE "SourceKind" AS ENUM ('press', 'communique', 'signed_text', 'minutes');

-- CreateEnum
CREATE TYPE "MeetingKind" AS ENUM ('committee_session', 'state_visit', 'official_visit', 'high_level_talks', 'leaders_meeting', 'congress', 'conference', 'signing', 'other');

-- CreateEnum
CREATE TYPE "MeetingRelation" AS ENUM ('made', 'restated', 'reviewed', 'planned');

-- CreateEnum
CREATE TYPE "Direction" AS ENUM ('increase', 'decrease', 'none');

-- CreateEnum
CREATE TYPE "LinkPurpose" AS ENUM ('first_admin', 'set_password');

-- CreateTable
CREATE TABLE "portfolio" (
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "prefix" TEXT NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "last_number" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "portfolio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'viewer',
    "locale" "Locale",
    "agency_id" TEXT,
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sign_in_at" TIMESTAMPTZ,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setup_link" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "purpose" "LinkPurpose" NOT NULL DEFAULT 'first_admin',
    "person_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "setup_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sector" (
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "dac" TEXT[],
    "position" INTEGER NOT NULL,

    CONSTRAINT "sector_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "id" TEXT NOT NULL,
    "kind" "PartyKind" NOT NULL,
    "name" JSONB NOT NULL,
    "aliases" TEXT[],
    "parent_id" TEXT,
    "iso" TEXT,
    "side" TEXT,

    CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "aliases" TEXT[],
    "iso" TEXT,
    "country" TEXT,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commitment" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "seed_key" TEXT,
    "form" "Form" NOT NULL,
    "kind" "Kind" NOT NULL,
    "strength" "Strength" NOT NULL,
    "sector_id" TEXT NOT NULL,
    "title" JSONB NOT NULL,
    "statement" JSONB NOT NULL,
    "draft_locales" "Locale"[],
    "owner_id" UUID,
    "completion" "Completion" NOT NULL DEFAULT 'not_reported',
    "evidence" "Evidence" NOT NULL DEFAULT 'none',
    "lifecycle" "Lifecycle",
    "confidence" "Confidence",
    "confidence_on" DATE,
    "reported_on" DATE,
    "deadline_phrase" TEXT,
    "deadline_edtf" TEXT,
    "deadline_earliest" DATE,
    "deadline_latest" DATE,
    "deadline_anchor_id" UUID,
    "deadline_inferred" JSONB,
    "parent_id" UUID,
    "predecessor_id" UUID,
    "party_text" TEXT NOT NULL DEFAULT '',
    "owner_text" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instrument" (
    "commitment_id" UUID NOT NULL,
    "signed" TEXT,
    "in_effect_from" TEXT,
    "ends" TEXT,
    "ends_latest" DATE,
    "notice_days" INTEGER,
    "binding" "Binding" NOT NULL DEFAULT 'unknown',
    "text_held" BOOLEAN NOT NULL DEFAULT false,
    "inferred" JSONB,

    CONSTRAINT "instrument_pkey" PRIMARY KEY ("commitment_id")
);

-- CreateTable
CREATE TABLE "commitment_party" (
    "commitment_id" UUID NOT NULL,
    "party_id" TEXT NOT NULL,
    "role" "PartyRole" NOT NULL,

    CONSTRAINT "commitment_party_pkey" PRIMARY KEY ("commitment_id","party_id","role")
);

-- CreateTable
CREATE TABLE "commitment_place" (
    "commitment_id" UUID NOT NULL,
    "place_id" TEXT NOT NULL,

    CONSTRAINT "commitment_place_pkey" PRIMARY KEY ("commitment_id","place_id")
);

-- CreateTable
CREATE TABLE "money" (
    "id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "amount" DECIMAL(20,2) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "stage" "MoneyStage" NOT NULL,

    CONSTRAINT "money_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "milestone" (
    "id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" JSONB NOT NULL,
    "phrase" TEXT,
    "edtf" TEXT,
    "earliest" DATE,
    "latest" DATE,
    "done_on" DATE,

    CONSTRAINT "milestone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_revision" (
    "id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "phrase" TEXT,
    "edtf" TEXT,
    "earliest" DATE,
    "latest" DATE,
    "anchor_id" UUID,
    "reason" TEXT,
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deadline_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "progress_report" (
    "id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "as_of" DATE NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by_id" UUID,
    "by_name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "completion" "Completion" NOT NULL,
    "evidence" "Evidence" NOT NULL,
    "confidence" "Confidence",
    "evidence_url" TEXT,

    CONSTRAINT "progress_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT,
    "label" JSONB NOT NULL,
    "publisher" TEXT,
    "date_edtf" TEXT,
    "date_latest" DATE,
    "inferred" JSONB,
    "language" TEXT NOT NULL,
    "kind" "SourceKind" NOT NULL,
    "paragraphs" INTEGER NOT NULL,
    "silent" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citation" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "paragraph" INTEGER NOT NULL,
    "note" JSONB,
    "supports" TEXT,
    "commitment_id" UUID,
    "meeting_id" UUID,

    CONSTRAINT "citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "erratum" (
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "paragraph" INTEGER NOT NULL,
    "wrong" JSONB NOT NULL,
    "right" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,

    CONSTRAINT "erratum_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "MeetingKind" NOT NULL,
    "name" JSONB NOT NULL,
    "statement" JSONB NOT NULL,
    "phrase" TEXT,
    "edtf" TEXT,
    "earliest" DATE,
    "latest" DATE,
    "inferred" JSONB,
    "place_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_party" (
    "meeting_id" UUID NOT NULL,
    "party_id" TEXT NOT NULL,

    CONSTRAINT "meeting_party_pkey" PRIMARY KEY ("meeting_id","party_id")
);

-- CreateTable
CREATE TABLE "commitment_meeting" (
    "commitment_id" UUID NOT NULL,
    "meeting_id" UUID NOT NULL,
    "relation" "MeetingRelation" NOT NULL,

    CONSTRAINT "commitment_meeting_pkey" PRIMARY KEY ("commitment_id","meeting_id","relation")
);

-- CreateTable
CREATE TABLE "indicator" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "unit" TEXT NOT NULL,
    "direction" "Direction" NOT NULL,

    CONSTRAINT "indicator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observation" (
    "id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "value" DECIMAL(24,4) NOT NULL,
    "qualifier" TEXT NOT NULL,
    "phrase" TEXT,
    "edtf" TEXT,
    "earliest" DATE,
    "latest" DATE,
    "inferred" JSONB,
    "source_id" UUID NOT NULL,
    "paragraph" INTEGER NOT NULL,
    "note" JSONB,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "target" (
    "id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,
    "commitment_id" UUID NOT NULL,
    "value" DECIMAL(24,4) NOT NULL,
    "phrase" TEXT,
    "edtf" TEXT,
    "latest" DATE,
    "source_id" UUID NOT NULL,
    "paragraph" INTEGER NOT NULL,

    CONSTRAINT "target_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commitment_indicator" (
    "commitment_id" UUID NOT NULL,
    "indicator_id" UUID NOT NULL,

    CONSTRAINT "commitment_indicator_pkey" PRIMARY KEY ("commitment_id","indicator_id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "portfolio_id" TEXT NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "portfolio_id" TEXT,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "batch_id" UUID,
    "request_id" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "portfolio_prefix_key" ON "portfolio"("prefix");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");

-- CreateIndex
CREATE INDEX "api_token_person_id_idx" ON "api_token"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "setup_link_token_hash_key" ON "setup_link"("token_hash");

-- CreateIndex
CREATE INDEX "setup_link_person_id_idx" ON "setup_link"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "commitment_reference_key" ON "commitment"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "commitment_portfolio_id_number_key" ON "commitment"("portfolio_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "commitment_portfolio_id_seed_key_key" ON "commitment"("portfolio_id", "seed_key");

-- CreateIndex
CREATE INDEX "instrument_ends_latest_idx" ON "instrument"("ends_latest");

-- CreateIndex
CREATE INDEX "commitment_party_party_id_commitment_id_idx" ON "commitment_party"("party_id", "commitment_id");

-- CreateIndex
CREATE INDEX "commitment_place_place_id_idx" ON "commitment_place"("place_id");

-- CreateIndex
CREATE INDEX "money_commitment_id_idx" ON "money"("commitment_id");

-- CreateIndex
CREATE INDEX "milestone_commitment_id_position_idx" ON "milestone"("commitment_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "deadline_revision_commitment_id_seq_key" ON "deadline_revision"("commitment_id", "seq");

-- CreateIndex
CREATE INDEX "progress_report_commitment_id_as_of_idx" ON "progress_report"("commitment_id", "as_of");

-- CreateIndex
CREATE UNIQUE INDEX "source_portfolio_id_key_key" ON "source"("portfolio_id", "key");

-- CreateIndex
CREATE INDEX "citation_commitment_id_idx" ON "citation"("commitment_id");

-- CreateIndex
CREATE INDEX "citation_meeting_id_idx" ON "citation"("meeting_id");

-- CreateIndex
CREATE INDEX "citation_source_id_paragraph_idx" ON "citation"("source_id", "paragraph");

-- CreateIndex
CREATE UNIQUE INDEX "erratum_source_id_key_key" ON "erratum"("source_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_portfolio_id_key_key" ON "meeting"("portfolio_id", "key");

-- CreateIndex
CREATE INDEX "commitment_meeting_meeting_id_commitment_id_idx" ON "commitment_meeting"("meeting_id", "commitment_id");

-- CreateIndex
CREATE UNIQUE INDEX "indicator_portfolio_id_key_key" ON "indicator"("portfolio_id", "key");

-- CreateIndex
CREATE INDEX "observation_indicator_id_idx" ON "observation"("indicator_id");

-- CreateIndex
CREATE INDEX "observation_source_id_idx" ON "observation"("source_id");

-- CreateIndex
CREATE INDEX "target_commitment_id_idx" ON "target"("commitment_id");

-- CreateIndex
CREATE UNIQUE INDEX "target_indicator_id_commitment_id_key" ON "target"("indicator_id", "commitment_id");

-- CreateIndex
CREATE INDEX "commitment_indicator_indicator_id_idx" ON "commitment_indicator"("indicator_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_portfolio_id_owner_id_name_key" ON "saved_view"("portfolio_id", "owner_id", "name");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_id_idx" ON "audit_event"("subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_portfolio_id_id_idx" ON "audit_event"("portfolio_id", "id");

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_agency_id_fkey" FOREIGN KEY ("agency_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "setup_link" ADD CONSTRAINT "setup_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_sector_id_fkey" FOREIGN KEY ("sector_id") REFERENCES "sector"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_deadline_anchor_id_fkey" FOREIGN KEY ("deadline_anchor_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "commitment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_predecessor_id_fkey" FOREIGN KEY ("predecessor_id") REFERENCES "commitment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instrument" ADD CONSTRAINT "instrument_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_party" ADD CONSTRAINT "commitment_party_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_party" ADD CONSTRAINT "commitment_party_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_place" ADD CONSTRAINT "commitment_place_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_place" ADD CONSTRAINT "commitment_place_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "money" ADD CONSTRAINT "money_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "milestone" ADD CONSTRAINT "milestone_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_revision" ADD CONSTRAINT "deadline_revision_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline_revision" ADD CONSTRAINT "deadline_revision_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "progress_report" ADD CONSTRAINT "progress_report_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "progress_report" ADD CONSTRAINT "progress_report_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citation" ADD CONSTRAINT "citation_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erratum" ADD CONSTRAINT "erratum_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_party" ADD CONSTRAINT "meeting_party_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_party" ADD CONSTRAINT "meeting_party_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_meeting" ADD CONSTRAINT "commitment_meeting_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_meeting" ADD CONSTRAINT "commitment_meeting_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "indicator" ADD CONSTRAINT "indicator_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "target" ADD CONSTRAINT "target_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_indicator" ADD CONSTRAINT "commitment_indicator_commitment_id_fkey" FOREIGN KEY ("commitment_id") REFERENCES "commitment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment_indicator" ADD CONSTRAINT "commitment_indicator_indicator_id_fkey" FOREIGN KEY ("indicator_id") REFERENCES "indicator"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
