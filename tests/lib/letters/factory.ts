import { randomUUID } from "node:crypto";
import { systemActor } from "#lib/actor.ts";
import { gatherLetters } from "#lib/letters/gather.ts";
import { type Sending, sendLetters } from "#lib/letters/sending.ts";
import { createMailer, type Mailer } from "#lib/mail.ts";
import type { About } from "#lib/reminders/rules.ts";
import { portfolioId } from "#tests/lib/commitments/register.ts";
import { everything } from "#tests/support/everything.ts";
import { join, query } from "#tests/support/people.ts";

/** Reminders and letters, as the planner and the worker make them. */

export const worker = systemActor("worker");
export const now = new Date("2026-12-01T01:00:00Z");
export const from = { name: "Kept", address: "kept@kept.example" };
export const publicUrl = "https://kept.example";

const owner = () => process.env.KEPT_OWNER_URL ?? "";

export async function addReader(
  over: Partial<{ name: string; email: string; locale: string | null }> = {},
): Promise<string> {
  const id = randomUUID();
  const { name = "Somebody", email = `${id}@kept.example`, locale = null } = over;
  await query(owner(), `INSERT INTO person (id, email, name, locale) VALUES ($1, $2, $3, $4::"Locale")`, [
    id,
    email,
    name,
    locale,
  ]);
  await join(owner(), id, "editor");
  return id;
}

type Reminder = { commitmentId: string | null; topic: string; occurrence: string; about: About; dueAt: Date };

/** A reminder that is due, straight into the table. */
export async function addReminder(personId: string, over: Partial<Reminder> = {}): Promise<string> {
  const id = randomUUID();
  const about: About = { kind: "deadline", date: "2026-12-08", edtf: "2026-12-08", offset: -7 };
  const { commitmentId = null, topic = "due_soon", occurrence = id, dueAt = now } = over;
  await query(
    owner(),
    `INSERT INTO reminder (id, portfolio_id, commitment_id, occurrence, person_id, topic, day, due_at, about, mail, in_app)
      VALUES ($1, $2, $3, $4, $5, $6::"Topic", '2026-12-01', $7, $8, true, true)`,
    [id, portfolioId, commitmentId, occurrence, personId, topic, dueAt, JSON.stringify(over.about ?? about)],
  );
  return id;
}

export const gather = (at = now) => gatherLetters(worker, { domain: "kept.example" }, { now: at });

const everythingHolds: Sending["stillDue"] = async (ids) => new Set(ids);

/** One round of a worker of its own, by this server. */
export async function round(url: string | null, over: Partial<Sending> & { limit?: number; at?: Date } = {}) {
  const { limit = 2000, at = now, ...rest } = over;
  const mailer: Mailer | null = url === null ? null : createMailer({ SMTP_URL: url, KEPT_MAIL_FROM: from }, limit);
  try {
    return await sendLetters(
      {
        actor: worker,
        mailer,
        publicUrl,
        leaseSeconds: 60,
        most: 100,
        stillDue: everythingHolds,
        stopping: () => false,
        ...rest,
      },
      at,
    );
  } finally {
    mailer?.close();
  }
}

export type LetterRow = {
  id: string;
  personId: string;
  messageId: string;
  state: string;
  attempts: number;
  uncertain: boolean;
  nextTryAt: Date;
  leasedUntil: Date | null;
  fence: number;
  error: string | null;
  sentAt: Date | null;
  subject: string | null;
  text: string | null;
  html: string | null;
};

export const letters = (): Promise<LetterRow[]> => everything<LetterRow[]>`
  SELECT id, person_id AS "personId", message_id AS "messageId", state, attempts, uncertain, next_try_at AS "nextTryAt",
    leased_until AS "leasedUntil", fence, error, sent_at AS "sentAt", subject, text, html FROM letter ORDER BY id`;

export async function letterOf(personId: string): Promise<LetterRow> {
  const found = (await letters()).filter((letter) => letter.personId === personId);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} letters of ${personId}`);
  return found[0];
}
