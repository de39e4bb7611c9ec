import { z } from "zod";
import { hashSecret } from "#lib/actor.ts";
import type { Changes, Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import type { Tx } from "#lib/writer.ts";
import { newRecoveryCodes, newTotpSecret, normalRecoveryCode, recoveryCount, sharedWithApp, stepOf } from "./codes.ts";
import { checkConfirmed, checkConfirmedAtScreen } from "./confirming.ts";
import { may } from "./policy.ts";
import { countTry, forgetTries } from "./proving.ts";
import { codeInput, personInput } from "./schema.ts";
import { seal, unseal } from "./sealing.ts";

/** Setting up and taking away second factors: an authenticator app and recovery codes. Passkeys: passkeys.ts. */

const ofPerson = (id: string, changes: Changes) => ({ type: "person" as const, id, portfolioId: null, changes });

/** Whether somebody is asked for a second factor when they sign in. */
export async function hasFactor(tx: Tx, personId: string): Promise<boolean> {
  const apps = await tx.totp.count({ where: { personId, confirmedAt: { not: null } } });
  return apps > 0 || (await tx.passkey.count({ where: { personId }, take: 1 })) > 0;
}

/** Oneself, at the screen, having shown a short while ago who one is. */
export async function loadSelf(context: Context) {
  checkConfirmedAtScreen(context);
  const { tx, actor } = context;
  return actor.id ? await tx.person.findUnique({ where: { id: actor.id }, include: { totp: true } }) : null;
}

/**
 * What every change of somebody's factors brings along: all sessions but the present one end, and half sign-ins. Writing
 * the person's row keeps a sign-in at the same moment from going by what was before: one of the two comes second.
 */
export async function factorsChanged({ tx, actor }: Context, personId: string): Promise<void> {
  const { lastSignInAt } = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  await tx.person.update({ where: { id: personId }, data: { lastSignInAt } });
  await tx.session.deleteMany({ where: { personId, ...(actor.sessionId && { id: { not: actor.sessionId } }) } });
  await tx.halfSignIn.deleteMany({ where: { personId } });
}

/** Recovery codes for somebody who has their first factor; null where they have some. They are shown this once. */
export async function firstRecoveryCodes(context: Context, personId: string): Promise<string[] | null> {
  const left = await context.tx.recoveryCode.count({ where: { personId, usedAt: null } });
  return left > 0 ? null : await giveRecoveryCodes(context, personId);
}

async function giveRecoveryCodes({ tx }: Context, personId: string): Promise<string[]> {
  await tx.recoveryCode.deleteMany({ where: { personId } });
  const codes = newRecoveryCodes();
  const data = codes.map((code) => ({
    personId,
    codeHash: Uint8Array.from(hashSecret(normalRecoveryCode(code) ?? "")),
  }));
  await tx.recoveryCode.createMany({ data });
  return codes;
}

/** A new secret for one's authenticator app. It counts once confirmTotp has seen a code of it; a newer one voids it. */
export const beginTotp = command({
  verb: "factor.beginTotp",
  input: z.strictObject({}),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async ({ tx, now }, { id, email, totp }) => {
    if (totp?.confirmedAt) throw new RuleBroken("security.errors.totpThere");
    const secret = newTotpSecret();
    const data = { sealed: seal(secret, id), createdAt: now, lastStep: 0 };
    await tx.totp.upsert({ where: { personId: id }, create: { personId: id, ...data }, update: data });
    return { changed: [], result: sharedWithApp(secret, email) };
  },
});

/** Shows that the app has the secret. From now on it is asked for. Gives the recovery codes, where there were none. */
export const confirmTotp = command({
  verb: "factor.addTotp",
  input: z.strictObject({ code: codeInput }),
  load: async (context) => {
    const person = await loadSelf(context);
    if (person) await countTry(person.id);
    return person;
  },
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async (context, { id, totp }, { code }) => {
    if (!totp) throw new NotFound();
    if (totp.confirmedAt) throw new RuleBroken("security.errors.totpThere");
    const step = stepOf(unseal(totp.sealed, id), code, context.now);
    if (step === null) throw new InvalidInput({ code: ["security.errors.code"] });
    await context.tx.totp.update({ where: { personId: id }, data: { confirmedAt: context.now, lastStep: step } });
    await factorsChanged(context, id);
    await forgetTries(id);
    const codes = await firstRecoveryCodes(context, id);
    return { changed: [ofPerson(id, { totp: [null, context.now] })], result: { codes } };
  },
});

/** The app is no factor any more. With the last factor the recovery codes go, too. */
export const removeTotp = command({
  verb: "factor.removeTotp",
  input: z.strictObject({}),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async (context, { id, totp }) => {
    if (!totp?.confirmedAt) throw new NotFound();
    await context.tx.totp.delete({ where: { personId: id } });
    await afterRemoval(context, id);
    return { changed: [ofPerson(id, { totp: [totp.confirmedAt, null] })], result: undefined };
  },
});

/** What follows where a factor was taken away. */
export async function afterRemoval(context: Context, personId: string): Promise<void> {
  await factorsChanged(context, personId);
  if (!(await hasFactor(context.tx, personId))) await context.tx.recoveryCode.deleteMany({ where: { personId } });
}

/** New recovery codes, shown this once; the ones before are void. */
export const renewRecoveryCodes = command({
  verb: "factor.renewCodes",
  input: z.strictObject({}),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async (context, { id }) => {
    if (!(await hasFactor(context.tx, id))) throw new RuleBroken("security.errors.noFactor");
    const codes = await giveRecoveryCodes(context, id);
    return { changed: [ofPerson(id, { recoveryCodes: [null, recoveryCount] })], result: { codes } };
  },
});

/**
 * Takes away all second factors of a person who has lost them: by an admin. They sign in by their password then, and where
 * their role asks for a second factor, set one up before anything else.
 */
export const resetFactors = command({
  verb: "factor.reset",
  input: personInput,
  load: async (context, { id }) => {
    checkConfirmed(context);
    return await context.tx.person.findUnique({ where: { id } });
  },
  allow: (actor, person) => may(actor, "resetFactors", person),
  run: async (context, { id }) => {
    const { tx } = context;
    const [apps, passkeys, codes] = [
      await tx.totp.deleteMany({ where: { personId: id } }),
      await tx.passkey.deleteMany({ where: { personId: id } }),
      await tx.recoveryCode.deleteMany({ where: { personId: id } }),
    ];
    if (apps.count + passkeys.count + codes.count === 0) return { changed: [], result: undefined };
    await factorsChanged(context, id);
    await tx.session.deleteMany({ where: { personId: id } });
    const changes = { totp: [apps.count, 0], passkeys: [passkeys.count, 0], recoveryCodes: [codes.count, 0] } as const;
    return { changed: [ofPerson(id, changes)], result: undefined };
  },
});
