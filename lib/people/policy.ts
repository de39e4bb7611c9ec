import { type Actor, isMemberOf } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import type { Prisma } from "#prisma/generated/client.ts";

/** As much of a person as the policy has to know. */
type Whom = { id: string };

type PersonVerb =
  | "see"
  | "create"
  | "update"
  | "disable"
  | "enable"
  | "issueLink"
  | "endSessions"
  | "updateOwn"
  | "changePassword"
  | "endOwnSessions"
  | "ownFactors"
  | "ownIdentities"
  | "resetFactors"
  | "handOver"
  | "confirm"
  | "ownTokens"
  | "setSecurity"
  | "revokeToken";

/**
 * May the actor do this with the person?
 * - Everybody keeps their own account: name, language, password, second factors, who they are elsewhere, sessions, tokens.
 * - An admin adds people, changes their role and agency, disables and enables them, gives them links to set a password,
 *   says whose role needs a second factor, ends people's sessions, revokes their tokens, and takes away second factors that were lost. An admin cannot set or learn
 *   somebody's password, and sets up a second factor for nobody but themselves.
 * - Nobody disables themselves: an admin who leaves is disabled by another one.
 */
export function may(actor: Actor, verb: PersonVerb, whom?: Whom): boolean {
  const self = actor.id !== null && whom !== undefined && whom.id === actor.id;
  switch (verb) {
    case "see":
    case "create":
    case "update":
    case "enable":
    case "issueLink":
    case "endSessions":
    case "setSecurity":
      return actor.admin;
    case "disable":
    case "resetFactors":
    case "handOver":
      return actor.admin && !self;
    case "revokeToken":
      return self || actor.admin;
    case "updateOwn":
    case "changePassword":
    case "endOwnSessions":
    case "ownFactors":
    case "ownIdentities":
    case "confirm":
    case "ownTokens":
      return self;
  }
}

/** What a part of the system does where nobody is signed in yet: letting people in, or refusing them. */
export function isSystem(actor: Actor): boolean {
  return actor.id === null;
}

/**
 * Those who can answer for records of a portfolio, as a condition on `person p`: its members, and admins. The people of a
 * demonstration are members of it alone.
 */
export function answerableIn(portfolioId: string): Fragment {
  return sql`p.disabled_at IS NULL AND ${isMemberOf(sql`${portfolioId}`)}`;
}

/** The same in a command: whoever may be given something of the portfolio. */
export const answering = (portfolioId: string): Prisma.PersonWhereInput => ({
  disabledAt: null,
  OR: [{ admin: true }, { memberships: { some: { portfolioId } } }],
});
