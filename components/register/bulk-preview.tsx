import type { BulkChange, BulkRow, Outcome } from "#components/register/bulk-rules.ts";
import type { CellKind } from "#components/register/part.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type ClientTranslator, useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = { field: CellKind; outcomes: readonly { row: BulkRow; outcome: Outcome | null }[] };

/** What will change, row by row: what stands there now and what will. */
export function BulkPreview({ field, outcomes }: Props) {
  const t = useTranslator();
  const locale = useLocale();
  return (
    <Table label={t("register.bulk.preview")}>
      <thead>
        <tr>
          <Th>{t("commitments.field.reference")}</Th>
          <Th>{t("commitments.field.title")}</Th>
          <Th>{t("register.bulk.from")}</Th>
          <Th>{t("register.bulk.to")}</Th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map(({ row, outcome }) => (
          <tr key={row.id}>
            <Td className="whitespace-nowrap">{row.reference}</Td>
            <Td lang={row.lang ?? undefined}>{row.title}</Td>
            <Td>{now(field, row, t, locale)}</Td>
            <Td className={outcome?.is === "changes" ? "font-semibold" : "text-muted"}>
              {outcome ? then(outcome, t, locale) : ""}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function now(field: CellKind, row: BulkRow, t: ClientTranslator, locale: Locale): string {
  if (field === "status") return t(`commitments.completion.${row.completion}`);
  if (field === "owner") return row.owner ?? t("register.noOwner");
  return deadline(row, t, locale);
}

function then(outcome: Outcome, t: ClientTranslator, locale: Locale): string {
  if (outcome.is === "same") return t("register.bulk.unchanged");
  if (outcome.is === "refused") return t("register.bulk.refused", { reason: t(`register.bulk.${outcome.why}`) });
  return shown(outcome.change, t, locale);
}

function shown(change: BulkChange, t: ClientTranslator, locale: Locale): string {
  switch (change.field) {
    case "completion":
      return t(`commitments.completion.${change.completion}`);
    case "owner":
      return change.name ?? t("common.nobody");
    case "deadline":
      return deadline(change, t, locale);
  }
}

function deadline(
  { phrase, edtf }: { phrase: string | null; edtf: string | null },
  t: ClientTranslator,
  locale: Locale,
): string {
  const date = edtf ? showEdtf(t, locale, edtf) : null;
  if (phrase && date) return `${phrase} (${date})`;
  return phrase ?? date ?? t("common.none");
}
