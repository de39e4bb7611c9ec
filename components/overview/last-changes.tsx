import Link from "next/link";
import { actorName, verbOf } from "#components/commitments/history.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { LastChange } from "#lib/overview/counts.ts";
import { recordPath } from "#lib/paths.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; changes: readonly LastChange[] };

/** Who last changed what, each leading to the record's history. */
export function LastChanges({ t, locale, portfolio, changes }: Props) {
  const { moment } = format(locale);
  return (
    <section aria-labelledby="changes-h">
      <h2 id="changes-h">{t("overview.section.changes")}</h2>
      {changes.length === 0 && <p>{t("overview.noChanges")}</p>}
      <ol className="mt-2 grid text-sm">
        {changes.map((change) => {
          const title = pick(change.title, locale);
          return (
            <li key={change.id} className="border-b border-line py-1.5">
              <span className="block text-muted">
                <time dateTime={change.at.toISOString()}>{moment(change.at)}</time>
                {" · "}
                {actorName(t, change)} {verbOf(t, change.verb)}
              </span>
              {change.title ? (
                <Link href={`${recordPath(portfolio, change.reference)}#history`} prefetch={false}>
                  {change.reference} <span lang={title.lang}>{title.text}</span>
                </Link>
              ) : (
                <span>
                  {change.reference} ({t("overview.gone")})
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
