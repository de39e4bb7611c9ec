import { z } from "zod";
import type { Context, Outcome } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, RuleBroken, TooMany } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { hasFactor } from "./factors.ts";
import { passkeyAnswer, siteInput } from "./passkey-schema.ts";
import { newChallenge, noChallenge, proveByPasskey, questionFor } from "./passkeys.ts";
import { verifyPassword } from "./passwords.ts";
import { may } from "./policy.ts";
import { countTry, forgetTries, type Proof, proveByCode } from "./proving.ts";
import { codeInput, presentPassword } from "./schema.ts";

/**
 * Showing again who one is, before something sensitive: by the second factor, or by the password where there is none. It
 * holds for this session, for a short while (confirming.ts).
 */

/** The session at hand, with its person. Who asks by a token, or is a part of the system, has none. */
async function loadSession({ tx, actor }: Context) {
  return actor.sessionId
    ? await tx.session.findUnique({ where: { id: actor.sessionId }, include: { person: true } })
    : null;
}

async function confirmSession(
  { tx, now }: Context,
  session: { id: string; personId: string },
  proof: Proof,
): Promise<Outcome<undefined>> {
  await tx.session.update({ where: { id: session.id }, data: { confirmedAt: now, ...noChallenge } });
  const changes = { session: [null, session.id], proof: [null, proof] } as const;
  return { changed: [{ type: "person", id: session.personId, portfolioId: null, changes }], result: undefined };
}

const verb = "session.confirm";

/** For who has no second factor. */
export const confirmByPassword = command({
  verb,
  input: z.strictObject({ password: presentPassword }),
  load: async (context) => {
    const session = await loadSession(context);
    if (!session) return null;
    const verdict = await rateLimits().take("password", session.personId);
    if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
    return session;
  },
  allow: (actor, { personId }) => may(actor, "confirm", { id: personId }),
  run: async (context, session, { password }) => {
    // Else a password that somebody has learnt would be enough to take the second factor away.
    if (await hasFactor(context.tx, session.personId)) throw new RuleBroken("security.errors.byFactor");
    if (!(await verifyPassword(session.person.passwordHash, password))) {
      throw new InvalidInput({ password: ["people.errors.passwordWrong"] });
    }
    await rateLimits().forget("password", session.personId);
    return await confirmSession(context, session, "password");
  },
});

export const confirmByCode = command({
  verb,
  input: z.strictObject({ code: codeInput }),
  load: async (context) => {
    const session = await loadSession(context);
    if (session) await countTry(session.personId);
    return session;
  },
  allow: (actor, { personId }) => may(actor, "confirm", { id: personId }),
  run: async (context, session, { code }) => {
    const proof = await proveByCode(context, session.personId, code);
    await forgetTries(session.personId);
    return await confirmSession(context, session, proof);
  },
});

/** The question to one of one's own passkeys. */
export const askToConfirm = command({
  verb: "session.askToConfirm",
  input: z.strictObject({ site: siteInput }),
  load: loadSession,
  allow: (actor, { personId }) => may(actor, "confirm", { id: personId }),
  run: async ({ tx, now }, { id, personId }, { site }) => {
    const passkeys = await tx.passkey.findMany({ where: { personId } });
    if (passkeys.length === 0) throw new RuleBroken("security.errors.noFactor");
    const { challenge, kept } = newChallenge(now);
    await tx.session.update({ where: { id }, data: kept });
    return { changed: [], result: await questionFor(site, challenge, passkeys) };
  },
});

export const confirmByPasskey = command({
  verb,
  input: z.strictObject({ site: siteInput, answer: passkeyAnswer }),
  load: async (context) => {
    const session = await loadSession(context);
    if (session) await countTry(session.personId);
    return session;
  },
  allow: (actor, { personId }) => may(actor, "confirm", { id: personId }),
  run: async (context, session, { site, answer }) => {
    const { personId } = session;
    const passkey = await context.tx.passkey.findFirst({ where: { credentialId: answer.id, personId } });
    if (!passkey) throw new InvalidInput({ passkey: ["security.errors.passkey"] });
    await proveByPasskey(context, passkey, { answer, kept: session, site });
    await forgetTries(personId);
    return await confirmSession(context, session, "passkey");
  },
});
