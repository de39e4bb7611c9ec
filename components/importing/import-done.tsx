import Link from "next/link";
import { UndoButton } from "#components/importing/steps.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { ImportFound } from "#lib/importing/shown.ts";
import { recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  found: ImportFound;
  /** References of records that stand in the way of an undo. */
  blocked: readonly string[];
  /** Whether the reader may search the history. */
  history: boolean;
};

/** What an import did, and the way back. */
export function ImportDone({ t, locale, portfolio, found, blocked, history }: Props) {
  const { moment, number } = format(locale);
  const { state, created, changed, unchanged, doneAt, undoneAt, batchId } = found;
  return (
    <>
      {doneAt && <p>{t("importing.done.title", { at: moment(doneAt) })}</p>}
      {undoneAt && <p>{t("importing.done.undone", { at: moment(undoneAt) })}</p>}
      <DescriptionList>
        <Description term={t("importing.act.create")}>{number(created)}</Description>
        <Description term={t("importing.act.change")}>{number(changed)}</Description>
        <Description term={t("importing.act.same")}>{number(unchanged)}</Description>
      </DescriptionList>
      {history && batchId && (
        <p>
          <Link href={`/audit?q=${batchId}`} prefetch={false}>
            {t("importing.done.history")}
          </Link>
        </p>
      )}
      {state === "done" &&
        (blocked.length > 0 ? (
          <div className="grid gap-1">
            <p className="max-w-prose">{t("importing.undo.blocked", { count: blocked.length })}</p>
            <ul className="flex flex-wrap gap-x-3 gap-y-1">
              {blocked.slice(0, 200).map((reference) => (
                <li key={reference}>
                  <Link href={recordPath(portfolio, reference)} prefetch={false} className="inline-block min-h-6">
                    {reference}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ) : (
          <p>
            <UndoButton id={found.id} version={found.version} />
          </p>
        ))}
    </>
  );
}
