import Link from "next/link";
import { ActBadge } from "#components/importing/state-badge.tsx";
import { TickRow } from "#components/importing/steps.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { headingOf } from "#lib/importing/columns.ts";
import { differencesOf, type PlannedRow } from "#lib/importing/plan.ts";
import { problemText } from "#lib/importing/preview.ts";
import type { Vocabulary } from "#lib/importing/words.ts";
import { recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  vocabulary: Vocabulary;
  row: PlannedRow;
  of: { id: string; version: number };
  /** Who changed the record last. */
  last: { by: string; at: Date } | undefined;
};

/** One row of a file: which record it is, and what would change in it or is wrong. */
export function PreviewRow({ t, locale, portfolio, vocabulary, row, of, last }: Props) {
  const { act, before, after, reference, problems } = row;
  const title = pick(before.id === "" ? after.title : before.title, locale);
  const differences = act === "refused" ? [] : differencesOf(row, locale, vocabulary);
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0 md:grid-cols-[9rem_minmax(0,1fr)]">
      <p className="flex flex-wrap content-start items-baseline gap-x-2 gap-y-1">
        <span className="text-sm text-muted tabular-nums">
          {t("importing.preview.row")} {row.row}
        </span>
        <ActBadge t={t} act={act} />
      </p>
      <div className="grid gap-1">
        <p>
          {before.id === "" ? (
            <strong className="font-semibold">
              {reference ? t("importing.preview.newFor", { reference }) : t("importing.preview.newRecord")}
            </strong>
          ) : (
            <Link href={recordPath(portfolio, reference)} prefetch={false}>
              {reference}
            </Link>
          )}{" "}
          <span lang={title.lang}>{title.text}</span>
        </p>
        {row.newer && (
          <div className="grid justify-items-start gap-1 rounded-md border border-caution bg-caution-soft px-3 py-2">
            {last && (
              <p className="text-sm">
                {t("importing.preview.newer", { who: last.by, at: format(locale).moment(last.at) })}
              </p>
            )}
            <TickRow {...of} row={row.row} ticked={row.ticked} />
          </div>
        )}
        {problems.length > 0 && (
          <ul className="grid gap-1">
            {problems.map((problem) => (
              <li
                key={`${problem.column} ${problem.key} ${problem.value}`}
                className="flex items-start gap-1 text-critical"
              >
                <Icon name="alert" className="mt-[0.25em]" />
                <span className="[overflow-wrap:anywhere]">{problemText(t, problem)}</span>
              </li>
            ))}
          </ul>
        )}
        {differences.length > 0 && (
          <dl className="grid gap-x-3 gap-y-0.5 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
            {differences.map(({ column, from, to }) => (
              <div key={column} className="contents">
                <dt className="font-semibold text-muted">{headingOf(t, column)}</dt>
                <dd className="[overflow-wrap:anywhere]">
                  {before.id !== "" && (
                    <>
                      <del className="text-muted">{from || t("importing.preview.empty")}</del>
                      {" → "}
                    </>
                  )}
                  <ins className="no-underline">{to || t("importing.preview.empty")}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}
