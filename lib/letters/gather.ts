import { z } from "zod";
import { command } from "#lib/command.ts";
import { isSystem } from "#lib/people/policy.ts";
import type { Tx } from "#lib/writer.ts";
import { newMessageId } from "./message-id.ts";

/** So many people at a time: one transaction each. */
const peopleAtOnce = 500;

type Unlettered = { id: string; personId: string };

/**
 * Puts reminders whose moment has come into letters: one a person. A letter that waits already takes them on as well,
 * unless it may have arrived or is on its way just now. Gives how many reminders were put, zero when there are none left.
 *
 * Whoever comes second skips the rows that the first one holds, so a reminder never comes into two letters.
 */
export const gatherLetters = command({
  verb: "letter.gather",
  input: z.strictObject({ domain: z.string() }),
  locks: true,
  load: async ({ tx, now }) => await unlettered(tx, now),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, reminders, { domain }) => {
    const people = [...new Set(reminders.map(({ personId }) => personId))];
    if (people.length === 0) return { changed: [], result: { reminders: 0, letters: 0 } };
    const letterOf = new Map<string, string>();
    const waiting = await tx.$queryRaw<Unlettered[]>`
      SELECT id, person_id AS "personId" FROM letter
      WHERE person_id = ANY(${people}::uuid[]) AND state = 'waiting' AND schedule_id IS NULL AND notice IS NULL AND NOT uncertain AND leased_until IS NULL
      ORDER BY id FOR UPDATE SKIP LOCKED`;
    for (const { id, personId } of waiting) letterOf.set(personId, id);
    const made = await tx.letter.createManyAndReturn({
      data: people
        .filter((personId) => !letterOf.has(personId))
        .map((personId) => ({ personId, messageId: newMessageId(domain), createdAt: now, nextTryAt: now })),
      select: { id: true, personId: true },
    });
    for (const { id, personId } of made) if (personId) letterOf.set(personId, id);
    const letters = reminders.map(({ personId }) => letterOf.get(personId) ?? null);
    await tx.$executeRaw`
      UPDATE reminder r SET letter_id = t.letter FROM unnest(${reminders.map(({ id }) => id)}::uuid[], ${letters}::uuid[]) AS t (id, letter)
      WHERE r.id = t.id`;
    return { changed: [], result: { reminders: reminders.length, letters: made.length } };
  },
});

/** All that is due of the next few people, so that nobody's are torn apart. */
async function unlettered(tx: Tx, now: Date): Promise<Unlettered[]> {
  return await tx.$queryRaw<Unlettered[]>`
    SELECT r.id, r.person_id AS "personId" FROM reminder r
    WHERE r.letter_id IS NULL AND r.mail AND r.dropped_at IS NULL AND r.due_at <= ${now} AND r.person_id IN (
      SELECT DISTINCT u.person_id FROM reminder u
      WHERE u.letter_id IS NULL AND u.mail AND u.dropped_at IS NULL AND u.due_at <= ${now}
      ORDER BY u.person_id LIMIT ${peopleAtOnce})
    ORDER BY r.id FOR UPDATE OF r SKIP LOCKED`;
}
