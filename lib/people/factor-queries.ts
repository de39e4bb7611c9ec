import { type Actor, hashSecret, needsFactor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";

/** A person's second factors, as they and an admin see them. No secret is among it. */
export type Factors = {
  /** Since when they have an authenticator app; null: none. */
  totpSince: Date | null;
  passkeys: Passkey[];
  /** How many recovery codes are left. */
  recoveryLeft: number;
  /** Their role asks for a second factor. */
  required: boolean;
};

type Passkey = { id: string; label: string; createdAt: Date; lastUsedAt: Date | null };

type PasskeyJson = { id: string; label: string; createdAt: string; lastUsedAt: string | null };

/** One's own second factors; none for a part of the system. */
export async function getOwnFactors(actor: Actor): Promise<Factors> {
  return (
    (actor.id && (await factorsOf(actor.id))) || { totpSince: null, passkeys: [], recoveryLeft: 0, required: false }
  );
}

/** For queries that have asked who may see them. Null: nobody of that id. */
export async function factorsOf(personId: string): Promise<Factors | null> {
  const [row] = await sql<(Omit<Factors, "passkeys"> & { passkeys: PasskeyJson[] })[]>`
    SELECT (SELECT t.confirmed_at FROM totp t WHERE t.person_id = p.id) AS "totpSince",
      (SELECT coalesce(json_agg(json_build_object('id', k.id, 'label', k.label, 'createdAt', k.created_at,
          'lastUsedAt', k.last_used_at) ORDER BY k.created_at), '[]') FROM passkey k WHERE k.person_id = p.id) AS passkeys,
      (SELECT count(*)::int FROM recovery_code r WHERE r.person_id = p.id AND r.used_at IS NULL) AS "recoveryLeft",
      ${needsFactor()} AS required
    FROM person p WHERE p.id = ${personId}`;
  if (!row) return null;
  const passkeys = row.passkeys.map((passkey) => ({
    ...passkey,
    createdAt: new Date(passkey.createdAt),
    lastUsedAt: passkey.lastUsedAt === null ? null : new Date(passkey.lastUsedAt),
  }));
  return { ...row, passkeys };
}

/** Whose half sign-in it is and by what they can finish it; null where it is over, used or none. */
export async function getHalfSignIn(
  secret: string,
  now: Date,
): Promise<{ personId: string | null; email: string | null; codes: boolean; passkeys: boolean } | null> {
  if (secret.length > 200) return null;
  const [row] = await sql<{ personId: string | null; email: string | null; codes: boolean; passkeys: boolean }[]>`
    SELECT h.person_id AS "personId", p.email,
      EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL) AS codes,
      EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id) AS passkeys
    FROM half_sign_in h LEFT JOIN person p ON p.id = h.person_id
    WHERE h.token_hash = ${hashSecret(secret)} AND h.expires_at > ${now} AND p.disabled_at IS NULL`;
  return row ?? null;
}
