-- Who somebody is at the organisation's sign-in (OpenID Connect): the issuer's name for them, not their address.
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "identity_issuer_subject_key" ON "identity"("issuer", "subject");
CREATE UNIQUE INDEX "identity_person_id_issuer_key" ON "identity"("person_id", "issuer");
ALTER TABLE "identity" ADD CONSTRAINT "identity_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A browser on its way to the organisation's sign-in and back, once.
CREATE TABLE "oidc_attempt" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "issuer" TEXT NOT NULL,
    "session_id" UUID,
    "next" TEXT NOT NULL,
    "anew" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "oidc_attempt_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "oidc_attempt_token_hash_key" ON "oidc_attempt"("token_hash");
CREATE INDEX "oidc_attempt_expires_at_idx" ON "oidc_attempt"("expires_at");
ALTER TABLE "oidc_attempt" ADD CONSTRAINT "oidc_attempt_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A half sign-in may have begun there, without a password.
ALTER TABLE "half_sign_in" ADD COLUMN "identity_id" UUID,
  DROP CONSTRAINT "half_sign_in_of_password",
  ADD CONSTRAINT "half_sign_in_of_person" CHECK (("person_id" IS NULL) = ("proof" IS NULL AND "identity_id" IS NULL));
ALTER TABLE "half_sign_in" ADD CONSTRAINT "half_sign_in_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A session that began there ends with the identity; and whether a second factor was shown there.
ALTER TABLE "session" ADD COLUMN "identity_id" UUID, ADD COLUMN "factor_elsewhere" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "session" ADD CONSTRAINT "session_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;
