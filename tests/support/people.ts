import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { hashSecret } from "#lib/actor.ts";
import { isAway } from "#lib/errors.ts";
import type { Role } from "#prisma/generated/enums.ts";

export type SignedIn = { id: string; role: Role; cookie: string; token: string };

/** `portfolios`: where the person is a member; null: in all that there are. */
type Options = { agencyId?: string | null; portfolios?: readonly string[] | null };

/** Makes a person a member of these portfolios (null: of all), or says anew what they are there. Admins are in all anyway. */
export async function join(
  ownerUrl: string,
  personId: string,
  role: Role,
  portfolios: readonly string[] | null = null,
): Promise<void> {
  if (role === "admin") return;
  await query(
    ownerUrl,
    `INSERT INTO membership (person_id, portfolio_id, role) SELECT $1, id, $2 FROM portfolio WHERE $3::text[] IS NULL OR id = ANY ($3)
      ON CONFLICT (person_id, portfolio_id) DO UPDATE SET role = excluded.role`,
    [personId, role, portfolios],
  );
}

/** Makes an empty register beside the others. */
export async function addPortfolio(ownerUrl: string, id: string): Promise<void> {
  const name = JSON.stringify({ en: id, vi: id, lo: id });
  const prefix = id
    .replace(/[^a-z]/g, "")
    .slice(0, 6)
    .toUpperCase();
  await query(ownerUrl, "INSERT INTO portfolio (id, name, prefix) VALUES ($1, $2, $3)", [id, name, prefix]);
}

/** Enters a person with a session and an API token, straight into the database of a running app. */
export async function signedIn(
  ownerUrl: string,
  role: Role,
  { agencyId = null, portfolios = null }: Options = {},
): Promise<SignedIn> {
  const [id, secret, token] = [
    randomUUID(),
    randomBytes(32).toString("base64url"),
    `kept_${randomBytes(32).toString("base64url")}`,
  ];
  await query(ownerUrl, "INSERT INTO person (id, email, name, admin, agency_id) VALUES ($1, $2, $3, $4, $5)", [
    id,
    `${id}@kept.example`,
    `Test ${role}`,
    role === "admin",
    agencyId,
  ]);
  await join(ownerUrl, id, role, portfolios);
  await query(
    ownerUrl,
    "INSERT INTO session (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')",
    [randomUUID(), hashSecret(secret), id],
  );
  await query(ownerUrl, "INSERT INTO api_token (id, token_hash, person_id, label) VALUES ($1, $2, $3, 'test')", [
    randomUUID(),
    hashSecret(token),
    id,
  ]);
  return { id, role, cookie: `kept=${secret}`, token };
}

/**
 * One statement as the owner of the database. Connections are kept for a moment: opening one costs more than most
 * statements. One that turns out to be cut is asked once more, as it may have been cut before.
 */
export async function query<R extends pg.QueryResultRow>(
  ownerUrl: string,
  text: string,
  values: unknown[] = [],
): Promise<R[]> {
  const pool = poolOf(ownerUrl);
  const ask = async () => (await pool.query<R>(text, values)).rows;
  return ask().catch((error) => {
    if (isAway(error)) return ask();
    throw error;
  });
}

const pools = new Map<string, pg.Pool>();

function poolOf(ownerUrl: string): pg.Pool {
  const kept = pools.get(ownerUrl);
  if (kept) return kept;
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, idleTimeoutMillis: 1000, allowExitOnIdle: true });
  // The database may be gone before its last connection is.
  pool.on("error", () => {});
  pools.set(ownerUrl, pool);
  return pool;
}
