import { createHash } from "node:crypto";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Column, columns, derivedColumns } from "./columns.ts";
import { type Cells, type Problem, readRow } from "./read-row.ts";
import { blank, type Present } from "./register.ts";
import { type Step, stepsOf } from "./steps.ts";
import { cellOf, type Vocabulary } from "./words.ts";

/** What an import would do, row by row. Pure: the same file against the same register gives the same plan. */

/** Which column of the file is what (null: nothing), and how the file is to be taken. */
export type Mapping = {
  columns: (Column | null)[];
  /** An empty cell takes away what stands there. */
  clear: boolean;
  /** Why deadlines change, where a row gives no reason of its own. */
  reason: string;
};

/** Rows that somebody has looked at and wants all the same: row → the version that the record had then. */
export type Ticked = Readonly<Record<string, number>>;

export type Act = "create" | "change" | "same" | "refused";

export type PlannedRow = {
  /** As spreadsheets count them. */
  row: number;
  act: Act;
  /** Of the record that is there, or what the file calls a new one. */
  reference: string;
  before: Present;
  after: Present;
  reason: string;
  steps: Step[];
  problems: Problem[];
  /** What changes was changed by somebody after the file was made: it needs a tick. */
  newer: boolean;
  ticked: boolean;
};

export type Plan = {
  rows: PlannedRow[];
  counts: Record<Act, number>;
  /** Rows that need a tick, and those of them that have none. */
  newer: number;
  unticked: number;
  /** The same as long as the same would be done to the same versions of records. */
  fingerprint: string;
};

type Setting = {
  portfolioId: string;
  mapping: Mapping;
  /** By their references. */
  present: ReadonlyMap<string, Present>;
  vocabulary: Vocabulary;
  ticked?: Ticked;
};

/** The number of the first row under the headings. */
const firstRow = 2;

export function planOf(cells: readonly (readonly string[])[], setting: Setting): Plan {
  const seen = new Map<string, number>();
  const rows = cells.flatMap((values, at) => {
    if (values.every((value) => value.trim() === "")) return [];
    return planRow(at + firstRow, cellsOf(values, setting.mapping.columns), setting, seen);
  });
  const counts: Record<Act, number> = { create: 0, change: 0, same: 0, refused: 0 };
  for (const { act } of rows) counts[act] += 1;
  const told = rows.map(({ act, before: { id, version }, steps }) => [act, id, version, steps]);
  const newer = rows.filter((row) => row.newer);
  const unticked = newer.filter((row) => !row.ticked).length;
  const fingerprint = createHash("sha256").update(JSON.stringify(told)).digest("base64url");
  return { rows, counts, newer: newer.length, unticked, fingerprint };
}

/** What a file calls the record of a row. */
export function referencesIn(cells: readonly (readonly string[])[], mapping: Mapping): string[] {
  const at = mapping.columns.indexOf("reference");
  return [...new Set(cells.map((values) => referenceOf(values[at])).filter((each) => each !== ""))];
}

const referenceOf = (text: string | undefined) => (text ?? "").normalize("NFC").trim().toUpperCase();

function cellsOf(values: readonly string[], mapped: Mapping["columns"]): Cells {
  const cells = new Map<Column, string>();
  for (const [at, column] of mapped.entries()) if (column) cells.set(column, values[at] ?? "");
  return cells;
}

function planRow(row: number, cells: Cells, setting: Setting, seen: Map<string, number>): PlannedRow {
  const { portfolioId, mapping, present, vocabulary } = setting;
  const reference = referenceOf(cells.get("reference"));
  const before = present.get(reference) ?? blank;
  const wanted = readRow(before, cells, { vocabulary, clear: mapping.clear });
  const reason = wanted.reason || mapping.reason;
  const { steps, problems: against } = stepsOf(portfolioId, before, { after: wanted.after, reason });
  const problems = [...wanted.problems];
  // What could not be read at all needs no second sentence.
  const said = new Set(problems.map(({ column }) => column));
  problems.push(...against.filter(({ column }) => !said.has(column)));
  const twin = reference === "" ? undefined : seen.get(reference);
  if (twin !== undefined) problems.unshift({ column: "reference", key: "importing.errors.twice", value: String(twin) });
  else if (reference !== "") seen.set(reference, row);
  const act = problems.length > 0 ? "refused" : before.id === "" ? "create" : steps.length > 0 ? "change" : "same";
  const newer = act === "change" && isNewer(before.updatedAt, cells.get("updated"));
  const ticked = newer && setting.ticked?.[row] === before.version;
  const shown = before.reference || reference;
  return { row, act, reference: shown, before, after: wanted.after, reason, steps, problems, newer, ticked };
}

/** Whether a record was changed after the moment that the file gives, to the second. What is no moment of ours says nothing. */
function isNewer(updatedAt: string, said: string | undefined): boolean {
  const text = said?.trim() ?? "";
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && updatedAt > text;
}

export type Difference = { column: Column; from: string; to: string };

/** What would change in a record, column by column, in a reader's language. Of a new one all that is said of it. */
export function differencesOf(
  { before, after, reason }: PlannedRow,
  locale: Locale,
  vocabulary: Vocabulary,
): Difference[] {
  const shown = columns.filter(
    (column) => column !== "parties" && column !== "reference" && !derivedColumns.includes(column),
  );
  const differences = shown.flatMap((column) => {
    const [from, to] = [cellOf(before, column, locale, vocabulary), cellOf(after, column, locale, vocabulary)];
    return from === to ? [] : [{ column, from, to }];
  });
  const redated = before.id !== "" && differences.some(({ column }) => column === "phrase" || column === "edtf");
  return redated && reason !== "" ? [...differences, { column: "reason", from: "", to: reason }] : differences;
}
