import { z } from "zod";
import { hashSecret } from "#lib/actor.ts";
import type { Changes } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { NotFound, RuleBroken } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";
import { startSession } from "./access.ts";
import { hasFactor, loadSelf } from "./factors.ts";
import { startHalf } from "./halfway.ts";
import { isSystem, may } from "./policy.ts";
import { hoursLater, minutesLater, oidcMinutes, sessionEnd } from "./rules.ts";
import { email } from "./schema.ts";

/** Who people are at the organisation's sign-in: connecting, disconnecting, and signing in by it. */

const digest = (secret: string) => Uint8Array.from(hashSecret(secret));
const ofPerson = (id: string, changes: Changes) => ({ type: "person" as const, id, portfolioId: null, changes });

const journey = { secret: z.string(), issuer: z.string(), next: z.string().max(2000) };

/** A browser sets out to sign in there. */
export const setOut = command({
  verb: "identity.setOut",
  input: z.strictObject({ ...journey, anew: z.boolean() }),
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _subject, { secret, ...going }) => {
    const expiresAt = minutesLater(now, oidcMinutes);
    await tx.oidcAttempt.create({ data: { ...going, tokenHash: digest(secret), createdAt: now, expiresAt } });
    return { changed: [], result: { expiresAt } };
  },
});

/** Somebody sets out to connect their account: from their own session, in which they showed a short while ago who they are. */
export const setOutToConnect = command({
  verb: "identity.setOut",
  input: z.strictObject(journey),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownIdentities", person),
  run: async ({ tx, actor, now }, _person, { secret, ...going }) => {
    const expiresAt = minutesLater(now, oidcMinutes);
    const { sessionId } = actor;
    const data = { ...going, sessionId, anew: false, tokenHash: digest(secret), createdAt: now, expiresAt };
    await tx.oidcAttempt.create({ data });
    return { changed: [], result: { expiresAt } };
  },
});

/** The browser is back: its journey is over, whatever comes of it, and can't be made again. */
export const comeBack = command({
  verb: "identity.comeBack",
  input: z.strictObject({ secret: z.string() }),
  locks: true,
  load: async ({ tx, now }, { secret }) => {
    const [row] = await tx.$queryRaw<
      { issuer: string; sessionId: string | null; next: string; anew: boolean; createdAt: Date }[]
    >`
      DELETE FROM oidc_attempt WHERE token_hash = ${digest(secret)} AND expires_at > ${now}
      RETURNING issuer, session_id::text AS "sessionId", next, anew, created_at AS "createdAt"`;
    return row ?? null;
  },
  allow: (actor) => isSystem(actor),
  run: async (_context, row) => ({ changed: [], result: row }),
});

const who = { issuer: z.string(), subject: z.string().min(1).max(500), email };

/** Connects one's own account. Nobody else may be connected with that subject, and one has one identity at an issuer. */
export const connect = command({
  verb: "identity.connect",
  input: z.strictObject({ ...who, sessionId: uuid }),
  load: loadSelf,
  allow: (actor, person, { sessionId }) => may(actor, "ownIdentities", person) && actor.sessionId === sessionId,
  run: async ({ tx, now }, { id }, { issuer, subject, email }) => {
    const there = await tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } } });
    if (there?.personId === id) return { changed: [], result: undefined };
    if (there) throw new RuleBroken("oidc.errors.others");
    if (await tx.identity.findUnique({ where: { personId_issuer: { personId: id, issuer } } })) {
      throw new RuleBroken("oidc.errors.another");
    }
    await tx.identity.create({ data: { personId: id, issuer, subject, email, createdAt: now } });
    return { changed: [ofPerson(id, { issuer: [null, issuer], at: [null, email] })], result: undefined };
  },
});

/** Takes the connection away, where a password is left to sign in by. Other sessions that began by it end. */
export const disconnect = command({
  verb: "identity.disconnect",
  input: z.strictObject({ id: uuid }),
  load: async (context, { id }) => {
    const person = await loadSelf(context);
    const identity = person && (await context.tx.identity.findFirst({ where: { id, personId: person.id } }));
    return identity && { person, identity };
  },
  allow: (actor, { person }) => may(actor, "ownIdentities", person),
  run: async ({ tx, actor }, { person, identity }) => {
    if (person.passwordHash === null) throw new RuleBroken("oidc.errors.noPassword");
    await tx.session.updateMany({
      where: { id: actor.sessionId ?? "", identityId: identity.id },
      data: { identityId: null, factorElsewhere: false },
    });
    await tx.identity.delete({ where: { id: identity.id } });
    const changes = { issuer: [identity.issuer, null], at: [identity.email, null] } as const;
    return { changed: [ofPerson(person.id, changes)], result: undefined };
  },
});

/** Lets in whoever the provider says it is, or half in where a second factor of ours is still to be shown. */
export const letInByIdentity = command({
  verb: "identity.use",
  input: z.strictObject({
    ...who,
    secret: z.string(),
    oldSecret: z.string().nullable(),
    userAgent: z.string().nullable(),
    /** A second factor was shown there that counts here. */
    factorElsewhere: z.boolean(),
    /** When they showed there who they are; null: not known, so they are asked again before what is sensitive. */
    shownAt: z.date().nullable(),
  }),
  load: ({ tx }, { issuer, subject }) =>
    tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { person: true } }),
  allow: (actor) => isSystem(actor),
  run: async (context, { id: identityId, person }, { secret, oldSecret, userAgent, factorElsewhere, ...seen }) => {
    const { tx, now } = context;
    if (person.disabledAt || person.demo) throw new NotFound();
    await tx.identity.update({ where: { id: identityId }, data: { email: seen.email, lastUsedAt: now } });
    const whose = { personId: person.id, passwordHash: person.passwordHash, secret, identityId };
    if (!factorElsewhere && (await hasFactor(tx, person.id))) {
      const { expiresAt } = await startHalf.within(context, whose);
      return { changed: [], result: { half: true, expiresAt } };
    }
    const shownAt = seen.shownAt && seen.shownAt < now ? seen.shownAt : null;
    const confirmedAt = shownAt ?? hoursLater(now, -24);
    const began = { both: factorElsewhere, factorElsewhere, confirmedAt };
    await startSession.within(context, { ...whose, ...began, oldSecret, userAgent });
    return { changed: [], result: { half: false, expiresAt: sessionEnd(now) } };
  },
});
