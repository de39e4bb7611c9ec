import Link from "next/link";
import type { ReactNode } from "react";
import { Difference } from "#components/commitments/difference.tsx";
import type { HistoryTold } from "#components/commitments/view.ts";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Changes } from "#lib/change.ts";
import { pick } from "#lib/i18n/text.ts";
import { translateKey } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";
import type { Comparison } from "#lib/reports/compare.ts";
import type { ReportRecord } from "#lib/reports/records.ts";

/** What changed from one report to another; `view` has the names behind what changed. */
export function ComparisonTables({ view, comparison }: { view: HistoryTold; comparison: Comparison }) {
  const { t, f } = view;
  const { came, left, changed, figures } = comparison;
  const count = (records: readonly unknown[]) => t("issuing.compare.count", { count: records.length });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <Part id="figures" title={t("issuing.compare.figures")}>
        {figures.length === 0 ? (
          <p className="text-muted">{t("issuing.compare.sameFigures")}</p>
        ) : (
          <Table label={t("issuing.compare.figures")}>
            <thead>
              <tr>
                <Th>{t("issuing.compare.figure")}</Th>
                {(["first", "second", "difference"] as const).map((side) => (
                  <Th key={side} className="text-end!">
                    {t(`issuing.compare.${side}`)}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {figures.map(({ section, label, before, after }) => (
                <tr key={`${section} ${label}`}>
                  <Td>{label}</Td>
                  <Td className="text-end tabular-nums">
                    <Link href={before.href} prefetch={false}>
                      {f.number(before.value)}
                    </Link>
                  </Td>
                  <Td className="text-end tabular-nums">
                    <Link href={after.href} prefetch={false}>
                      {f.number(after.value)}
                    </Link>
                  </Td>
                  <Td className="text-end tabular-nums">
                    {f.number(after.value - before.value, { signDisplay: "exceptZero" })}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Part>
      {came.length + left.length + changed.length === 0 && <p>{t("issuing.compare.none")}</p>}
      {(
        [
          ["came", came],
          ["left", left],
        ] as const
      ).map(
        ([which, records]) =>
          records.length > 0 && (
            <Part key={which} id={which} title={`${t(`issuing.compare.${which}`)}: ${count(records)}`}>
              <ul className="grid gap-1">
                {records.map((record) => (
                  <li key={record.reference}>
                    <RecordLink view={view} record={record} />
                  </li>
                ))}
              </ul>
            </Part>
          ),
      )}
      {changed.length > 0 && (
        <Part id="changed" title={`${t("issuing.compare.changed")}: ${count(changed)}`}>
          <ul className="grid">
            {changed.map(({ record, changes }) => (
              <li key={record.reference} className="grid gap-1 border-t border-line py-2 first:border-t-0">
                <RecordLink view={view} record={record} />
                <Differences view={view} changes={changes} />
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="py-1 text-lg">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Records that were deleted since lead to a page that says so. */
function RecordLink({ view: { portfolio, locale }, record }: { view: HistoryTold; record: ReportRecord }) {
  const { standing, reference } = record;
  const title = pick({ en: standing["title.en"], vi: standing["title.vi"], lo: standing["title.lo"] }, locale);
  return (
    <Link href={recordPath(portfolio, reference)} prefetch={false} className="w-fit">
      {reference} <span lang={title.lang}>{title.text}</span>
    </Link>
  );
}

/** The fields of the history as it shows them; what follows from them, in the same way. */
function Differences({ view, changes }: { view: HistoryTold; changes: Changes }) {
  const { t, f } = view;
  const { schedule, reportedOn, ...fields } = changes;
  const day = (value: unknown) => (value ? f.date(String(value)) : t("common.none"));
  const words = (value: unknown) => translateKey(t, `commitments.schedule.${value}`);
  const derived = [
    ...(schedule ? [[t("issuing.compare.schedule"), words(schedule[0]), words(schedule[1])] as const] : []),
    ...(reportedOn ? [[t("issuing.compare.reportedOn"), day(reportedOn[0]), day(reportedOn[1])] as const] : []),
  ];
  return (
    <div className="grid gap-1 ps-4">
      {Object.entries(fields).map(([field, [before, after]]) => (
        <Difference key={field} view={view} field={field} before={before} after={after} />
      ))}
      {derived.map(([label, before, after]) => (
        <p key={label} className="text-sm">
          <span className="text-muted">{label}:</span> <del className="text-muted">{before}</del>{" "}
          <span className="sr-only">{t("commitments.record.becomes")}</span> <ins className="no-underline">{after}</ins>
        </p>
      ))}
    </div>
  );
}
