import { z } from "zod";
import { type Actor, holdsOneOf } from "#lib/actor.ts";
import { changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { sql } from "#lib/db.ts";
import { Conflict, Forbidden } from "#lib/errors.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { checkConfirmed } from "./confirming.ts";
import { may } from "./policy.ts";
import { roles } from "./schema.ts";

/** What the installation asks of everybody's access. */

/** `lacking`: how many people of each role who can sign in have no second factor. */
type Security = { secondFactorRoles: Role[]; version: number; lacking: Record<Role, number> };

/** @throws Forbidden */
export async function getSecurity(actor: Actor): Promise<Security> {
  if (!may(actor, "setSecurity")) throw new Forbidden();
  const [row] = await sql<Security[]>`
    SELECT s.second_factor_roles::text[] AS "secondFactorRoles", s.version,
      (SELECT json_object_agg(r.role, (SELECT count(*) FROM person p WHERE ${holdsOneOf(sql`ARRAY[r.role]`)} AND p.disabled_at IS NULL
          AND p.password_hash IS NOT NULL
          AND NOT EXISTS (SELECT FROM totp t WHERE t.person_id = p.id AND t.confirmed_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM passkey k WHERE k.person_id = p.id)))
        FROM unnest(${sql.array([...roles])}::"Role"[]) AS r(role)) AS lacking
    FROM security_setting s`;
  if (!row) throw new Error("the table security_setting has lost its row");
  return row;
}

/**
 * Says which roles need a second factor. Whoever has such a role and lacks one reaches, from their next click on, nothing
 * but the page on which it is set up.
 */
export const requireSecondFactor = command({
  verb: "security.require",
  input: z.strictObject({
    roles: z
      .array(z.enum(roles, { error: "people.errors.role" }), { error: "people.errors.role" })
      .transform((chosen) => roles.filter((role) => chosen.includes(role))),
    version: z.int({ error: "people.errors.choice" }).positive("people.errors.choice"),
  }),
  load: (context) => {
    checkConfirmed(context);
    return context.tx.securitySetting.findUnique({ where: { id: 1 } });
  },
  allow: (actor) => may(actor, "setSecurity"),
  run: async ({ tx }, { secondFactorRoles, version: present }, { roles: wanted, version }) => {
    if (present !== version) throw new Conflict(present, { roles: secondFactorRoles });
    const changes = changesBetween({ secondFactorRoles }, { secondFactorRoles: wanted });
    if (Object.keys(changes).length === 0) return { changed: [], result: { version } };
    const data = { secondFactorRoles: wanted, version: { increment: 1 } };
    await tx.securitySetting.update({ where: { id: 1 }, data });
    return {
      changed: [{ type: "setting", id: "security", portfolioId: null, changes }],
      result: { version: version + 1 },
    };
  },
});
