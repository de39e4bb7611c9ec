import { hashSecret, systemActor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { NotFound, TooMany } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { setMail } from "#lib/reminders/preferences.ts";
import { leaveSchedule } from "#lib/reports/schedules/commands.ts";

/** Whoever holds the secret of a letter may end letters to the person it went to, and know who that is; nothing more. */
type Subscriber = {
  /** Null: an address that is nobody's here. */
  id: string | null;
  name: string;
  email: string;
  /** Of a letter with a scheduled report: which one it ends. */
  schedule: { id: string; name: string } | null;
};

/**
 * The person to whom a letter with this secret went. Secrets that are none count, so that they can't be tried one after the
 * other.
 * @throws NotFound, TooMany
 */
export async function subscriberOf(secret: string, address: string): Promise<Subscriber> {
  const verdict = await rateLimits().take("link", address);
  if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
  const [person] = secret.length > 200 ? [] : await find(secret);
  if (!person) throw new NotFound();
  await rateLimits().giveBack("link", address);
  return person;
}

const find = (secret: string): Promise<Subscriber[]> => reading(systemActor("letter"))<Subscriber[]>`
  SELECT p.id, coalesce(p.name, '') AS name, coalesce(p.email, l.recipient) AS email,
    CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END AS schedule
  FROM letter l LEFT JOIN person p ON p.id = l.person_id LEFT JOIN report_schedule s ON s.id = l.schedule_id
  WHERE l.unsubscribe_hashes @> ARRAY[${hashSecret(secret)}]::bytea[] AND p.disabled_at IS NULL LIMIT 1`;

/** Ends letters to whom the letter with this secret went: reminders, or the scheduled report that it brought. Once more does no harm. @throws NotFound, TooMany */
export async function unsubscribe(secret: string, address: string): Promise<void> {
  const { id, email, schedule } = await subscriberOf(secret, address);
  const actor = systemActor("letter");
  if (schedule) await leaveSchedule(actor, { id: schedule.id, personId: id, address: email });
  else if (id) await setMail(actor, { personId: id, mail: false });
}
