import { z } from "zod";
import type { Roles } from "#lib/actor.ts";
import { type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { NotFound } from "#lib/errors.ts";
import { endSessions, isLastAdmin, rolesHeld, spread, withFreeEmail, writeRoles } from "./commands.ts";
import { type Granted, type GroupRule, grantedBy, isNothing } from "./group-rules.ts";
import { isSystem } from "./policy.ts";
import { email, personName } from "./schema.ts";

/** Roles that the groups of the organisation's sign-in give, at each sign-in anew (KEPT_OIDC_GROUPS). */

/** What a person has once the groups have given and taken: what no rule names stays as it is. */
function withGranted(present: { admin: boolean; roles: Roles }, { admin, roles }: Granted): typeof present {
  const held = { ...present.roles, ...Object.fromEntries(roles) };
  const left = Object.entries(held).flatMap(([id, role]) => (role === null ? [] : [[id, role] as const]));
  return { admin: admin ?? present.admin, roles: Object.fromEntries(left) };
}

const hasNothing = ({ admin, roles }: { admin: boolean; roles: Roles }) => !admin && Object.keys(roles).length === 0;

/** Rules may name a portfolio that is not there, or not yet. */
async function thoseThere({ tx }: Context, granted: Granted): Promise<Granted> {
  const there = await tx.portfolio.findMany({ where: { id: { in: [...granted.roles.keys()] } }, select: { id: true } });
  return { ...granted, roles: new Map([...granted.roles].filter(([id]) => there.some((each) => each.id === id))) };
}

const rule = z.custom<GroupRule>();
const sworn = { issuer: z.string(), subject: z.string(), groups: z.array(z.string()), rules: z.array(rule) };

/** Somebody new, whose groups give them something. They have no password. */
export const createByGroups = command({
  verb: "person.create",
  input: z.strictObject({ ...sworn, email, name: personName }),
  load: async (_context, { rules, groups }) => {
    const granted = grantedBy(rules, groups);
    return isNothing(granted) ? null : { granted };
  },
  allow: (actor) => isSystem(actor),
  run: async (context, { granted }, { issuer, subject, email, name }) => {
    const { tx, now } = context;
    const { admin, roles } = withGranted({ admin: false, roles: {} }, await thoseThere(context, granted));
    if (hasNothing({ admin, roles })) throw new NotFound();
    const { id } = await withFreeEmail(() => tx.person.create({ data: { name, email, admin, createdAt: now } }));
    await writeRoles(context, id, roles);
    await tx.identity.create({ data: { personId: id, issuer, subject, email, createdAt: now } });
    const changes = changesBetween({}, spread({ name, email, admin, roles, issuer }));
    return { changed: [{ type: "person", id, portfolioId: null, changes }], result: { id } };
  },
});

/**
 * What the groups give now. The last admin who can sign in stays one whatever they say. Another role ends the sessions that
 * there are. `left`: whether anything is left that they may do here.
 */
export const regroup = command({
  verb: "person.regroup",
  input: z.strictObject(sworn),
  load: ({ tx }, { issuer, subject }) =>
    tx.identity.findUnique({
      where: { issuer_subject: { issuer, subject } },
      include: { person: { include: { memberships: true } } },
    }),
  allow: (actor) => isSystem(actor),
  run: async (context, { person }, { rules, groups }) => {
    const granted = grantedBy(rules, groups);
    const { id } = person;
    const present = rolesHeld(person);
    const wanted = withGranted(present, await thoseThere(context, granted));
    const left = !hasNothing(wanted);
    if (present.admin && !wanted.admin && (await isLastAdmin(context, id)))
      return { changed: [], result: { left: true } };
    const changes = changesBetween(spread(present), spread(wanted));
    if (Object.keys(changes).length === 0) return { changed: [], result: { left } };
    await context.tx.person.update({ where: { id }, data: { admin: wanted.admin, version: { increment: 1 } } });
    await writeRoles(context, id, wanted.roles);
    await endSessions(context, id);
    return { changed: [{ type: "person", id, portfolioId: null, changes }], result: { left } };
  },
});
