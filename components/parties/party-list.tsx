import Link from "next/link";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Party, Place } from "#lib/parties/schema.ts";
import type { Texts } from "#lib/text.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  parties: readonly Party[];
  places: readonly Place[];
  mayRecord: boolean;
};

const sides = ["vn", "la", null] as const;

/** Who the records speak of, by side, and where; with the other names by which the search finds them. */
export function PartyList({ t, locale, portfolio, parties, places, mayRecord }: Props) {
  const { compare } = format(locale);
  const inOrder = <T extends { name: Texts }>(rows: readonly T[]) =>
    rows.toSorted((a, b) => compare(pickText(a.name, locale), pickText(b.name, locale)));
  const names = new Map(parties.map(({ id, name }) => [id, pickText(name, locale)]));
  const shared = { t, locale, mayRecord };
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("parties.title")}</h1>
        {mayRecord && (
          <div className="flex flex-wrap gap-2">
            <LinkButton href={`/${portfolio}/parties/new`} variant="primary" icon="plus">
              {t("parties.edit.add")}
            </LinkButton>
            <LinkButton href={`/${portfolio}/places/new`} icon="plus">
              {t("parties.edit.addPlace")}
            </LinkButton>
          </div>
        )}
      </div>
      <p className="max-w-prose text-muted">{t("parties.lead")}</p>
      {parties.length + places.length === 0 && (
        <EmptyState icon="people" title={t("parties.empty.title")}>
          {t("parties.empty.body")}
        </EmptyState>
      )}
      {sides.map((side) => {
        const own = parties.filter((party) =>
          side === null ? party.side !== "vn" && party.side !== "la" : party.side === side,
        );
        if (own.length === 0) return null;
        return (
          <Rows
            key={side}
            {...shared}
            title={t(`commitments.record.side.${side ?? "other"}`)}
            about={t("parties.edit.kind")}
            path={`/${portfolio}/parties`}
            rows={inOrder(own).map(({ id, name, aliases, iso, kind, parentId }) => ({
              id,
              name,
              aliases,
              iso,
              about: [t(`parties.kind.${kind}`), parentId && names.get(parentId)].filter(Boolean).join(" · "),
            }))}
          />
        );
      })}
      {places.length > 0 && (
        <Rows
          {...shared}
          title={t("parties.places")}
          about={t("parties.edit.country")}
          path={`/${portfolio}/places`}
          rows={inOrder(places).map(({ id, name, aliases, iso, country }) => ({
            id,
            name,
            aliases,
            iso,
            about:
              country === "vn" || country === "la" ? t(`parties.country.${country}`) : (country ?? "").toUpperCase(),
          }))}
        />
      )}
    </div>
  );
}

type Row = { id: string; name: Texts; aliases: readonly string[]; iso: string | null; about: string };
type RowsProps = Pick<Props, "t" | "locale" | "mayRecord"> & {
  title: string;
  /** The head of the second column. */
  about: string;
  path: string;
  rows: readonly Row[];
};

function Rows({ t, locale, mayRecord, title, about, path, rows }: RowsProps) {
  return (
    <section className="grid gap-2">
      <h2 className="text-xl">{title}</h2>
      <Table label={title}>
        <thead>
          <tr>
            <Th>{t("parties.edit.name")}</Th>
            <Th>{about}</Th>
            <Th>{t("parties.edit.aliases")}</Th>
            <Th>{t("parties.edit.iso")}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, aliases, iso, about: says }) => {
            const shown = pick(name, locale);
            return (
              <tr key={id}>
                <Td className="min-w-48">
                  {mayRecord ? (
                    <Link href={`${path}/${id}`} prefetch={false} lang={shown.lang}>
                      {shown.text}
                    </Link>
                  ) : (
                    <span lang={shown.lang}>{shown.text}</span>
                  )}
                </Td>
                <Td className="min-w-40">{says}</Td>
                <Td className="min-w-40 text-muted">{aliases.join(", ")}</Td>
                <Td>{iso}</Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
}
