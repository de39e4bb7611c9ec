-- Second factors, the state between a password and the second factor, and when somebody last showed who they are.

ALTER TABLE "session" ADD COLUMN "confirmed_at" TIMESTAMPTZ,
  ADD COLUMN "challenge_hash" BYTEA,
  ADD COLUMN "challenge_until" TIMESTAMPTZ;
-- Who has been signed in for a while is asked again before what is sensitive.
UPDATE "session" SET "confirmed_at" = "created_at";
ALTER TABLE "session" ALTER COLUMN "confirmed_at" SET NOT NULL, ALTER COLUMN "confirmed_at" SET DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "half_sign_in" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "person_id" UUID,
    "proof" BYTEA,
    "challenge_hash" BYTEA,
    "challenge_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "half_sign_in_pkey" PRIMARY KEY ("id"),
    -- Without a person it is only there to hold a challenge; with one, it is of one password.
    CONSTRAINT "half_sign_in_of_password" CHECK (("person_id" IS NULL) = ("proof" IS NULL))
);
CREATE UNIQUE INDEX "half_sign_in_token_hash_key" ON "half_sign_in"("token_hash");
CREATE INDEX "half_sign_in_person_id_idx" ON "half_sign_in"("person_id");
CREATE INDEX "half_sign_in_expires_at_idx" ON "half_sign_in"("expires_at");
ALTER TABLE "half_sign_in" ADD CONSTRAINT "half_sign_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "totp" (
    "person_id" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ,

    CONSTRAINT "totp_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "totp" ADD CONSTRAINT "totp_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "recovery_code_code_hash_key" ON "recovery_code"("code_hash");
CREATE INDEX "recovery_code_person_id_idx" ON "recovery_code"("person_id");
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ,

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");
CREATE INDEX "passkey_person_id_idx" ON "passkey"("person_id");
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "security_setting" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "second_factor_roles" "Role"[],
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "security_setting_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "security_setting_one" CHECK ("id" = 1)
);
INSERT INTO "security_setting" ("second_factor_roles") VALUES ('{}');
