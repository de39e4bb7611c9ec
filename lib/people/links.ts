import { z } from "zod";
import { hashSecret } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, isAway, RuleBroken, Unavailable } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import type { Tx } from "#lib/writer.ts";
import { hashPassword, weaknessOf } from "./passwords.ts";
import { isSystem } from "./policy.ts";
import { getLink, type OpenLink } from "./queries.ts";
import { hoursLater, linkHours } from "./rules.ts";
import { firstAdminInput, setPasswordInput, setUpInput } from "./schema.ts";
import { newSecret } from "./secrets.ts";

/** One-time links: the first admin's, and the one by which a person sets a password. */

const digest = (token: string) => Uint8Array.from(hashSecret(token));

/** Makes a link for a person and voids the ones before. */
export async function giveLink({ tx, now }: Context, personId: string): Promise<{ token: string; expiresAt: Date }> {
  await tx.setupLink.deleteMany({ where: { personId, usedAt: null } });
  const token = newSecret();
  const expiresAt = hoursLater(now, linkHours.set_password);
  await tx.setupLink.create({
    data: { tokenHash: digest(token), purpose: "set_password", personId, createdAt: now, expiresAt },
  });
  return { token, expiresAt };
}

/** A link that is good: not over or used, and nothing that was asked for later, or used since, has voided it. */
async function openLink(tx: Tx, purpose: "first_admin" | "set_password", token: string, now: Date) {
  const link = await tx.setupLink.findFirst({
    where: { tokenHash: digest(token), purpose, usedAt: null, expiresAt: { gt: now } },
    include: { person: true },
  });
  if (!link?.personId) return link;
  const { personId, createdAt } = link;
  const voidedBy = { personId, OR: [{ createdAt: { gt: createdAt } }, { usedAt: { gte: createdAt } }] };
  return (await tx.setupLink.count({ where: voidedBy })) === 0 ? link : null;
}

/**
 * Sets a password by a link: the first one or a forgotten one. The link is used up, all sessions end.
 * The result is the address to sign in with.
 */
export const setPassword = command({
  verb: "person.setPassword",
  input: setPasswordInput,
  load: async ({ tx, now }, { token }) => {
    const link = await openLink(tx, "set_password", token, now);
    return link?.person && !link.person.disabledAt ? link.person : null;
  },
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, person, { password }) => {
    const weakness = await weaknessOf(password, person);
    if (weakness) throw new InvalidInput({ password: [weakness] });
    // This one, and any other that is out. Letters that have yet to bring one find this one used, and are dropped.
    await tx.setupLink.updateMany({ where: { personId: person.id, usedAt: null }, data: { usedAt: now } });
    await tx.person.update({
      where: { id: person.id },
      data: { passwordHash: await hashPassword(password) },
    });
    await tx.session.deleteMany({ where: { personId: person.id } });
    return {
      changed: [{ type: "person", id: person.id, portfolioId: null, changes: { password: [null, "link"] } }],
      result: { email: person.email },
    };
  },
});

/**
 * What a link's page shows. Links that are none count, so that they can't be tried one after the other; a try that can't be
 * counted, in a flood or without the database, is told so.
 */
export async function openedLink(
  token: string,
  now: Date,
  address: string,
): Promise<OpenLink | "tooMany" | "unavailable" | null> {
  try {
    const verdict = await rateLimits().take("link", address);
    if (!verdict.allowed) return "tooMany";
    const link = await getLink(token, now);
    if (link) await rateLimits().giveBack("link", address);
    return link;
  } catch (error) {
    if (error instanceof Unavailable || isAway(error)) return "unavailable";
    throw error;
  }
}

/** A new link for the first admin; older ones are void. Null when there is somebody already. */
export const offerSetUp = command({
  verb: "setup.offer",
  input: z.strictObject({}),
  load: ({ tx }) => lockPeople(tx),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    if (await hasPeople(tx)) return { changed: [], result: null };
    await tx.setupLink.deleteMany({ where: { purpose: "first_admin", usedAt: null } });
    const token = newSecret();
    await tx.setupLink.create({
      data: {
        tokenHash: digest(token),
        purpose: "first_admin",
        createdAt: now,
        expiresAt: hoursLater(now, linkHours.first_admin),
      },
    });
    return { changed: [], result: token };
  },
});

/** The first admin, by the one-time link that the start printed. */
export const setUp = command({
  verb: "setup.finish",
  input: setUpInput,
  load: async ({ tx, now }, { token }) => {
    await lockPeople(tx);
    return await openLink(tx, "first_admin", token, now);
  },
  allow: (actor) => isSystem(actor),
  run: (context, _link, { token: _token, ...input }) => makeFirstAdmin(context, input),
});

/** The first admin, by the environment of the start. */
export const setUpByEnvironment = command({
  verb: "setup.finish",
  input: firstAdminInput,
  load: ({ tx }) => lockPeople(tx),
  allow: (actor) => isSystem(actor),
  run: (context, _subject, input) => makeFirstAdmin(context, input),
});

async function makeFirstAdmin({ tx, now }: Context, { name, email, password }: z.output<typeof firstAdminInput>) {
  if (await hasPeople(tx)) throw new RuleBroken("people.errors.setUpDone");
  const weakness = await weaknessOf(password, { email, name });
  if (weakness) throw new InvalidInput({ password: [weakness] });
  const { id } = await tx.person.create({
    data: { name, email, admin: true, passwordHash: await hashPassword(password), createdAt: now },
  });
  await tx.setupLink.updateMany({ where: { purpose: "first_admin", usedAt: null }, data: { usedAt: now } });
  return {
    changed: [
      {
        type: "person" as const,
        id,
        portfolioId: null,
        changes: { name: [null, name], email: [null, email], admin: [null, true] } as const,
      },
    ],
    result: { id, email },
  };
}

/**
 * "Nobody yet" is about rows that don't exist, which no row lock can hold. As the first statement of its transaction this
 * comes before the snapshot is taken, so whoever waited here sees what the other one did.
 */
async function lockPeople(tx: Tx): Promise<object> {
  await tx.$executeRaw`LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE`;
  return {};
}

/** The people of the demonstration can't sign in, so they don't count. */
async function hasPeople(tx: Tx): Promise<boolean> {
  return (await tx.person.count({ where: { demo: false }, take: 1 })) > 0;
}
