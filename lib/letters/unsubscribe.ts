import { hashSecret, systemActor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { NotFound, TooMany } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { setMail } from "#lib/reminders/preferences.ts";

/** Whoever holds the secret of a letter may end letters to the person it went to, and know who that is; nothing more. */
export type Subscriber = { id: string; name: string; email: string };

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

const find = (secret: string): Promise<Subscriber[]> => sql<Subscriber[]>`
  SELECT p.id, p.name, p.email FROM letter l JOIN person p ON p.id = l.person_id
  WHERE l.unsubscribe_hashes @> ARRAY[${hashSecret(secret)}]::bytea[] AND p.disabled_at IS NULL LIMIT 1`;

/** Ends letters to whom the letter with this secret went. Once more does no harm. @throws NotFound, TooMany */
export async function unsubscribe(secret: string, address: string): Promise<void> {
  const { id } = await subscriberOf(secret, address);
  await setMail(systemActor("letter"), { personId: id, mail: false });
}
