import { randomBytes } from "node:crypto";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { z } from "zod";
import { hashSecret } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, NotFound } from "#lib/errors.ts";
import { uuid } from "#lib/text.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { afterRemoval, factorsChanged, firstRecoveryCodes, loadSelf } from "./factors.ts";
import { newPasskeyAnswer, type PasskeyAnswer, passkeyLabel, type Site, siteInput } from "./passkey-schema.ts";
import { may } from "./policy.ts";
import { challengeMinutes, minutesLater } from "./rules.ts";

/**
 * Passkeys: keys in people's devices that answer a question of ours, with the device's own look at who holds it (a finger,
 * a face, a PIN). So one is both factors, and signs in without a password.
 */

// Loaded at first use: what reads their formats takes memory which a server that nobody uses a passkey on saves.
const webauthn = () => import("@simplewebauthn/server");

/** The signatures that devices in use make: Ed25519, ECDSA and RSA, by COSE's numbers. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** A new question, and what of it is kept: its digest, for a few minutes. */
export function newChallenge(now: Date) {
  const challenge = randomBytes(32);
  return {
    challenge,
    kept: {
      challengeHash: Uint8Array.from(hashSecret(challenge.toString("base64url"))),
      challengeUntil: minutesLater(now, challengeMinutes),
    },
  };
}

type Kept = { challengeHash: Uint8Array | null; challengeUntil: Date | null };

/** What an answered question leaves. */
export const noChallenge = { challengeHash: null, challengeUntil: null };

const asks =
  ({ challengeHash, challengeUntil }: Kept, now: Date) =>
  (challenge: string) =>
    challengeHash !== null &&
    challengeUntil !== null &&
    challengeUntil > now &&
    hashSecret(challenge).equals(Buffer.from(challengeHash));

const refusal = (cause?: unknown) =>
  Object.assign(new InvalidInput({ passkey: ["security.errors.passkey"] }), { cause });

/** The question by which a browser uses one of these passkeys, or with none named whichever it has for us. */
export async function questionFor(
  site: Site,
  challenge: Uint8Array,
  passkeys: readonly { credentialId: string; transports: string[] }[],
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await webauthn();
  return await generateAuthenticationOptions({
    rpID: site.rpId,
    challenge: Uint8Array.from(challenge),
    userVerification: "required",
    ...(passkeys.length > 0 && {
      allowCredentials: passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    }),
  });
}

/**
 * Checks the answer of a passkey against the question that was kept, and notes its counter: a copy of the device that
 * answers later with an older count is refused, and so is an answer that was used at the same moment.
 * @throws InvalidInput for `passkey`
 */
export async function proveByPasskey(
  { tx, now }: Context,
  passkey: Prisma.PasskeyModel,
  { answer, kept, site }: { answer: PasskeyAnswer; kept: Kept; site: Site },
): Promise<void> {
  const { verifyAuthenticationResponse } = await webauthn();
  const { userHandle, ...response } = answer.response;
  // The device names the person that it was made for: it must be the one that we know it by.
  if (userHandle && Buffer.from(userHandle, "base64url").toString() !== passkey.personId) throw refusal();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {}, response },
    expectedChallenge: asks(kept, now),
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: Uint8Array.from(passkey.publicKey),
      counter: Number(passkey.counter),
      transports: passkey.transports,
    },
  }).catch((error) => {
    throw refusal(error);
  });
  if (!verified) throw refusal();
  const { count } = await tx.passkey.updateMany({
    where: { id: passkey.id, counter: passkey.counter },
    data: { counter: authenticationInfo.newCounter, lastUsedAt: now },
  });
  if (count === 0) throw refusal();
}

/** Asks this browser for a new passkey of one's own. The question stands for a few minutes, and the newest counts. */
export const beginPasskey = command({
  verb: "factor.beginPasskey",
  input: z.strictObject({ site: siteInput }),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async ({ tx, actor, now }, { id, email, name }, { site }) => {
    const { generateRegistrationOptions } = await webauthn();
    const { challenge, kept } = newChallenge(now);
    await tx.session.update({ where: { id: actor.sessionId ?? "" }, data: kept });
    const present = await tx.passkey.findMany({ where: { personId: id } });
    const options: PublicKeyCredentialCreationOptionsJSON = await generateRegistrationOptions({
      rpName: "Kept",
      rpID: site.rpId,
      userID: Uint8Array.from(Buffer.from(id)),
      userName: email,
      userDisplayName: name,
      challenge: Uint8Array.from(challenge),
      attestationType: "none",
      supportedAlgorithmIDs,
      excludeCredentials: present.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    return { changed: [], result: options };
  },
});

/** Keeps a new passkey. Gives the recovery codes, where there were none. */
export const addPasskey = command({
  verb: "factor.addPasskey",
  input: z.strictObject({ site: siteInput, label: passkeyLabel, answer: newPasskeyAnswer }),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async (context, { id }, { site, label, answer }) => {
    const { tx, actor, now } = context;
    const { verifyRegistrationResponse } = await webauthn();
    const session = await tx.session.findUniqueOrThrow({ where: { id: actor.sessionId ?? "" } });
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: asks(session, now),
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs,
    }).catch((error) => {
      throw refusal(error);
    });
    if (!verified) throw refusal();
    const { credential } = registrationInfo;
    if (await tx.passkey.findUnique({ where: { credentialId: credential.id } })) throw refusal();
    await tx.session.update({ where: { id: session.id }, data: noChallenge });
    const passkey = await tx.passkey.create({
      data: {
        personId: id,
        credentialId: credential.id,
        publicKey: Uint8Array.from(credential.publicKey),
        counter: credential.counter,
        transports: answer.response.transports,
        label,
        createdAt: now,
      },
    });
    await factorsChanged(context, id);
    const codes = await firstRecoveryCodes(context, id);
    const changes = { passkey: [null, passkey.id], label: [null, label] } as const;
    return { changed: [{ type: "person", id, portfolioId: null, changes }], result: { codes } };
  },
});

/** One's own passkey is none any more. */
export const removePasskey = command({
  verb: "factor.removePasskey",
  input: z.strictObject({ id: uuid }),
  load: loadSelf,
  allow: (actor, person) => may(actor, "ownFactors", person),
  run: async (context, { id: personId }, { id }) => {
    const passkey = await context.tx.passkey.findFirst({ where: { id, personId } });
    if (!passkey) throw new NotFound();
    await context.tx.passkey.delete({ where: { id } });
    await afterRemoval(context, personId);
    const changes = { passkey: [id, null], label: [passkey.label, null] } as const;
    return { changed: [{ type: "person", id: personId, portfolioId: null, changes }], result: undefined };
  },
});
