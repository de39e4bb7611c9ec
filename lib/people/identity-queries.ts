import type { Actor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { oidcSettings } from "./oidc-settings.ts";

/** Who somebody is at the organisation's sign-in. */
type OwnIdentity = { id: string; email: string; createdAt: Date };

/** One's own; null: none, or there is no such sign-in. */
export async function getOwnIdentity(actor: Actor): Promise<OwnIdentity | null> {
  const settings = oidcSettings();
  if (!settings || actor.id === null) return null;
  const [row] = await sql<OwnIdentity[]>`
    SELECT id, email, created_at AS "createdAt" FROM identity
    WHERE person_id = ${actor.id} AND issuer = ${settings.issuer}`;
  return row ?? null;
}

/** An account at an organisation's sign-in that opens somebody's here; `lastUsedAt` null: it was connected, and not used since. */
export type IdentityKnown = { issuer: string; email: string; createdAt: Date; lastUsedAt: Date | null };

/** All of one person's, also those of a sign-in that is no longer set up. For callers that have checked who asks. */
export const identitiesOf = (personId: string): Promise<IdentityKnown[]> => sql<IdentityKnown[]>`
  SELECT issuer, email, created_at AS "createdAt", last_used_at AS "lastUsedAt" FROM identity
  WHERE person_id = ${personId} ORDER BY created_at`;

/** Whether the organisation's sign-in is the only place where they can show who they are; then what it is called. */
export async function onlyElsewhere(actor: Actor): Promise<string | null> {
  const settings = oidcSettings();
  if (!settings || actor.id === null) return null;
  const [row] = await sql`
    SELECT FROM person p JOIN identity i ON i.person_id = p.id AND i.issuer = ${settings.issuer}
    WHERE p.id = ${actor.id} AND p.password_hash IS NULL
      AND NOT EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id)`;
  return row ? settings.name : null;
}
