import { randomUUID } from "node:crypto";
import type { About } from "#lib/reminders/rules.ts";
import type { Topic } from "#prisma/generated/enums.ts";
import { portfolioId } from "#tests/lib/commitments/register.ts";
import { everything, writing } from "#tests/support/everything.ts";

/** Reminders as the planner would make them, and how they stand. */

type Given = {
  personId: string;
  commitmentId?: string | null;
  topic?: Topic;
  about?: Partial<About>;
  day?: string;
  createdAt?: Date;
  mail?: boolean;
  inApp?: boolean;
};

/** Enters a reminder. */
export async function addReminder({ personId, commitmentId = null, ...given }: Given): Promise<string> {
  const { topic = "due_soon", about = {}, day = "2026-12-01", createdAt, mail = true, inApp = true } = given;
  const data = {
    portfolioId,
    commitmentId,
    occurrence: randomUUID(),
    personId,
    topic,
    day: new Date(`${day}T00:00:00Z`),
    dueAt: createdAt ?? new Date(),
    createdAt,
    about: { kind: "deadline", date: "2026-12-31", edtf: "2026", offset: -30, ...about },
    mail,
    inApp,
  };
  return (await writing((tx) => tx.reminder.create({ data }))).id;
}

/** A reminder as it stands. */
export async function reminderOf(id: string): Promise<{ read: boolean; done: boolean }> {
  const [row] = await everything<{ read: boolean; done: boolean }[]>`
    SELECT read_at IS NOT NULL AS read, done_at IS NOT NULL AS done FROM reminder WHERE id = ${id}`;
  if (!row) throw new Error(`no reminder ${id}`);
  return row;
}
