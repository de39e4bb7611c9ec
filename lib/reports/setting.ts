import type { Actor } from "#lib/actor.ts";
import { spellNumbers } from "#lib/commitments/numbers.ts";
import type { Day } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { type Format, format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import type { Meeting } from "#lib/meetings/schema.ts";
import { registerPath, sourcePath } from "#lib/paths.ts";
import type { Block, Note } from "./document.ts";
import { dayOfMeeting } from "./period.ts";
import type { LivedRecord } from "./reading.ts";
import type { AsOf, ReportRecord } from "./records.ts";
import type { FixedRequest } from "./request.ts";

/** What every template of a report has at hand: the words of its language, names, links and footnotes. */
export type Setting = {
  portfolioId: string;
  locale: Locale;
  asOf: AsOf;
  t: Translator;
  f: Format;
  /** Names of sectors, parties and places, by id; of meetings, by key. In the order in which they are listed. */
  sectors: ReadonlyMap<string, string>;
  parties: ReadonlyMap<string, { name: string; side: string | null }>;
  places: ReadonlyMap<string, string>;
  meetings: ReadonlyMap<string, { name: string; day: Day | null }>;
  /** The calendar day of a moment, where the team is. */
  dayOf: (moment: Date) => Day;
  /** The register with exactly these records. */
  register: (records: readonly ReportRecord[]) => string;
  /** The numbers of the notes which say where a record comes from. */
  cite: (record: ReportRecord) => number[];
  /** The number of the note for a place in a source: "moit-2024-01 7". */
  noteOf: (citation: string) => number;
  /** All that were cited, in the order in which they came up. */
  notes: readonly Note[];
};

/** What a template makes its sections of. */
export type Look = {
  actor: Actor;
  setting: Setting;
  request: FixedRequest;
  /** Those in scope, as they stood on the report's day. */
  records: readonly ReportRecord[];
  /** Every record of the register on that day: what a record in scope is made under may be out of it. */
  all: readonly ReportRecord[];
  /** What happened to each record, by its number. */
  lived: ReadonlyMap<number, LivedRecord>;
  /** Those that were in scope on an earlier day of the report's period, as they stood then. */
  on: (day: Day) => Promise<ReportRecord[]>;
  /** Every record of the register on an earlier day of the period. */
  allOn: (day: Day) => readonly ReportRecord[];
};

/** What makes each section of a template, when it is asked for: notes are numbered as the sections come. */
export type Parts<Id extends string> = Record<Id, () => Block[]>;

type Options = { locale: Locale; asOf: AsOf; meetings: readonly Meeting[]; dayOf: (moment: Date) => Day };

/** Reads the names, and opens an empty list of notes. */
export async function openSetting(
  actor: Actor,
  portfolioId: string,
  { locale, asOf, meetings, dayOf }: Options,
): Promise<Setting> {
  const [sectors, parties, places, sources] = await Promise.all([
    sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM sector ORDER BY position, id`,
    sql<{ id: string; name: LocalizedText; side: string | null }[]>`SELECT id, name, side FROM party ORDER BY id`,
    sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM place ORDER BY id`,
    reading(actor)<{ key: string; label: LocalizedText; publisher: string | null; date: string | null }[]>`
      SELECT key, label, publisher, date_edtf AS date FROM source WHERE portfolio_id = ${portfolioId}`,
  ]);
  const t = translator(locale);
  const notes: Note[] = [];
  const numbers = new Map<string, number>();
  const about = new Map(sources.map((source) => [source.key, source]));

  function noteOf(citation: string): number {
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
    ...{ portfolioId, locale, asOf, t, notes, dayOf, noteOf },
    f: format(locale),
    sectors: new Map(sectors.map(({ id, name }) => [id, pickText(name, locale)])),
    parties: new Map(parties.map(({ id, name, side }) => [id, { name: pickText(name, locale), side }])),
    places: new Map(places.map(({ id, name }) => [id, pickText(name, locale)])),
    meetings: new Map(
      meetings.map((meeting) => [meeting.key, { name: pickText(meeting.name, locale), day: dayOfMeeting(meeting) }]),
    ),
    register: (records) =>
      // No record has the number 0: none are a list without records, not the whole register.
      registerPath(portfolioId, { numbers: spellNumbers(records.map(({ number }) => number)) || "0" }),
    cite: ({ standing }) => standing.citations.map(noteOf).sort((a, b) => a - b),
  };
}
