import { dueBetween, type Filters } from "#lib/commitments/filters.ts";
import { readNumbers } from "#lib/commitments/numbers.ts";
import { precisionOf } from "#lib/commitments/rules.ts";
import type { Standing } from "#lib/commitments/standing.ts";
import { addDays, type Day, parseEdtf } from "#lib/dates.ts";
import type { ReportRecord } from "./records.ts";

/**
 * The filters of the register over records as they stood on a day: pure, the twin of lib/commitments/where.ts, which says the
 * same in SQL of records as they stand now. A test holds both together.
 */

/** What the filters mean on the report's day. */
export type Terms = {
  day: Day;
  /** The names that the asked owners have and had; null is nobody. */
  owners: ReadonlySet<string | null>;
  /** Each word that is searched for, with its other spellings, folded. */
  words: readonly (readonly Word[])[];
  /** What is searched of a record, folded. */
  searched: (record: ReportRecord) => string;
  /** The numbers of those that were overdue on the day of the filter `overdueOn`. */
  overdue: ReadonlySet<number>;
};

/** `start`: it has to begin a word. */
type Word = { key: string; start: boolean };

/** The same with the numbers of the filter `numbers` as ranges. */
type Read = Terms & { chosen: readonly [low: number, high: number][] };

type Rules = {
  [Name in keyof Filters]: (value: NonNullable<Filters[Name]>, record: ReportRecord, terms: Read) => boolean;
};

/** One rule for each filter: whoever adds a filter is told here. Only what is asked for is put to them. */
const rules: Rules = {
  q: (_q, record, { words, searched }) => {
    const text = ` ${searched(record)}`;
    return words.every((spellings) => spellings.some(({ key, start }) => text.includes(start ? ` ${key}` : key)));
  },
  form: (values, { standing }) => values.includes(standing.form),
  sector: (values, { standing }) => values.includes(standing.sectorId),
  party: (values, { standing }) => standing.parties.some((party) => values.includes(afterColon(party))),
  lead: (values, { standing }) =>
    standing.parties.some((party) => party.startsWith("lead:") && values.includes(afterColon(party))),
  owner: (_values, { standing }, { owners }) => owners.has(standing.owner),
  status: (values, { standing }) => values.includes(standing.completion),
  evidence: (values, { standing }) => values.includes(standing.evidence),
  schedule: (values, { schedule }) => values.includes(schedule),
  within: (days, { open, standing: { deadline } }, { day }) =>
    open && deadline.latest !== null && deadline.latest >= day && deadline.latest <= addDays(day, days),
  due: (between, { standing: { deadline } }) => {
    const days = dueBetween(between);
    return days !== null && deadline.latest !== null && deadline.latest >= days.from && deadline.latest <= days.to;
  },
  precision: (values, { standing: { deadline } }) => {
    const precision = precisionOf(deadline, isAnchored(deadline));
    return precision !== null && values.includes(precision);
  },
  overdueOn: (_day, { number }, { overdue }) => overdue.has(number),
  strength: (values, { standing }) => values.includes(standing.strength),
  source: (values, { standing }) =>
    standing.citations.some((citation) => values.includes(citation.split(" ")[0] ?? "")),
  meeting: (values, { standing }) => standing.meetings.some((meeting) => values.includes(afterColon(meeting))),
  numbers: (_spelled, { number }, { chosen }) => chosen.some(([low, high]) => number >= low && number <= high),
};

/** Whether an event set other days than the deadline's own date allows. */
function isAnchored({ edtf, earliest, latest }: Standing["deadline"]): boolean {
  const own = edtf === null ? null : parseEdtf(edtf);
  return own?.ok === true && (own.value.earliest !== earliest || own.value.latest !== latest);
}

const afterColon = (text: string) => text.slice(text.indexOf(":") + 1);

/** Those of the records that the filters let through. */
export function inScope(records: readonly ReportRecord[], filters: Filters, terms: Terms): ReportRecord[] {
  const asked = (Object.keys(rules) as (keyof Filters)[]).filter((name) => {
    const value = filters[name];
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== "";
  });
  // Searching is dear: last.
  asked.sort((a, b) => Number(a === "q") - Number(b === "q"));
  const read: Read = { ...terms, chosen: filters.numbers.flatMap(readNumbers) };
  return records.filter((record) => asked.every((name) => rules[name](filters[name] as never, record, read)));
}
