-- What was dropped and may yet come true again: few rows, looked for at every planning.
CREATE INDEX "reminder_dropped" ON "reminder" ("day") WHERE "dropped_at" IS NOT NULL;
