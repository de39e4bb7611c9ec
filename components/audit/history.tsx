import { History } from "#components/commitments/history.tsx";
import type { Told } from "#lib/commitments/history.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; told: Told };

/** Who entered a source, a meeting, an indicator, and what was corrected since and why. */
export function CatalogueHistory({ t, locale, portfolio, told }: Props) {
  const history = told.history.map((entry) => ({
    ...entry,
    // What it was entered with stands above.
    changes: entry.verb.endsWith(".record") ? {} : entry.changes,
    // Only a meeting's date moves others with it.
    batchId: entry.verb === "meeting.revise" ? entry.batchId : null,
  }));
  return <History view={{ t, f: format(locale), locale, portfolio, history, names: told.names, older: null }} />;
}
