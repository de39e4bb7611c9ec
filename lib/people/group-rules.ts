/** What groups of the organisation's sign-in give: pure. */

const registerRoles = ["viewer", "editor", "manager"] as const;
type RegisterRole = (typeof registerRoles)[number];

/** A group gives administration, or a role in one register. */
export type GroupRule = { group: string; admin: true } | { group: string; portfolio: string; role: RegisterRole };

/**
 * Reads KEPT_OIDC_GROUPS: "kept-admins=admin,lao-desk=viet-nam-laos:manager". A group's name may hold "=" but no comma.
 * Null: it is no such list.
 */
export function groupRules(text: string): GroupRule[] | null {
  const rules = text.split(",").map((part): GroupRule | null => {
    const at = part.lastIndexOf("=");
    const [group, given] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at < 1 || group === "") return null;
    if (given === "admin") return { group, admin: true };
    const [, portfolio, name] = /^([a-z0-9][a-z0-9-]{0,62}):([a-z]+)$/.exec(given) ?? [];
    const role = registerRoles.find((each) => each === name);
    return portfolio && role ? { group, portfolio, role } : null;
  });
  return rules.every((rule) => rule !== null) ? rules : null;
}

/** What somebody is to have: administration or not (null: no rule is about it), and in each register that the rules name a role, or none (null). */
export type Granted = { admin: boolean | null; roles: Map<string, RegisterRole | null> };

/** Of several roles in a register the one that may most. Registers that no rule names are left as they are. */
export function grantedBy(rules: readonly GroupRule[], groups: readonly string[]): Granted {
  const granted: Granted = { admin: null, roles: new Map() };
  for (const rule of rules) {
    const has = groups.includes(rule.group);
    if ("admin" in rule) {
      granted.admin = granted.admin || has;
      continue;
    }
    const before = granted.roles.get(rule.portfolio) ?? null;
    const more = has && registerRoles.indexOf(rule.role) > (before ? registerRoles.indexOf(before) : -1);
    granted.roles.set(rule.portfolio, more ? rule.role : before);
  }
  return granted;
}

export const isNothing = ({ admin, roles }: Granted): boolean =>
  !admin && [...roles.values()].every((role) => role === null);
