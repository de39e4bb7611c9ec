-- What stands in a person's inbox: few, however many reminders they have had in years.
CREATE INDEX "reminder_undone" ON "reminder" ("person_id") WHERE "in_app" AND "done_at" IS NULL;
