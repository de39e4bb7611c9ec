import type { Roles } from "#lib/actor.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = {
  t: Translator;
  person: { admin: boolean; roles: Roles };
  /** Their names, by id. */
  portfolios: ReadonlyMap<string, string>;
};

/** What somebody is: an administrator, or something in each of their portfolios. */
export function RolesHeld({ t, person, portfolios }: Props) {
  const held = Object.entries(person.roles);
  if (person.admin) return t("people.role.admin");
  if (held.length === 0) return <span className="text-muted">{t("people.noMember")}</span>;
  return (
    <ul>
      {held.map(([id, role]) => (
        <li key={id}>{t("people.roleIn", { role: t(`people.role.${role}`), portfolio: portfolios.get(id) ?? id })}</li>
      ))}
    </ul>
  );
}
