import { createHash } from "node:crypto";
import { everywhere, type Fragment, type Scope as Portfolios, reading, sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";
import type { Locale, Role } from "#prisma/generated/enums.ts";

/** What a member of a portfolio may be there. */
export type MemberRole = Exclude<Role, "admin">;

/** Somebody's role in each portfolio that they are a member of, by its id. lib/portfolios/policy.ts says what it means. */
export type Roles = Record<string, MemberRole>;

declare const minted: unique symbol;

/**
 * Who does something. Only this module can make one, from the secret of a session, an API token or a calendar
 * address, by the long work that somebody asked for, or as a named part of the system; so a function that takes an Actor cannot be called for somebody who was not looked up.
 */
export type Actor = {
  readonly [minted]: true;
  /** Null for a part of the system. */
  readonly id: string | null;
  readonly name: string;
  /** Null for a part of the system. */
  readonly email: string | null;
  /** Keeps people and settings, and may do everything in every portfolio. */
  readonly admin: boolean;
  readonly roles: Readonly<Roles>;
  /** The portfolios that are there for the actor. */
  readonly scope: Portfolios;
  readonly locale: Locale | null;
  /** The party whose staff the person belongs to: the seam for teams. */
  readonly agencyId: string | null;
  /** Ties what is done to a request in the logs. */
  readonly requestId: string | null;
  /** The session's id, to mark the present one in a list of sessions; null for tokens and the system. */
  readonly sessionId: string | null;
  /** When the person last showed in this session who they are (lib/people/confirming.ts); null for tokens and the system. */
  readonly confirmedAt: Date | null;
};

type PersonRow = {
  id: string;
  name: string;
  email: string | null;
  admin: boolean;
  roles: Roles;
  locale: Locale | null;
  agencyId: string | null;
  sessionId: string | null;
  confirmedAt?: Date;
};

const mint = (row: Omit<PersonRow, "id"> & { id: string | null }, requestId: string | null): Actor =>
  ({
    confirmedAt: null,
    ...row,
    // Not to be found by the name of what every object has.
    roles: Object.assign(Object.create(null), row.roles),
    scope: row.admin ? "*" : Object.keys(row.roles),
    requestId,
  }) as unknown as Actor;

/** What of `person p` an actor is made of, but the session. */
const personColumns = (): Fragment => sql`p.id, p.name, p.email, p.admin, p.locale, p.agency_id AS "agencyId",
  (SELECT coalesce(json_object_agg(m.portfolio_id, m.role), '{}') FROM membership m WHERE m.person_id = p.id) AS roles`;

/** Whether `person p` holds one of these roles, in any portfolio. */
export const holdsOneOf = (roles: Fragment): Fragment => sql`(p.admin AND 'admin' = ANY (${roles})
  OR EXISTS (SELECT FROM membership m WHERE m.person_id = p.id AND m.role = ANY (${roles})))`;

/** Whether `person p` has to have a second factor. */
export const needsFactor = (): Fragment =>
  sql`EXISTS (SELECT FROM security_setting s WHERE ${holdsOneOf(sql`s.second_factor_roles`)})`;

/** How secrets are kept: the SHA-256 of 128 or more random bits needs no salt and no stretching. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Hours after which a session that nobody uses ends. */
export const idleHours = 12;

/**
 * The person behind a session cookie, or null when it is unknown, over, idle for too long or the person is disabled, or has
 * yet to set up the second factor that their role asks for: with such a session nothing is to be had but that.
 * `seenLongAgo` tells the caller to note the visit (once in a few minutes, not at every request).
 */
export async function actorOfSession(
  secret: string,
  now: Date,
  requestId: string | null = null,
): Promise<{ actor: Actor; seenLongAgo: boolean } | null> {
  const found = await personOfSession(secret, now);
  if (!found || found.lacksFactor) return null;
  const { lastSeenAt, person } = found;
  return { actor: mint(person, requestId), seenLongAgo: now.getTime() - lastSeenAt.getTime() > 5 * 60_000 };
}

/**
 * The person behind a session cookie, whether they lack a second factor that their role asks for or not: only for showing
 * and setting up one's own factors.
 */
export async function factorActorOfSession(
  secret: string,
  now: Date,
  requestId: string | null = null,
): Promise<{ actor: Actor; lacksFactor: boolean } | null> {
  const found = await personOfSession(secret, now);
  return found && { actor: mint(found.person, requestId), lacksFactor: found.lacksFactor };
}

async function personOfSession(
  secret: string,
  now: Date,
): Promise<{ person: PersonRow; lastSeenAt: Date; lacksFactor: boolean } | null> {
  if (secret.length > 200) return null;
  const [row] = await sql<(PersonRow & { lastSeenAt: Date; lacksFactor: boolean })[]>`
    SELECT ${personColumns()}, s.id AS "sessionId", s.last_seen_at AS "lastSeenAt",
      s.confirmed_at AS "confirmedAt",
      NOT s.factor_elsewhere AND ${needsFactor()}
        AND NOT EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL)
        AND NOT EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id) AS "lacksFactor"
    FROM session s JOIN person p ON p.id = s.person_id
    WHERE s.token_hash = ${hashSecret(secret)} AND s.expires_at > ${now} AND p.disabled_at IS NULL
      AND s.last_seen_at > ${new Date(now.getTime() - idleHours * 3_600_000)}`;
  if (!row) return null;
  const { lastSeenAt, lacksFactor, ...person } = row;
  return { person, lastSeenAt, lacksFactor };
}

/** Whether the portfolio is there for `person p`. */
export const isMemberOf = (portfolioId: Fragment): Fragment =>
  sql`(p.admin OR EXISTS (SELECT FROM membership m WHERE m.person_id = p.id AND m.portfolio_id = ${portfolioId}))`;

/** What a token may do: look, or also change things. */
export type Scope = "read" | "write";

/** The person behind an API token, and what the token may do; null: unknown, revoked, over, or the person is disabled. */
export async function bearerOf(
  secret: string,
  now: Date,
  requestId: string | null = null,
): Promise<{ actor: Actor; scopes: readonly Scope[] } | null> {
  if (secret.length > 200) return null;
  const [row] = await sql<(PersonRow & { scopes: Scope[] })[]>`
    SELECT ${personColumns()}, NULL AS "sessionId", t.scopes
    FROM api_token t JOIN person p ON p.id = t.person_id
    WHERE t.token_hash = ${hashSecret(secret)} AND t.revoked_at IS NULL AND p.disabled_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > ${now})`;
  if (!row) return null;
  const { scopes, ...person } = row;
  return { actor: mint(person, requestId), scopes };
}

/** What a calendar address shows: one person's records in a portfolio, or those of a saved view. */
export type FeedOf = { portfolioId: string; portfolioName: Texts; view: { name: string; query: string } | null };

/**
 * The person behind a calendar address, and what it shows. Null: unknown, revoked, the person is disabled or no member of
 * its portfolio any more, or the view is no longer one that they may see.
 */
export async function actorOfFeed(
  secret: string,
  requestId: string | null = null,
): Promise<{ actor: Actor; feed: FeedOf } | null> {
  if (!/^[\w-]{1,200}$/.test(secret)) return null;
  const [row] = await reading(everywhere)<(PersonRow & FeedOf)[]>`
    SELECT ${personColumns()}, NULL AS "sessionId", f.portfolio_id AS "portfolioId",
      o.name AS "portfolioName", CASE WHEN v.id IS NOT NULL THEN json_build_object('name', v.name, 'query', v.query) END AS view
    FROM calendar_feed f JOIN person p ON p.id = f.person_id JOIN portfolio o ON o.id = f.portfolio_id
    LEFT JOIN saved_view v ON v.id = f.view_id
    WHERE f.token_hash = ${hashSecret(secret)} AND f.revoked_at IS NULL AND p.disabled_at IS NULL
      AND ${isMemberOf(sql`f.portfolio_id`)} AND (f.view_id IS NULL OR v.shared OR v.owner_id = p.id)`;
  if (!row) return null;
  const { portfolioId, portfolioName, view, ...person } = row;
  return { actor: mint(person, requestId), feed: { portfolioId, portfolioName, view } };
}

/**
 * Who asked for long work, as they stand now: it gives them what they may see. Null: none such, or the person is
 * disabled or has left the portfolio.
 */
export async function actorOfTask(taskId: string): Promise<Actor | null> {
  const [row] = await reading(everywhere)<PersonRow[]>`
    SELECT ${personColumns()}, NULL AS "sessionId" FROM task t JOIN person p ON p.id = t.person_id
    WHERE t.id = ${taskId} AND p.disabled_at IS NULL AND ${isMemberOf(sql`t.portfolio_id`)}`;
  return row ? mint(row, null) : null;
}

/** A part of the system acting under its own name: "seed", "set-up", "worker". It may do what an admin may. */
export function systemActor(name: string): Actor {
  return mint(
    { id: null, name, email: null, admin: true, roles: {}, locale: null, agencyId: null, sessionId: null },
    null,
  );
}
