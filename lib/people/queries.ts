import { type Actor, hashSecret, idleHours, type Roles } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { Forbidden } from "#lib/errors.ts";
import type { LocalizedText } from "#lib/i18n/text.ts";
import type { Locale } from "#prisma/generated/enums.ts";
import { type Factors, factorsOf } from "./factor-queries.ts";
import { type IdentityKnown, identitiesOf } from "./identity-queries.ts";
import { oidcSettings } from "./oidc-settings.ts";
import { may } from "./policy.ts";
import { hoursLater } from "./rules.ts";

const rolesOf = () =>
  sql`(SELECT coalesce(json_object_agg(m.portfolio_id, m.role), '{}') FROM membership m WHERE m.person_id = p.id)`;

const wayIn = () => sql`(p.password_hash IS NOT NULL
  OR EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id)
  OR EXISTS (SELECT FROM identity i WHERE i.person_id = p.id AND i.issuer = ${oidcSettings()?.issuer ?? ""}))`;

/** A person in the list of people. */
type PersonListed = {
  id: string;
  name: string;
  email: string;
  admin: boolean;
  roles: Roles;
  agency: LocalizedText | null;
  disabledAt: Date | null;
  hasPassword: boolean;
  /** A password, a passkey, or the organisation's sign-in. */
  hasWayIn: boolean;
  lastSignInAt: Date | null;
  demo: boolean;
};

/** `agency`: of those who belong to it; empty: of everybody. */
type PeopleFilter = { q: string; state: "all" | "enabled" | "disabled"; agency: string; after: string };

const peoplePage = 50;

/**
 * People by name, a page of 50 at a time; `after` is the `next` of the page before. Only for admins: addresses and roles.
 * @throws Forbidden
 */
export async function listPeople(
  actor: Actor,
  { q, state, agency, after }: PeopleFilter,
): Promise<{ people: PersonListed[]; next: string | null }> {
  if (!may(actor, "see")) throw new Forbidden();
  const from = cursorOf(after);
  const rows = await sql<(PersonListed & { sortName: string })[]>`
    SELECT p.id, p.name, p.email, p.admin, ${rolesOf()} AS roles, a.name AS agency, p.disabled_at AS "disabledAt",
      p.password_hash IS NOT NULL AS "hasPassword", ${wayIn()} AS "hasWayIn", p.last_sign_in_at AS "lastSignInAt", p.demo, fold(p.name) AS "sortName"
    FROM person p LEFT JOIN party a ON a.id = p.agency_id
    WHERE true
      ${state === "all" ? sql`` : state === "enabled" ? sql`AND p.disabled_at IS NULL` : sql`AND p.disabled_at IS NOT NULL`}
      ${agency ? sql`AND p.agency_id = ${agency}` : sql``}
      ${q ? sql`AND (fold(p.name) LIKE '%' || fold(${likeText(q)}) || '%' OR p.email LIKE '%' || lower(${likeText(q)}) || '%')` : sql``}
      ${from ? sql`AND (fold(p.name), p.id) > (${from.name}, ${from.id}::uuid)` : sql``}
    ORDER BY fold(p.name), p.id LIMIT ${peoplePage + 1}`;
  const people = rows.slice(0, peoplePage).map(({ sortName: _sortName, ...person }) => person);
  const last = rows.length > peoplePage ? rows[peoplePage - 1] : undefined;
  return { people, next: last ? Buffer.from(JSON.stringify([last.sortName, last.id])).toString("base64url") : null };
}

const likeText = (text: string) => text.replace(/[\\%_]/g, "\\$&");

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A cursor comes from the address: one that is none begins at the beginning. */
function cursorOf(text: string): { name: string; id: string } | null {
  try {
    const [name, id] = JSON.parse(Buffer.from(text, "base64url").toString());
    const good =
      typeof name === "string" && name.isWellFormed() && !name.includes("\0") && uuidPattern.test(String(id));
    return good ? { name, id } : null;
  } catch {
    return null;
  }
}

/** A person as an admin edits them. */
type PersonEdited = Omit<PersonListed, "agency"> & {
  agencyId: string | null;
  locale: Locale | null;
  version: number;
  createdAt: Date;
  sessions: number;
  tokens: Token[];
  /** A link by which they can set a password is out, until then. */
  linkExpiresAt: Date | null;
  factors: Factors | null;
  identities: IdentityKnown[];
};

/** `scopes`: "read", "write". */
export type Token = { id: string; label: string; createdAt: Date; expiresAt: Date | null; scopes: string[] };

/**
 * One person, for an admin. Null: nobody of that id.
 * @throws Forbidden
 */
export async function getPerson(actor: Actor, id: string, now: Date): Promise<PersonEdited | null> {
  if (!may(actor, "see")) throw new Forbidden();
  if (!uuidPattern.test(id)) return null;
  const [row] = await sql<(Omit<PersonEdited, "factors" | "identities"> & { tokens: TokenJson[] })[]>`
    SELECT p.id, p.name, p.email, p.admin, ${rolesOf()} AS roles, p.agency_id AS "agencyId", p.locale, p.version, p.created_at AS "createdAt",
      p.disabled_at AS "disabledAt", p.password_hash IS NOT NULL AS "hasPassword", ${wayIn()} AS "hasWayIn", p.last_sign_in_at AS "lastSignInAt", p.demo,
      (SELECT count(*)::int FROM session s WHERE s.person_id = p.id AND ${alive(now)}) AS sessions,
      (SELECT max(l.expires_at) FROM setup_link l WHERE l.person_id = p.id AND l.used_at IS NULL AND l.expires_at > ${now}) AS "linkExpiresAt",
      ${tokensOfPerson(now)} AS tokens
    FROM person p WHERE p.id = ${id}`;
  if (!row) return null;
  const [factors, identities] = await Promise.all([factorsOf(id), identitiesOf(id)]);
  return { ...row, tokens: row.tokens.map(toToken), factors, identities };
}

const alive = (now: Date) => sql`s.expires_at > ${now} AND s.last_seen_at > ${hoursLater(now, -idleHours)}`;

type TokenJson = Omit<Token, "createdAt" | "expiresAt"> & { createdAt: string; expiresAt: string | null };

const tokensOfPerson = (now: Date) => sql`(
  SELECT coalesce(json_agg(json_build_object('id', t.id, 'label', t.label, 'createdAt', t.created_at, 'expiresAt', t.expires_at,
      'scopes', t.scopes)
    ORDER BY t.created_at DESC), '[]')
  FROM api_token t WHERE t.person_id = p.id AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ${now}))`;

const toToken = ({ createdAt, expiresAt, ...token }: TokenJson | Token): Token => ({
  ...token,
  createdAt: new Date(createdAt),
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
});

/** One's own account. `present` marks the session that asks. */
type OwnAccount = {
  name: string;
  email: string;
  admin: boolean;
  roles: Roles;
  agency: LocalizedText | null;
  locale: Locale | null;
  hasPassword: boolean;
  version: number;
  sessions: OwnSession[];
  tokens: Token[];
};

type OwnSession = { id: string; createdAt: Date; lastSeenAt: Date; userAgent: string | null; present: boolean };

/** The account of whoever asks; null for a part of the system. */
export async function getOwnAccount(actor: Actor, now: Date): Promise<OwnAccount | null> {
  if (actor.id === null) return null;
  type SessionJson = { id: string; createdAt: string; lastSeenAt: string; userAgent: string | null };
  const [row] = await sql<(Omit<OwnAccount, "sessions"> & { sessions: SessionJson[]; tokens: TokenJson[] })[]>`
    SELECT p.name, p.email, p.admin, ${rolesOf()} AS roles, a.name AS agency, p.locale, p.password_hash IS NOT NULL AS "hasPassword", p.version,
      (SELECT coalesce(json_agg(json_build_object('id', s.id, 'createdAt', s.created_at, 'lastSeenAt', s.last_seen_at,
          'userAgent', s.user_agent) ORDER BY s.last_seen_at DESC), '[]')
        FROM session s WHERE s.person_id = p.id AND ${alive(now)}) AS sessions,
      ${tokensOfPerson(now)} AS tokens
    FROM person p LEFT JOIN party a ON a.id = p.agency_id WHERE p.id = ${actor.id}`;
  if (!row) return null;
  const sessions = row.sessions.map((session) => ({
    ...session,
    createdAt: new Date(session.createdAt),
    lastSeenAt: new Date(session.lastSeenAt),
    present: session.id === actor.sessionId,
  }));
  return { ...row, sessions, tokens: row.tokens.map(toToken) };
}

export type OpenLink = { purpose: "first_admin" } | { purpose: "set_password"; name: string; email: string };

/**
 * What a one-time link is good for, or null when it is used, over or none. Whoever holds the link may know whose it is.
 */
export async function getLink(token: string, now: Date): Promise<OpenLink | null> {
  if (token.length > 200) return null;
  const [row] = await sql<OpenLink[]>`
    SELECT l.purpose, p.name, p.email FROM setup_link l LEFT JOIN person p ON p.id = l.person_id
    WHERE l.token_hash = ${hashSecret(token)} AND l.used_at IS NULL AND l.expires_at > ${now}
      AND (l.purpose = 'first_admin' OR (p.disabled_at IS NULL AND NOT EXISTS (SELECT FROM setup_link n
        WHERE n.person_id = l.person_id AND (n.created_at > l.created_at OR n.used_at >= l.created_at))))`;
  return row ?? null;
}

/** Whether the first admin has still to be made. Says of the register only that it has no users. */
export async function isNobodyThere(): Promise<boolean> {
  const [row] = await sql<{ nobody: boolean }[]>`SELECT NOT EXISTS (SELECT FROM person WHERE NOT demo) AS nobody`;
  return row?.nobody ?? false;
}

/** The parties that people can belong to, and how many do. */
export async function listAgencies(actor: Actor): Promise<{ id: string; name: LocalizedText; people: number }[]> {
  if (!may(actor, "see")) throw new Forbidden();
  return await sql`
    SELECT id, name, coalesce(team.people, 0) AS people
    FROM party LEFT JOIN (SELECT agency_id, count(*)::int AS people FROM person GROUP BY agency_id) team ON team.agency_id = id
    WHERE kind IN ('government', 'ministry', 'province', 'party_organ', 'legislature', 'other') ORDER BY id`;
}
