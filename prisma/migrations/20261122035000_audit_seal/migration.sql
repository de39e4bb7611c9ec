-- CreateTable
CREATE TABLE "audit_seal" (
    "position" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "sealed_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_event_id_key" ON "audit_seal"("event_id");

-- CreateIndex
CREATE INDEX "audit_seal_sealed_at_idx" ON "audit_seal"("sealed_at");

-- No foreign key: a seal outlives an event that somebody takes away, and so tells of it.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'kept_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON audit_seal FROM kept_app;
  END IF;
END $$;
