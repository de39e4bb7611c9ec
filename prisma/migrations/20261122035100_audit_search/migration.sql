-- CreateIndex
CREATE INDEX "audit_event_verb_id_idx" ON "audit_event"("verb", "id");

-- CreateIndex
CREATE INDEX "audit_event_actor_id_id_idx" ON "audit_event"("actor_id", "id");
