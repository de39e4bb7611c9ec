import type { z } from "zod";
import type { Actor, MemberRole, Roles } from "#lib/actor.ts";
import { type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, InvalidInput, RuleBroken } from "#lib/errors.ts";
import { queueAccountLetter } from "#lib/letters/account-queue.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { checkConfirmed } from "./confirming.ts";
import { giveLink } from "./links.ts";
import { moveLinks, voidLinks } from "./mailed-link.ts";
import { may } from "./policy.ts";
import { saysRole } from "./rules.ts";
import { createInput, localeInput, ownInput, personInput, updateInput } from "./schema.ts";

/** What an admin does with people, and what people do with their own entry. Signing in and secrets: access.ts and links.ts. */

type PersonRow = Prisma.PersonGetPayload<{ include: { memberships: true } }>;

/** Somebody's entry, for an admin who showed a short while ago who they are. @throws ConfirmFirst */
async function loadPerson(context: Context, { id }: { id: string }): Promise<PersonRow | null> {
  checkConfirmed(context);
  return await context.tx.person.findUnique({ where: { id }, include: { memberships: true } });
}

const loadOwn = ({ tx, actor }: Context): Promise<PersonRow | null> =>
  actor.id ? tx.person.findUnique({ where: { id: actor.id }, include: { memberships: true } }) : Promise.resolve(null);

const changeOf = (id: string, changes: Changes) => ({ type: "person" as const, id, portfolioId: null, changes });

/** A link by which somebody sets a password. The token is shown once and is nowhere to be found afterwards. */
export type GivenLink = { token: string; expiresAt: Date };

/** Somebody new, without a password. */
async function addPerson(context: Context, input: z.output<typeof createInput>): Promise<string> {
  await checkAgency(context, input.agencyId);
  const { roles, ...own } = input;
  const { id } = await withFreeEmail(() => context.tx.person.create({ data: { ...own, createdAt: context.now } }));
  await writeRoles(context, id, roles);
  return id;
}

const adding = {
  verb: "person.create",
  input: createInput,
  load: async (context: Context) => {
    checkConfirmed(context);
    return {};
  },
  allow: (actor: Actor) => may(actor, "create"),
};

/** Adds a person: what comes back is the one-time link by which they set a password themselves. */
export const createPerson = command({
  ...adding,
  run: async (context, _subject, input) => {
    const id = await addPerson(context, input);
    const link = await giveLink(context, id);
    return { changed: [changeOf(id, changesBetween({}, spread(input)))], result: { id, ...link } };
  },
});

/** The same, and the link goes to them by mail: nobody else sees it. */
export const invitePerson = command({
  ...adding,
  run: async (context, _subject, input) => {
    const id = await addPerson(context, input);
    await mailLink(context, id);
    return { changed: [changeOf(id, changesBetween({}, spread(input)))], result: { id } };
  },
});

/** @throws RuleBroken where there is no mail */
async function mailLink(context: Context, personId: string): Promise<void> {
  const { name, id } = context.actor;
  const queued = await queueAccountLetter(context, { personId }, { kind: "invitation", by: id === null ? null : name });
  if (!queued) throw new RuleBroken("people.errors.noMail");
}

/**
 * Changes a person's name, address, roles, agency or language. Other roles end their sessions at once: what they see and
 * hold open was made for the old ones. So does another address, which voids their links, too: whoever has the old one may
 * be somebody else.
 */
export const updatePerson = command({
  verb: "person.update",
  input: updateInput,
  load: loadPerson,
  allow: (actor, person) => may(actor, "update", person),
  run: async (context, person, { id, version, ...wanted }) => {
    checkVersion(person, version, wanted);
    const changes = differences(person, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    if (changes.agencyId) await checkAgency(context, wanted.agencyId);
    if (changes.admin && person.admin) await keepOneAdmin(context, id);
    const { roles, ...own } = wanted;
    await withFreeEmail(() => write(context, person, own));
    await writeRoles(context, id, roles);
    if (Object.keys(changes).some(saysRole)) await endSessions(context, id);
    if (changes.email) {
      await endSessions(context, id);
      await moveLinks(context.tx, id);
    }
    return { changed: [changeOf(id, changes)], result: { id, version: version + 1 } };
  },
});

// Access and passwords are no part of what a person's version counts: a form that is open meanwhile is not stale for them.

/** Ends somebody's access at once: no sign-in, no session, no API token, no open link. Their records keep their name. */
export const disablePerson = command({
  verb: "person.disable",
  input: personInput,
  load: loadPerson,
  allow: (actor, person) => may(actor, "disable", person),
  run: async (context, person, { id }) => {
    if (person.disabledAt) return { changed: [], result: { id } };
    if (person.admin) await keepOneAdmin(context, id);
    await context.tx.person.update({ where: { id }, data: { disabledAt: context.now } });
    await endSessions(context, id);
    await context.tx.apiToken.updateMany({
      where: { personId: id, revokedAt: null },
      data: { revokedAt: context.now },
    });
    await voidLinks(context.tx, id);
    return { changed: [changeOf(id, { disabledAt: [null, context.now] })], result: { id } };
  },
});

/** Lets a disabled person in again, with the password they had. */
export const enablePerson = command({
  verb: "person.enable",
  input: personInput,
  load: loadPerson,
  allow: (actor, person) => may(actor, "enable", person),
  run: async ({ tx }, person, { id }) => {
    if (!person.disabledAt) return { changed: [], result: { id } };
    await tx.person.update({ where: { id }, data: { disabledAt: null } });
    return { changed: [changeOf(id, { disabledAt: [person.disabledAt, null] })], result: { id } };
  },
});

/** A new link by which a person sets a password: for the first one, or a forgotten one. It voids older links. */
export const issueLink = command({
  verb: "person.issueLink",
  input: personInput,
  load: loadPerson,
  allow: (actor, person) => may(actor, "issueLink", person),
  run: async (context, person, { id }) => {
    if (person.disabledAt) throw new RuleBroken("people.errors.disabled");
    const link: GivenLink = await giveLink(context, id);
    return { changed: [changeOf(id, { linkExpires: [null, link.expiresAt] })], result: link };
  },
});

/** The same by mail: an invitation, or one more. The link is made as the letter goes, and voids older ones then. */
export const mailNewLink = command({
  verb: "person.mailLink",
  input: personInput,
  load: loadPerson,
  allow: (actor, person) => may(actor, "issueLink", person),
  run: async (context, person, { id }) => {
    if (person.disabledAt) throw new RuleBroken("people.errors.disabled");
    await mailLink(context, id);
    return { changed: [changeOf(id, { linkMailed: [null, person.email] })], result: { id } };
  },
});

/** One's own name and language. */
export const updateOwn = command({
  verb: "person.updateOwn",
  input: ownInput,
  load: loadOwn,
  allow: (actor, person) => may(actor, "updateOwn", person),
  run: async (context, person, { version, ...wanted }) => {
    checkVersion(person, version, wanted);
    const changes = differences(person, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: { version } };
    await write(context, person, wanted);
    return { changed: [changeOf(person.id, changes)], result: { version: version + 1 } };
  },
});

/** One's own language, from the switch on any page: the last choice stands, whatever it was made on. */
export const setOwnLocale = command({
  verb: "person.setOwnLocale",
  input: localeInput,
  load: loadOwn,
  allow: (actor, person) => may(actor, "updateOwn", person),
  run: async (context, person, wanted) => {
    const changes = differences(person, wanted);
    if (Object.keys(changes).length > 0) await write(context, person, wanted);
    return { changed: [changeOf(person.id, changes)], result: undefined };
  },
});

type Wanted = Partial<Pick<PersonRow, "name" | "email" | "admin" | "agencyId" | "locale">> & { roles?: Roles };

/** Each portfolio's role as a field of its own, as forms and the history have it: "roles.viet-nam-laos". */
export const spread = ({
  roles = {},
  ...own
}: {
  roles?: Roles;
  [field: string]: unknown;
}): Record<string, unknown> => ({
  ...own,
  ...Object.fromEntries(Object.entries(roles).map(([portfolioId, role]) => [`roles.${portfolioId}`, role])),
});

/** What a person is now. */
export function rolesHeld({ admin, memberships }: Pick<PersonRow, "admin" | "memberships">): {
  admin: boolean;
  roles: Roles;
} {
  const held = memberships.map(({ portfolioId, role }) => [portfolioId, role as MemberRole] as const);
  return { admin, roles: Object.fromEntries(held) };
}

/** How the fields that are wanted stand. */
function presentOf(person: PersonRow, { roles, ...own }: Wanted): Record<string, unknown> {
  const present = Object.fromEntries(Object.keys(own).map((field) => [field, person[field as keyof typeof own]]));
  return spread({ ...present, ...(roles && { roles: rolesHeld(person).roles }) });
}

const differences = (person: PersonRow, wanted: Wanted) => changesBetween(presentOf(person, wanted), spread(wanted));

/** Gives a person just these roles. */
export async function writeRoles({ tx }: Context, personId: string, roles: Roles): Promise<void> {
  const wanted = Object.entries(roles);
  const known = await tx.portfolio.findMany({ where: { id: { in: Object.keys(roles) } }, select: { id: true } });
  const unknown = wanted.filter(([portfolioId]) => !known.some(({ id }) => id === portfolioId));
  if (unknown.length > 0)
    throw new InvalidInput(Object.fromEntries(unknown.map(([id]) => [`roles.${id}`, ["people.errors.choice"]])));
  await tx.membership.deleteMany({ where: { personId } });
  await tx.membership.createMany({ data: wanted.map(([portfolioId, role]) => ({ personId, portfolioId, role })) });
}

function checkVersion(person: PersonRow, version: number, wanted: Wanted): void {
  if (person.version !== version) throw new Conflict(person.version, presentOf(person, wanted));
}

async function write({ tx }: Context, person: PersonRow, data: Prisma.PersonUncheckedUpdateInput): Promise<void> {
  await tx.person.update({ where: { id: person.id }, data: { ...data, version: { increment: 1 } } });
}

export async function endSessions({ tx }: Context, personId: string): Promise<void> {
  await tx.session.deleteMany({ where: { personId } });
}

/**
 * Whether nobody but this admin could sign in as one. The admins' rows are locked, so that two admins who demote each other
 * at the same moment don't both succeed: the second one's snapshot is stale then, and it is tried again.
 */
export async function isLastAdmin({ tx }: Context, id: string): Promise<boolean> {
  const admins = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM person
    WHERE admin AND disabled_at IS NULL AND password_hash IS NOT NULL ORDER BY id FOR UPDATE`;
  return !admins.some((admin) => admin.id !== id);
}

async function keepOneAdmin(context: Context, leaving: string): Promise<void> {
  if (await isLastAdmin(context, leaving)) throw new RuleBroken("people.errors.lastAdmin");
}

async function checkAgency({ tx }: Context, agencyId: string | null): Promise<void> {
  if (agencyId === null) return;
  if ((await tx.party.count({ where: { id: agencyId } })) === 0)
    throw new InvalidInput({ agencyId: ["people.errors.choice"] });
}

/** The address is unique in the database, which says so even where two admins add the same person at once. */
export async function withFreeEmail<R>(write: () => Promise<R>): Promise<R> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new InvalidInput({ email: ["people.errors.emailTaken"] });
    }
    throw error;
  }
}
