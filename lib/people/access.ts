import { z } from "zod";
import { type Actor, hashSecret, idleHours } from "#lib/actor.ts";
import { type Changes, type Context, changesBetween, type Outcome } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, RuleBroken, TooMany } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { uuid } from "#lib/text.ts";
import { checkConfirmed, checkConfirmedAtScreen } from "./confirming.ts";
import { hasFactor } from "./factors.ts";
import { voidLinks } from "./mailed-link.ts";
import { hashPassword, verifyPassword, weaknessOf } from "./passwords.ts";
import { isSystem, may } from "./policy.ts";
import { hoursLater, sessionEnd } from "./rules.ts";
import { changePasswordInput, ownTokenInput, personInput, tokenInput } from "./schema.ts";
import { newSecret, tokenPrefix } from "./secrets.ts";

/** Sessions, one's own password and API tokens: who is let in, and the trace of it. */

const ofPerson = (id: string, changes: Changes) => ({ type: "person" as const, id, portfolioId: null, changes });

/** The password was right, and the second factor is still to be shown. */
export class SecondStepNeeded extends RuleBroken {}

const digest = (secret: string) => Uint8Array.from(hashSecret(secret));

/**
 * Begins a session for somebody whose password was found right, and ends the one that this browser had before. Between
 * the look at the password and now the person may have been disabled or the password changed: then there is nobody to
 * be found. Noting the sign-in on the person's row makes that hold against a change that commits at the same moment.
 * @throws SecondStepNeeded where a password alone is not enough
 */
export const startSession = command({
  verb: "session.start",
  input: z.strictObject({
    personId: uuid,
    passwordHash: z.string().nullable(),
    secret: z.string(),
    oldSecret: z.string().nullable(),
    userAgent: z.string().nullable(),
    /** The second factor was shown, too. */
    both: z.boolean().default(false),
    /** By which they came in at the organisation's sign-in, and whether their second factor was shown there. */
    identityId: uuid.optional(),
    factorElsewhere: z.boolean().default(false),
    /** When they showed who they are, where that is not now. */
    confirmedAt: z.date().optional(),
    /** Wrong tries just before the right one, where they were many. */
    triesBefore: z.int().positive().optional(),
  }),
  load: ({ tx }, { personId, passwordHash }) =>
    tx.person.findFirst({ where: { id: personId, passwordHash, disabledAt: null }, select: { id: true } }),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, { id }, { secret, oldSecret, userAgent, both, triesBefore, ...began }) => {
    const { identityId, factorElsewhere, confirmedAt = now } = began;
    if (!both && (await hasFactor(tx, id))) throw new SecondStepNeeded("security.errors.halfOver");
    if (oldSecret) await tx.session.deleteMany({ where: { tokenHash: digest(oldSecret) } });
    const idleSince = hoursLater(now, -idleHours);
    await tx.session.deleteMany({
      where: { personId: id, OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: idleSince } }] },
    });
    await tx.person.update({ where: { id }, data: { lastSignInAt: now } });
    const session = await tx.session.create({
      data: {
        tokenHash: digest(secret),
        personId: id,
        createdAt: now,
        lastSeenAt: now,
        confirmedAt,
        expiresAt: sessionEnd(now),
        userAgent,
        ...(identityId && { identityId }),
        factorElsewhere,
      },
    });
    return {
      changed: [
        ofPerson(id, {
          ...{ session: [null, session.id], userAgent: [null, userAgent] },
          ...(triesBefore && { triesBefore: [null, triesBefore] }),
          ...(identityId && { identity: [null, identityId] }),
        }),
      ],
      result: { expiresAt: session.expiresAt },
    };
  },
});

/**
 * The trace of a try that failed. It says which account was meant only as a fingerprint, alike for accounts that exist
 * and others: people type their password into the wrong field, and the history keeps what it is told for ever.
 */
export const noteRefusal = command({
  verb: "session.refused",
  input: z.strictObject({ account: z.string(), address: z.string(), blocked: z.boolean() }),
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async (_context, _subject, { account, address, blocked }) => ({
    changed: [
      {
        type: "session",
        id: account,
        portfolioId: null,
        changes: { address: [null, address], ...(blocked && { blocked: [null, true] as const }) },
      },
    ],
    result: undefined,
  }),
});

/** Ends one of one's own sessions: signing out, or signing out another browser. */
export const endSession = command({
  verb: "session.end",
  input: z.strictObject({ id: uuid }),
  load: async ({ tx, actor }, { id }) =>
    actor.id ? await tx.session.findFirst({ where: { id, personId: actor.id } }) : null,
  allow: (actor, session) => may(actor, "endOwnSessions", { id: session.personId }),
  run: async ({ tx }, session) => {
    await tx.session.deleteMany({ where: { id: session.id } });
    return { changed: [ofPerson(session.personId, { session: [session.id, null] })], result: undefined };
  },
});

/** The person's sessions but the one that asks. Who asks by a token has none. */
const othersOf = (personId: string, { sessionId }: Actor) =>
  sessionId === null ? { personId } : { personId, id: { not: sessionId } };

/** Ends all of one's own sessions but the present one. */
export const endOtherSessions = command({
  verb: "session.endOthers",
  input: z.strictObject({}),
  load: async ({ actor }) => (actor.id ? { id: actor.id } : null),
  allow: (actor, person) => may(actor, "endOwnSessions", person),
  run: async ({ tx, actor }, { id }) => {
    const { count } = await tx.session.deleteMany({ where: othersOf(id, actor) });
    return { changed: count > 0 ? [ofPerson(id, { sessions: [count, 0] })] : [], result: { count } };
  },
});

/** Ends all sessions of a person: by an admin. */
export const endSessionsOf = command({
  verb: "session.endAll",
  input: personInput,
  load: async (context, { id }) => {
    checkConfirmed(context);
    return await context.tx.person.findUnique({ where: { id }, select: { id: true } });
  },
  allow: (actor, person) => may(actor, "endSessions", person),
  run: async ({ tx }, { id }) => {
    const { count } = await tx.session.deleteMany({ where: { personId: id } });
    return { changed: count > 0 ? [ofPerson(id, { sessions: [count, 0] })] : [], result: { count } };
  },
});

/**
 * One's own password. The present one is asked for again, with a limit on tries, so that an unlocked screen is not enough.
 * All other sessions end.
 */
export const changePassword = command({
  verb: "person.changePassword",
  input: changePasswordInput,
  load: async ({ tx, actor }) => {
    if (!actor.id) return null;
    // Counted in the database by a connection of its own: a try counts although this transaction comes to nothing.
    const verdict = await rateLimits().take("password", actor.id);
    if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
    return await tx.person.findUnique({ where: { id: actor.id } });
  },
  allow: (actor, person) => may(actor, "changePassword", person),
  run: async ({ tx, actor }, person, { present, password }) => {
    if (!(await verifyPassword(person.passwordHash, present))) {
      throw new InvalidInput({ present: ["people.errors.passwordWrong"] });
    }
    const weakness = await weaknessOf(password, person);
    if (weakness) throw new InvalidInput({ password: [weakness] });
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash: await hashPassword(password) },
    });
    await tx.session.deleteMany({ where: othersOf(person.id, actor) });
    await voidLinks(tx, person.id);
    return { changed: [ofPerson(person.id, { password: [null, "self"] })], result: undefined };
  },
});

/** Makes a token; what comes back of it is shown once. Without `scopes` it may do all that its person may. */
async function giveToken(
  { tx, now }: Context,
  personId: string,
  { label, days, scopes }: { label: string; days: number | null; scopes?: string[] },
): Promise<Outcome<{ secret: string; expiresAt: Date | null }>> {
  const secret = newSecret(tokenPrefix);
  const expiresAt = days === null ? null : hoursLater(now, days * 24);
  const token = await tx.apiToken.create({
    data: { tokenHash: digest(secret), personId, label, createdAt: now, expiresAt, ...(scopes && { scopes }) },
  });
  const made = { token: token.id, label, expiresAt, scopes: token.scopes };
  return { changed: [ofPerson(personId, changesBetween({}, made))], result: { secret, expiresAt } };
}

/** A new API token for somebody, from the terminal of the server. What comes back is shown once. */
export const createToken = command({
  verb: "token.create",
  input: tokenInput,
  load: ({ tx }, { email }) => tx.person.findFirst({ where: { email, disabledAt: null } }),
  allow: (actor) => isSystem(actor),
  run: (context, person, wanted) => giveToken(context, person.id, wanted),
});

/** A new API token of one's own. It ends within a year, and needs that one showed a short while ago who one is. */
export const createOwnToken = command({
  verb: "token.create",
  input: ownTokenInput,
  load: async (context) => {
    checkConfirmedAtScreen(context);
    return context.actor.id ? { id: context.actor.id } : null;
  },
  allow: (actor, person) => may(actor, "ownTokens", person),
  run: (context, { id }, { label, days, access }) =>
    giveToken(context, id, { label, days, scopes: access === "write" ? ["read", "write"] : ["read"] }),
});

/** Ends an API token: one's own, or by an admin anybody's. */
export const revokeToken = command({
  verb: "token.revoke",
  input: z.strictObject({ id: uuid }),
  load: async ({ tx, actor }, { id }) => {
    const token = await tx.apiToken.findUnique({ where: { id } });
    // Somebody else's token is not forbidden but not there, for whoever may not revoke it.
    return token && may(actor, "revokeToken", { id: token.personId }) ? token : null;
  },
  allow: (actor, token) => may(actor, "revokeToken", { id: token.personId }),
  run: async ({ tx, now }, token) => {
    if (token.revokedAt) return { changed: [], result: undefined };
    await tx.apiToken.update({ where: { id: token.id }, data: { revokedAt: now } });
    return {
      changed: [ofPerson(token.personId, { token: [token.id, null], label: [token.label, null] })],
      result: undefined,
    };
  },
});

/** Takes away what is over and of no more use: sessions, half sign-ins, and one-time links that nobody followed. Nobody's doing: no history. */
export const clearAway = command({
  verb: "session.clearAway",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const sessions = await tx.session.deleteMany({
      where: { OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: hoursLater(now, -idleHours) } }] },
    });
    await tx.halfSignIn.deleteMany({ where: { expiresAt: { lte: now } } });
    await tx.oidcAttempt.deleteMany({ where: { expiresAt: { lte: now } } });
    const links = await tx.setupLink.deleteMany({ where: { usedAt: null, expiresAt: { lte: hoursLater(now, -24) } } });
    return { changed: [], result: { sessions: sessions.count, links: links.count } };
  },
});
