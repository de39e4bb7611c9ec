import { z } from "zod";
import { hashSecret, systemActor } from "#lib/actor.ts";
import type { Context, Outcome } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, KeptError, NotFound, TooMany } from "#lib/errors.ts";
import { type RateLimits, rateLimits } from "#lib/rate-limit.ts";
import { uuid } from "#lib/text.ts";
import { noteRefusal, startSession } from "./access.ts";
import { getHalfSignIn } from "./factor-queries.ts";
import { passkeyAnswer, type Site, siteInput } from "./passkey-schema.ts";
import { newChallenge, proveByPasskey, questionFor } from "./passkeys.ts";
import { isSystem } from "./policy.ts";
import { countTry, forgetTries, type Proof, proveByCode } from "./proving.ts";
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
  input: z.strictObject({
    ...{ personId: uuid, secret: z.string() },
    /** Null only with an identity: then there need be none. */
    passwordHash: z.string().nullable(),
    /** By which they came in at the organisation's sign-in, instead of by the password. */
    identityId: uuid.optional(),
    triesBefore: z.int().positive().optional(),
  }),
  load: ({ tx }, { personId, passwordHash }) =>
    tx.person.findFirst({ where: { id: personId, passwordHash, disabledAt: null }, select: { id: true } }),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, { id }, { passwordHash, secret, identityId, triesBefore }) => {
    const by = identityId ? { identityId } : { proof: digest(passwordHash ?? "") };
    const expiresAt = minutesLater(now, halfMinutes);
    const half = await tx.halfSignIn.create({
      data: { tokenHash: digest(secret), personId: id, ...by, createdAt: now, expiresAt },
    });
    return {
      changed: [
        {
          ...{ type: "person" as const, id, portfolioId: null },
          changes: { halfway: [null, half.id], ...(triesBefore && { triesBefore: [null, triesBefore] }) } as const,
        },
      ],
      result: { expiresAt },
    };
  },
});

const browserInput = {
  half: z.string(),
  secret: z.string(),
  oldSecret: z.string().nullable(),
  userAgent: z.string().nullable(),
};

/** A half sign-in that is good, with its person; null too where they have another password since, or are disabled. */
async function loadHalf({ tx, now }: Context, half: string) {
  const row = await tx.halfSignIn.findFirst({
    where: { tokenHash: digest(half), expiresAt: { gt: now } },
    include: { person: true },
  });
  if (!row?.person) return row;
  const { passwordHash, disabledAt } = row.person;
  // An identity that is gone has taken its half sign-ins along.
  const same =
    row.identityId !== null ||
    (passwordHash !== null && row.proof !== null && hashSecret(passwordHash).equals(Buffer.from(row.proof)));
  return same && !disabledAt ? row : null;
}

type Halfway = {
  id: string;
  person: { id: string; passwordHash: string | null };
  identityId: string | null;
  proof: Proof;
};

/** The half sign-in ends, a session begins. */
async function becomeSession(
  context: Context,
  { id, person, identityId, proof }: Halfway,
  { secret, oldSecret, userAgent }: { secret: string; oldSecret: string | null; userAgent: string | null },
): Promise<Outcome<undefined>> {
  await context.tx.halfSignIn.delete({ where: { id } });
  const by = identityId ? { identityId } : {};
  const whose = { personId: person.id, passwordHash: person.passwordHash, both: true, ...by };
  await startSession.within(context, { ...whose, secret, oldSecret, userAgent });
  return {
    changed: [{ type: "person", id: person.id, portfolioId: null, changes: { proof: [null, proof] } as const }],
    result: undefined,
  };
}

/** The second step by a code. */
const finishByCode = command({
  verb: "session.finish",
  input: z.strictObject({ ...browserInput, code: codeInput }),
  load: async (context, { half }) => {
    const row = await loadHalf(context, half);
    return row?.person ? { id: row.id, person: row.person, identityId: row.identityId } : null;
  },
  allow: (actor) => isSystem(actor),
  run: async (context, half, { code, ...browser }) => {
    const proof = await proveByCode(context, half.person.id, code);
    return await becomeSession(context, { ...half, proof }, browser);
  },
});

/** The same by a passkey: also as the only step, where the half sign-in is nobody's yet. */
const finishByPasskey = command({
  verb: "session.finish",
  input: z.strictObject({ ...browserInput, site: siteInput, answer: passkeyAnswer }),
  load: async (context, { half, answer }) => {
    const row = await loadHalf(context, half);
    if (!row) return null;
    const passkey = await context.tx.passkey.findUnique({
      where: { credentialId: answer.id },
      include: { person: true },
    });
    const good = passkey && !passkey.person.disabledAt && (row.personId === null || row.personId === passkey.personId);
    return { row, passkey: good ? passkey : null };
  },
  allow: (actor) => isSystem(actor),
  run: async (context, { row, passkey }, { site, answer, ...browser }) => {
    if (!passkey) throw new InvalidInput({ passkey: ["security.errors.passkey"] });
    await proveByPasskey(context, passkey, { answer, kept: row, site });
    return await becomeSession(context, { ...row, person: passkey.person, proof: "passkey" }, browser);
  },
});

/**
 * Asks this browser for a passkey: one of the person's whose half sign-in it holds, or else, with a new half sign-in that
 * is nobody's yet, whichever it has for us.
 */
const askForPasskey = command({
  verb: "session.askPasskey",
  input: z.strictObject({ half: z.string().nullable(), secret: z.string(), site: siteInput }),
  load: async (context, { half }) => ({ row: half === null ? null : await loadHalf(context, half) }),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, { row }, { secret, site }) => {
    const { challenge, kept } = newChallenge(now);
    const ofPerson = row?.personId ? await tx.passkey.findMany({ where: { personId: row.personId } }) : [];
    const question = await questionFor(site, challenge, ofPerson);
    const expiresAt = minutesLater(now, halfMinutes);
    if (row) await tx.halfSignIn.update({ where: { id: row.id }, data: kept });
    else await tx.halfSignIn.create({ data: { tokenHash: digest(secret), createdAt: now, expiresAt, ...kept } });
    return { changed: [], result: { question, begun: row ? null : { secret, expiresAt } } };
  },
});

/**
 * The question for signing in by a passkey; `begun` belongs into the cookie of half sign-ins.
 * @throws TooMany, Unavailable
 */
export async function askToSignIn(
  { half, address, site, now = new Date() }: { half: string | null; address: string; site: Site; now?: Date },
  limits: RateLimits = rateLimits(),
) {
  const verdict = await limits.take("challenge", address);
  if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
  return await askForPasskey(someone, { half, secret: newSecret(), site }, { now });
}

/** What the second step comes with. `shown` is whatever the browser sent: a code, or a passkey's answer. */
export type SecondStep = {
  /** The secret in this browser's cookie of the half sign-in. */
  half: string | null;
  shown: { code: unknown } | { answer: unknown; site: Site };
  address: string;
  userAgent: string | null;
  oldSecret: string | null;
  now?: Date;
};

/**
 * Lets a person in whose password was right, or who has a passkey. The secret belongs into the session's cookie and
 * nowhere else.
 * @throws HalfOver, InvalidInput for `code` or `passkey`, TooMany, Unavailable
 */
export async function finishSignIn(
  { half, shown, address, now = new Date(), ...browser }: SecondStep,
  limits: RateLimits = rateLimits(),
): Promise<{ secret: string; expiresAt: Date }> {
  const found = half ? await getHalfSignIn(half, now) : null;
  if (!half || !found) throw new HalfOver("no half sign-in");
  // A passkey alone names its person only once it has answered: until then its tries are this half sign-in's.
  const whose = found.personId ?? half;
  try {
    await countTry(whose, limits);
    const secret = newSecret();
    const input = { ...browser, half, secret, ...shown };
    await ("code" in shown ? finishByCode : finishByPasskey)(someone, input, { now });
    await forgetTries(whose, limits);
    return { secret, expiresAt: sessionEnd(now) };
  } catch (error) {
    const account = accountOf(found.email ?? "");
    if (error instanceof NotFound) throw new HalfOver("over meanwhile");
    if (error instanceof InvalidInput) await noteRefusal(someone, { account, address, blocked: false }, { now });
    // The first that is too many is told to the history, not the flood that may follow.
    if (error instanceof TooMany && error.first)
      await noteRefusal(someone, { account, address, blocked: true }, { now });
    throw error;
  }
}
