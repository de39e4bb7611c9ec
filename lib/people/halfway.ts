import { z } from "zod";
import { hashSecret, systemActor } from "#lib/actor.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, KeptError, NotFound, TooMany } from "#lib/errors.ts";
import { type RateLimits, rateLimits } from "#lib/rate-limit.ts";
import { uuid } from "#lib/text.ts";
import { noteRefusal, startSession } from "./access.ts";
import { getHalfSignIn } from "./factor-queries.ts";
import { isSystem } from "./policy.ts";
import { countTry, forgetTries, proveByCode } from "./proving.ts";
import { halfMinutes, minutesLater, sessionEnd } from "./rules.ts";
import { codeInput } from "./schema.ts";
import { accountOf, newSecret } from "./secrets.ts";

/**
 * The two steps of signing in: after the right password a browser holds the secret of a half sign-in, which is no session
 * and opens nothing; the second factor turns it into one.
 */

const someone = systemActor("sign-in");

const digest = (secret: string) => Uint8Array.from(hashSecret(secret));

/** The half sign-in is over, used, or was never one: the password is asked for again. */
export class HalfOver extends KeptError {
  readonly status = 422;
  readonly key = "security.errors.halfOver";
}

/** The first step of somebody whose password was found right and who has a second factor. */
export const startHalf = command({
  verb: "session.halfway",
  input: z.strictObject({ personId: uuid, passwordHash: z.string(), secret: z.string() }),
  load: ({ tx }, { personId, passwordHash }) =>
    tx.person.findFirst({ where: { id: personId, passwordHash, disabledAt: null }, select: { id: true } }),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, { id }, { passwordHash, secret }) => {
    const expiresAt = minutesLater(now, halfMinutes);
    const half = await tx.halfSignIn.create({
      data: { tokenHash: digest(secret), personId: id, proof: digest(passwordHash), createdAt: now, expiresAt },
    });
    return {
      changed: [{ type: "person", id, portfolioId: null, changes: { halfway: [null, half.id] } as const }],
      result: { expiresAt },
    };
  },
});

/** The second step by a code: the half sign-in ends, a session begins. */
const finishByCode = command({
  verb: "session.finish",
  input: z.strictObject({
    half: z.string(),
    code: codeInput,
    secret: z.string(),
    oldSecret: z.string().nullable(),
    userAgent: z.string().nullable(),
  }),
  load: async ({ tx, now }, { half }) => {
    const row = await tx.halfSignIn.findFirst({
      where: { tokenHash: digest(half), expiresAt: { gt: now }, person: { disabledAt: null } },
      include: { person: true },
    });
    const hash = row?.person?.passwordHash;
    // Another password since: whoever began with the old one begins anew.
    return row?.person && hash && row.proof && hashSecret(hash).equals(row.proof)
      ? { ...row, person: row.person }
      : null;
  },
  allow: (actor) => isSystem(actor),
  run: async (context, { id, person }, { half: _half, code, ...session }) => {
    const proof = await proveByCode(context, person.id, code);
    await context.tx.halfSignIn.delete({ where: { id } });
    await startSession.within(context, {
      ...session,
      personId: person.id,
      passwordHash: person.passwordHash,
      both: true,
    });
    return {
      changed: [{ type: "person", id: person.id, portfolioId: null, changes: { proof: [null, proof] } as const }],
      result: undefined,
    };
  },
});

/** What the second step comes with. `code` is whatever the form sent. */
export type SecondStep = {
  /** The secret in this browser's cookie of the half sign-in. */
  half: string | null;
  code: unknown;
  address: string;
  userAgent: string | null;
  oldSecret: string | null;
  now?: Date;
};

/**
 * Lets a person in whose password was right. The secret belongs into the session's cookie and nowhere else.
 * @throws HalfOver, InvalidInput for `code`, TooMany, Unavailable
 */
export async function finishSignIn(
  { half, code, address, now = new Date(), ...browser }: SecondStep,
  limits: RateLimits = rateLimits(),
): Promise<{ secret: string; expiresAt: Date }> {
  const found = half ? await getHalfSignIn(half, now) : null;
  if (!half || !found?.personId) throw new HalfOver("no half sign-in");
  const account = accountOf(found.email ?? "");
  try {
    await countTry(found.personId, limits);
    const secret = newSecret();
    await finishByCode(someone, { ...browser, half, code, secret }, { now });
    await forgetTries(found.personId, limits);
    return { secret, expiresAt: sessionEnd(now) };
  } catch (error) {
    if (error instanceof NotFound) throw new HalfOver("over meanwhile");
    if (error instanceof InvalidInput) await noteRefusal(someone, { account, address, blocked: false }, { now });
    // The first that is too many is told to the history, not the flood that may follow.
    if (error instanceof TooMany && error.first)
      await noteRefusal(someone, { account, address, blocked: true }, { now });
    throw error;
  }
}
