-- A try that may have arrived leaves its secret good: whichever copy of the letter somebody has, its link works.
DROP INDEX "letter_unsubscribe_hash_key";
ALTER TABLE "letter" DROP COLUMN "unsubscribe_hash", ADD COLUMN "unsubscribe_hashes" BYTEA[];
CREATE INDEX "letter_unsubscribe_hashes_idx" ON "letter" USING gin ("unsubscribe_hashes");

-- The outbox, by state, the newest first.
CREATE INDEX "letter_state_id_idx" ON "letter" ("state", "id");
