import type { Actor } from "#lib/actor.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import { sql } from "#lib/db.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { type Format, format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { registerPath, sourcePath } from "#lib/paths.ts";
import type { Note } from "./document.ts";
import type { AsOf, ReportRecord } from "./records.ts";
import type { FixedRequest } from "./request.ts";

/** What every template of a report has at hand: the words of its language, names, links and footnotes. */
export type Setting = {
  portfolioId: string;
  locale: Locale;
  asOf: AsOf;
  t: Translator;
  f: Format;
  /** Names of sectors, parties, by id; in the order in which they are listed. */
  sectors: ReadonlyMap<string, string>;
  parties: ReadonlyMap<string, { name: string; side: string | null }>;
  /** The register with exactly these records. */
  register: (records: readonly ReportRecord[]) => string;
  /** The numbers of the notes which say where a record comes from. */
  cite: (record: ReportRecord) => number[];
  /** All that were cited, in the order in which they came up. */
  notes: readonly Note[];
};

/** What a template makes its sections of. `records`: those in scope, as they stood on the report's day. */
export type Look = { actor: Actor; setting: Setting; request: FixedRequest; records: readonly ReportRecord[] };

/** Reads the names, and opens an empty list of notes. */
export async function openSetting(
  _actor: Actor,
  portfolioId: string,
  { locale, asOf }: { locale: Locale; asOf: AsOf },
): Promise<Setting> {
  const [sectors, parties, sources] = await Promise.all([
    sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM sector ORDER BY position, id`,
    sql<{ id: string; name: LocalizedText; side: string | null }[]>`SELECT id, name, side FROM party ORDER BY id`,
    sql<{ key: string; label: LocalizedText; publisher: string | null; date: string | null }[]>`
      SELECT key, label, publisher, date_edtf AS date FROM source WHERE portfolio_id = ${portfolioId}`,
  ]);
  const t = translator(locale);
  const notes: Note[] = [];
  const numbers = new Map<string, number>();
  const about = new Map(sources.map((source) => [source.key, source]));

  function numberOf(citation: string): number {
    const known = numbers.get(citation);
    if (known) return known;
    const [key = "", paragraph = ""] = citation.split(" ");
    const source = about.get(key);
    const parts = [
      pickText(source?.label, locale) || key,
      source?.publisher,
      source?.date && showEdtf(t, locale, source.date),
      t("reports.paragraph", { number: Number(paragraph) }),
    ];
    notes.push({ text: parts.filter(Boolean).join(", "), href: sourcePath(portfolioId, key, Number(paragraph)) });
    numbers.set(citation, notes.length);
    return notes.length;
  }

  return {
    ...{ portfolioId, locale, asOf, t, notes },
    f: format(locale),
    sectors: new Map(sectors.map(({ id, name }) => [id, pickText(name, locale)])),
    parties: new Map(parties.map(({ id, name, side }) => [id, { name: pickText(name, locale), side }])),
    register: (records) => registerPath(portfolioId, { numbers: rangesOf(records.map(({ number }) => number)) }),
    cite: ({ standing }) => standing.citations.map(numberOf).sort((a, b) => a - b),
  };
}

/** Numbers in rising order as few ranges: "1-3,7". */
export function rangesOf(numbers: readonly number[]): Filters["numbers"][number] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join();
}
