-- When the last letter went, and how many of late.
CREATE INDEX "letter_sent" ON "letter" ("sent_at") WHERE "state" = 'sent';
