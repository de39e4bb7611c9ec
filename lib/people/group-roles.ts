import { z } from "zod";
import { changesBetween, command } from "#lib/command.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { endSessions, isLastAdmin, withFreeEmail } from "./commands.ts";
import { type Granted, type GroupRule, grantedBy, isNothing } from "./group-rules.ts";
import { isSystem } from "./policy.ts";
import { email, personName } from "./schema.ts";

/** Roles that the groups of the organisation's sign-in give, at each sign-in anew (KEPT_OIDC_GROUPS). */

const order = ["viewer", "editor", "manager"] as const;

const roleOf = ({ admin, roles }: Granted): Role =>
  admin ? "admin" : (order.findLast((role) => [...roles.values()].includes(role)) ?? "viewer");

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
  run: async ({ tx, now }, { granted }, { issuer, subject, email, name }) => {
    const made = { name, email, role: roleOf(granted) };
    const { id } = await withFreeEmail(() => tx.person.create({ data: { ...made, createdAt: now } }));
    await tx.identity.create({ data: { personId: id, issuer, subject, email, createdAt: now } });
    const changes = changesBetween({}, { ...made, issuer });
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
    tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { person: true } }),
  allow: (actor) => isSystem(actor),
  run: async (context, { person }, { rules, groups }) => {
    const granted = grantedBy(rules, groups);
    const nothing = isNothing(granted);
    const { id, role: present } = person;
    const role = roleOf(granted);
    if (role === present) return { changed: [], result: { left: !nothing } };
    if (present === "admin" && (await isLastAdmin(context, id))) {
      return { changed: [], result: { left: true } };
    }
    await context.tx.person.update({ where: { id }, data: { role, version: { increment: 1 } } });
    await endSessions(context, id);
    const changes = { role: [present, role] } as const;
    return { changed: [{ type: "person", id, portfolioId: null, changes }], result: { left: !nothing } };
  },
});
