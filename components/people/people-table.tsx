import Link from "next/link";
import { RolesHeld } from "#components/people/roles-held.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Roles } from "#lib/actor.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pick } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";

type Person = {
  id: string;
  name: string;
  email: string;
  admin: boolean;
  roles: Roles;
  agency: LocalizedText | null;
  disabledAt: Date | null;
  hasWayIn: boolean;
  lastSignInAt: Date | null;
  demo: boolean;
};

type Props = {
  people: readonly Person[];
  locale: Locale;
  /** Whoever reads. */
  me: string | null;
  /** Their names, by id. */
  portfolios: ReadonlyMap<string, string>;
};

/** On a phone, what these columns say stands under the name. */
const wide = "hidden sm:table-cell";

/** People with their role and access, each with the way to their page. */
export function PeopleTable({ people, locale, me, portfolios }: Props) {
  const t = translator(locale);
  const { moment } = format(locale);
  return (
    <Table label={t("people.title")}>
      <thead>
        <tr>
          <Th>{t("people.field.name")}</Th>
          <Th className={wide}>{t("people.field.roles")}</Th>
          <Th className={wide}>{t("people.field.agency")}</Th>
          <Th className={wide}>{t("people.field.status")}</Th>
          <Th className={wide}>{t("people.field.lastSignIn")}</Th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => {
          const agency = person.agency && pick(person.agency, locale);
          return (
            <tr key={person.id} className="hover:bg-hover">
              <Td className="min-w-44">
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <Link href={`/people/${person.id}`} prefetch={false} className="font-semibold">
                    {person.name}
                  </Link>
                  {person.id === me && <span className="text-muted">({t("people.you")})</span>}
                  {person.demo && <Badge tone="caution">{t("people.demo")}</Badge>}
                </span>
                <span className="block break-all text-muted">{person.email}</span>
                <span className="mt-1 flex flex-wrap items-baseline gap-x-3 sm:hidden">
                  <RolesHeld t={t} person={person} portfolios={portfolios} />
                  <Status t={t} person={person} />
                </span>
              </Td>
              <Td className={wide}>
                <RolesHeld t={t} person={person} portfolios={portfolios} />
              </Td>
              <Td className={`${wide} min-w-32`}>{agency && <span lang={agency.lang}>{agency.text}</span>}</Td>
              <Td className={`${wide} whitespace-nowrap`}>
                <Status t={t} person={person} />
              </Td>
              <Td className={`${wide} whitespace-nowrap`}>
                {person.lastSignInAt ? (
                  moment(person.lastSignInAt)
                ) : (
                  <span className="text-muted">{t("people.never")}</span>
                )}
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Whether somebody can come in. */
export function Status({ t, person }: { t: Translator; person: Pick<Person, "disabledAt" | "hasWayIn"> }) {
  if (person.disabledAt) {
    return (
      <Badge tone="critical" icon="lock">
        {t("people.status.disabled")}
      </Badge>
    );
  }
  if (!person.hasWayIn) {
    return (
      <Badge tone="caution" icon="clock">
        {t("people.status.noPassword")}
      </Badge>
    );
  }
  return (
    <Badge tone="positive" icon="check">
      {t("people.status.enabled")}
    </Badge>
  );
}
