import { restoreCell } from "#lib/csv.ts";
import { parseEdtf } from "#lib/dates.ts";
import { locales } from "#lib/i18n/locales.ts";
import type { PartyRole } from "#prisma/generated/enums.ts";
import { type Column, partyRoles } from "./columns.ts";
import type { Present } from "./register.ts";
import { between, cellOf, chosen, type Meaning, type Vocabulary } from "./words.ts";

/** One row of a file, read against what stands in the register. Pure. */

/** Something that is wrong with a row. `column` is null where it is the row as a whole; `value` is what could not be read. */
export type Problem = { column: Column | null; key: string; value?: string };

/** What a row comes to: the record as it would be, and why its deadline changes. */
export type Wanted = { after: Present; reason: string; problems: Problem[] };

/** `clear`: an empty cell takes away what stands there, instead of leaving it. */
type Taking = { vocabulary: Vocabulary; clear: boolean };

export type Cells = ReadonlyMap<Column, string>;

const plain = (text: string) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim();

/** Reads a row; `before` is the record that it names, or a blank one. Columns that the file lacks stay as they are. */
export function readRow(before: Present, cells: Cells, { vocabulary, clear }: Taking): Wanted {
  const problems: Problem[] = [];
  const after: Present = { ...before, title: { ...before.title }, statement: { ...before.statement } };
  /** What a cell wants: undefined to leave all as it is, "" to take it away. What the register would write there means no change. */
  const want = (column: Column): string | undefined => {
    const raw = cells.get(column);
    if (raw === undefined) return undefined;
    const cell = plain(raw);
    if (cell === "") return clear && cellOf(before, column, "en", vocabulary) !== "" ? "" : undefined;
    const restored = plain(restoreCell(cell));
    for (const locale of locales) {
      const stands = plain(cellOf(before, column, locale, vocabulary));
      if (stands === cell || stands === restored) return undefined;
    }
    return restored;
  };
  const wrong = (column: Column, key: string, value?: string) =>
    problems.push({ column, key, ...(value !== undefined && { value: value.slice(0, 100) }) });
  const meant = <T>(column: Column, word: string, meaning: Meaning<T>): T | undefined => {
    if (typeof meaning === "object") return meaning.one;
    wrong(
      column,
      meaning === "several" ? "importing.errors.several" : `importing.errors.unknown.${nounOf(column)}`,
      word,
    );
    return undefined;
  };
  const all = <T>(column: Column, cell: string, find: (word: string) => Meaning<T>): T[] =>
    [...new Set(entriesOf(cell, find).map((word) => meant(column, word, find(word))))].filter(
      (value): value is T & {} => value !== undefined,
    );

  for (const field of ["title", "statement"] as const)
    for (const locale of locales) {
      const text = want(`${field}.${locale}`);
      if (text !== undefined) after[field][locale] = text;
    }
  for (const field of ["form", "kind", "strength", "completion", "evidence"] as const) {
    const word = want(field);
    // A record has one of each: there is nothing to take away.
    if (!word) continue;
    const value = meant<string>(field, word, chosen(field, word));
    if (value !== undefined) Object.assign(after, { [field]: value });
  }
  const sector = want("sector");
  if (sector) after.sectorId = meant("sector", sector, vocabulary.sector.find(sector)) ?? after.sectorId;
  const owner = want("owner");
  if (owner === "") Object.assign(after, { ownerId: null, ownerName: null });
  if (owner) {
    const id = meant("owner", owner, vocabulary.person.find(owner));
    if (id)
      Object.assign(after, { ownerId: id, ownerName: vocabulary.people.find((each) => each.id === id)?.name ?? null });
  }
  readParties();
  const places = want("places");
  if (places !== undefined) {
    const ids = all("places", places, (word) => vocabulary.place.find(word));
    if (!sameSet(ids, before.places)) after.places = ids;
  }
  const money = want("money");
  if (money !== undefined) after.money = split(money).flatMap((text) => readMoney(text) ?? []);
  readDeadline();
  const report = want("report");
  if (report) after.report = report;
  const citations = want("citations");
  if (citations) readCitations(citations);
  return { after, reason: plain(restoreCell(plain(cells.get("reason") ?? ""))), problems };

  function readParties() {
    for (const role of partyRoles) {
      const cell = want(role);
      if (cell === undefined) continue;
      const ids = all(role, cell, (word) => vocabulary.party.find(word));
      const had = before.parties.filter((party) => party.role === role).map(({ partyId }) => partyId);
      if (sameSet(ids, had)) continue;
      after.parties = [
        ...after.parties.filter((party) => party.role !== role),
        ...ids.map((partyId) => ({ partyId, role })),
      ];
    }
    const cell = want("parties");
    if (!cell) return;
    // The register's file names everybody without their roles; who is new has to be given one.
    const ids = all("parties", cell, (word) => vocabulary.party.find(word));
    if (!sameSet(ids, new Set(after.parties.map(({ partyId }) => partyId)))) wrong("parties", "importing.errors.roles");
  }

  function readMoney(text: string): Present["money"][number] | undefined {
    const [, figures = "", currency = "", word = ""] = /^(\S+)\s+([A-Za-z]{3})\s+(.+)$/.exec(text) ?? [];
    if (!/^\d{1,16}(\.\d{1,2})?$/.test(figures)) return void wrong("money", "importing.errors.money", text);
    const stage = meant("money", word, chosen("stage", word));
    // As the register keeps it: 5.50 is 5.5.
    const amount = figures.includes(".") ? figures.replace(/\.?0+$/, "") : figures;
    return stage && { amount: amount.replace(/^0+(?=\d)/, ""), currency: currency.toUpperCase(), stage };
  }

  function readDeadline() {
    const [phrase, edtf] = [want("phrase"), want("edtf")];
    if (edtf !== undefined) after.edtf = edtf === "" ? null : edtf;
    if (edtf) {
      const parsed = parseEdtf(edtf);
      if (parsed.ok) after.edtf = parsed.value.edtf;
      else wrong("edtf", parsed.error, edtf);
    }
    if (phrase === undefined) return;
    const alone = plain(cells.get("edtf") ?? "") === "";
    const parsed = alone && phrase !== "" ? parseEdtf(phrase) : null;
    // A date in the place of the words is the date.
    if (parsed?.ok)
      Object.assign(after, {
        phrase: before.edtf === parsed.value.edtf ? before.phrase : null,
        edtf: parsed.value.edtf,
      });
    else {
      after.phrase = phrase || null;
      // Other words with the old date would say two things.
      if (alone && phrase !== "" && before.edtf !== null && after.edtf !== null) wrong("edtf", "importing.errors.edtf");
    }
  }

  function readCitations(cell: string) {
    const added: Present["citations"] = [];
    for (const text of split(cell)) {
      const [, key = "", figures = ""] = /^([a-z0-9-]+)\s*[:§ ]\s*§?\s*(\d{1,6})$/.exec(text) ?? [];
      const source = vocabulary.source.get(key);
      const paragraph = Number(figures);
      if (figures === "") wrong("citations", "importing.errors.citation", text);
      else if (!source) wrong("citations", "importing.errors.unknown.source", key);
      else if (paragraph < 1 || paragraph > source.paragraphs) wrong("citations", "errors.noSuchParagraph", text);
      else if (
        ![...before.citations, ...added].some((one) => one.sourceId === source.id && one.paragraph === paragraph)
      )
        added.push({ sourceId: source.id, paragraph });
    }
    if (added.length > 0) after.citations = [...before.citations, ...added];
  }
}

const split = (cell: string): string[] =>
  cell
    .split(/[;\n]/)
    .map((each) => each.trim())
    .filter(Boolean);

/** The entries of a cell. A name may have the sign in it that stands between names: then the whole is one. */
function entriesOf<T>(cell: string, find: (word: string) => Meaning<T>): string[] {
  return cell.includes(between.trim()) && find(cell) !== "unknown" ? [cell] : split(cell);
}

function sameSet(one: Iterable<string>, other: Iterable<string>): boolean {
  const [a, b] = [new Set(one), new Set(other)];
  return a.size === b.size && [...a].every((each) => b.has(each));
}

const nouns: Partial<Record<Column, "sector" | "party" | "place" | "person" | "stage">> = {
  ...{ sector: "sector", owner: "person", parties: "party", places: "place", money: "stage" },
  ...(Object.fromEntries(partyRoles.map((role) => [role, "party"])) as Record<PartyRole, "party">),
};
const nounOf = (column: Column) => nouns[column] ?? "word";
