import type { Actor } from "#lib/actor.ts";
import { addDays, type Day, isDay } from "#lib/dates.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { Completion, Evidence, Form, type Locale, Strength } from "#prisma/generated/enums.ts";
import { dueBetween, type Filters, type Schedule, type SortKey } from "./filters.ts";
import { readNumbers } from "./numbers.ts";
import { wasOverdue } from "./overdue-on.ts";
import { visibleTo } from "./policy.ts";
import { dueSoonDays } from "./rules.ts";

/** Filters, sorts and cursors as SQL on `commitment c`. lib/commitments/rules.ts is the twin of `scheduleIs`; a test holds both together. */

export function matching(actor: Actor, portfolioId: string | null, filters: Filters, today: Day): Fragment {
  return sql`${matchingButSearch(actor, portfolioId, filters, today)} ${found(filters.q)}`;
}

/** The same without the search words: for lists that look them up another way. */
export function matchingButSearch(actor: Actor, portfolioId: string | null, filters: Filters, today: Day): Fragment {
  return [visibleTo(actor, portfolioId), ...narrowing(actor, filters, today)].reduce(
    (all, next) => sql`${all} AND ${next}`,
  );
}

/** Records that have every word, by the trigram index: soonest where few do. */
export function found(q: string): Fragment {
  return wordsIn(q, ({ text, start }) => {
    const like = (before: string) =>
      sql`c.search LIKE (SELECT ${before} || search_key(${text.replace(/[\\%_]/g, "\\$&")}) || '%')`;
    return start ? sql`(${like("% ")} OR ${like("")})` : like("%");
  });
}

/** The same condition in words that no index serves: for walking a sorted index until enough have been found. */
export function read(q: string): Fragment {
  return wordsIn(q, ({ text, start }) =>
    start
      ? sql`strpos(' ' || c.search, (SELECT ' ' || search_key(${text}))) > 0`
      : sql`strpos(c.search, (SELECT search_key(${text}))) > 0`,
  );
}

/** One way to write a word that is searched for. `start`: it has to begin a word. */
type Spelling = { text: string; start: boolean };

/**
 * Each word that is searched for, with its spellings: a short reference ("VL-7") also means the padded one. One or two
 * letters make no trigram, so they have to begin a word, except in Lao, which puts no spaces between words.
 */
export function spellings(q: string): Spelling[][] {
  return words(q).map((word) => {
    const [, prefix, number] = /^(\p{L}+)-(\d{1,2})$/u.exec(word) ?? [];
    const texts = prefix && number ? [word, `${prefix}-${number.padStart(3, "0")}`] : [word];
    return texts.map((text) => ({ text, start: [...text].length < 3 && !/\p{Script=Lao}/u.test(text) }));
  });
}

// Folding happens in SQL, in one place for texts and questions, and in a subquery, which is evaluated once and not for
// every row.
function wordsIn(q: string, has: (spelling: Spelling) => Fragment): Fragment {
  return spellings(q).reduce((all, some) => {
    const one = some.map(has).reduce((either, next) => sql`(${either} OR ${next})`);
    return sql`${all} AND ${one}`;
  }, sql``);
}

/**
 * What is searched for: each word has to stand somewhere in the record, in any of its languages. Names that the fold
 * rewrites as a whole are one word, with or without their accents.
 */
export function words(q: string): string[] {
  const plain = q
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return (plain.match(/viet\s+nam|ha\s+noi|vieng\s+chan|\S+/gu) ?? [])
    .map((word) => word.replace(/\s+/gu, " "))
    .slice(0, 8);
}

function narrowing(actor: Actor, filters: Filters, today: Day): Fragment[] {
  const all: Fragment[] = [];
  if (filters.form.length > 0) all.push(sql`c.form IN ${sql(filters.form)}`);
  if (filters.sector.length > 0) all.push(sql`c.sector_id IN ${sql(filters.sector)}`);
  if (filters.status.length > 0) {
    all.push(sql`c.completion IN ${sql(filters.status)}`);
    // Said once more in the words of the index commitment_open_by_due.
    if (filters.status.every((status) => openCompletions.includes(status)))
      all.push(sql`c.completion IN ('not_reported', 'not_started', 'limited', 'substantial')`);
  }
  if (filters.evidence.length > 0) all.push(sql`c.evidence IN ${sql(filters.evidence)}`);
  if (filters.strength.length > 0) all.push(sql`c.strength IN ${sql(filters.strength)}`);
  if (filters.owner.length > 0) all.push(ownedBy(actor, filters.owner));
  if (filters.party.length > 0)
    all.push(
      sql`EXISTS (SELECT FROM commitment_party f WHERE f.commitment_id = c.id AND f.party_id IN ${sql(filters.party)})`,
    );
  if (filters.lead.length > 0)
    all.push(
      sql`EXISTS (SELECT FROM commitment_party f WHERE f.commitment_id = c.id AND f.role = 'lead' AND f.party_id IN ${sql(filters.lead)})`,
    );
  if (filters.source.length > 0)
    all.push(
      sql`EXISTS (SELECT FROM citation f JOIN source s ON s.id = f.source_id WHERE f.commitment_id = c.id AND s.key IN ${sql(filters.source)})`,
    );
  if (filters.meeting.length > 0)
    all.push(
      sql`EXISTS (SELECT FROM commitment_meeting f JOIN meeting m ON m.id = f.meeting_id WHERE f.commitment_id = c.id AND m.key IN ${sql(filters.meeting)})`,
    );
  if (filters.numbers.length > 0) {
    all.push(isOneOf(filters.numbers.flatMap(readNumbers)));
  }
  if (filters.within !== null)
    all.push(sql`(c.rank = 0 AND c.due >= ${today} AND c.due <= ${addDays(today, filters.within)})`);
  const between = filters.due === null ? null : dueBetween(filters.due);
  if (between) all.push(sql`(c.due >= ${between.from} AND c.due <= ${between.to})`);
  if (filters.precision.length > 0) all.push(sql`${precisionOfDue()} IN ${sql(filters.precision)}`);
  if (filters.overdueOn !== null) all.push(wasOverdue(filters.overdueOn));
  if (filters.schedule.length > 0)
    all.push(
      sql`(${filters.schedule.map((is) => scheduleIs(is, today)).reduce((some, next) => sql`${some} OR ${next}`)})`,
    );
  // Said once more as one range, for the sake of the index.
  if (filters.schedule.length > 1 && filters.schedule.every((is) => is !== "done" && is !== "ended")) {
    all.push(filters.schedule.includes("overdue") ? sql`c.rank = 0` : sql`(c.rank = 0 AND c.due >= ${today})`);
  }
  return all;
}

/** How exactly the last day of a date is known: the twin of `precisionOf` in rules.ts; null without one. */
export function precisionIn(edtf: Fragment, earliest: Fragment, latest: Fragment, anchored: Fragment): Fragment {
  return sql`CASE WHEN ${latest} IS NULL THEN NULL
    WHEN NOT ${anchored} AND ${edtf} ~ '(^|/)\\d{4}-\\d\\d-\\d\\d[~?%]?$' THEN 'day'
    WHEN NOT ${anchored} AND ${edtf} ~ '(^|/)\\d{4}-(0\\d|1[0-2])[~?%]?$' THEN 'month'
    WHEN NOT ${anchored} AND ${edtf} IS NOT NULL THEN 'longer'
    WHEN ${earliest} = ${latest} THEN 'day'
    WHEN date_trunc('month', ${earliest}) = date_trunc('month', ${latest}) THEN 'month'
    ELSE 'longer' END`;
}

export const precisionOfDue = () =>
  precisionIn(
    sql`c.deadline_edtf`,
    sql`c.deadline_earliest`,
    sql`c.deadline_latest`,
    sql`(c.deadline_anchor_id IS NOT NULL)`,
  );

/** Few ranges are compared one by one; of many records the database makes a table to look them up in. */
function isOneOf(ranges: readonly [low: number, high: number][]): Fragment {
  const count = ranges.reduce((all, [low, high]) => all + Math.max(0, high - low + 1), 0);
  if (count > 200_000 || ranges.length < 10) {
    return sql`EXISTS (SELECT FROM unnest(${ranges.map(([low]) => low)}::int[], ${ranges.map(([, high]) => high)}::int[]) AS r (low, high)
      WHERE c.number BETWEEN r.low AND r.high)`;
  }
  const numbers = ranges.flatMap(([low, high]) =>
    Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i),
  );
  return sql`c.number = ANY(${numbers}::int[])`;
}

const openCompletions: readonly Completion[] = ["not_reported", "not_started", "limited", "substantial"];

function ownedBy(actor: Actor, owners: readonly string[]): Fragment {
  const ids = owners
    .filter((owner) => owner !== "nobody")
    .map((owner) => (owner === "me" ? actor.id : owner))
    .filter((id) => id !== null);
  if (!owners.includes("nobody")) return ids.length > 0 ? sql`c.owner_id IN ${sql(ids)}` : sql`false`;
  return ids.length > 0 ? sql`(c.owner_id IS NULL OR c.owner_id IN ${sql(ids)})` : sql`c.owner_id IS NULL`;
}

export function scheduleIs(schedule: Schedule, today: Day): Fragment {
  const soon = addDays(today, dueSoonDays);
  switch (schedule) {
    case "overdue":
      return sql`(c.rank = 0 AND c.due < ${today})`;
    case "due_soon":
      return sql`(c.rank = 0 AND c.due >= ${today} AND c.due <= ${soon})`;
    case "upcoming":
      return sql`(c.rank = 0 AND c.due > ${soon} AND c.due < 'infinity')`;
    case "undated":
      return sql`(c.rank = 0 AND c.due = 'infinity')`;
    case "done":
      return sql`c.rank = 1`;
    case "ended":
      return sql`c.rank = 2`;
  }
}

type OrderPart = {
  expression: Fragment;
  cast: Fragment /** Whether a cursor's text can be cast. */;
  fits: (text: string) => boolean;
};

/** The expressions that a sort orders by, always ending in the number, so that every place in the list is its own. */
export function orderOf(sort: SortKey, locale: Locale): OrderPart[] {
  const number = { expression: sql`c.number`, cast: sql`int`, fits: (text: string) => /^\d{1,9}$/.test(text) };
  const rank = { expression: sql`c.rank`, cast: sql`smallint`, fits: (text: string) => /^[012]$/.test(text) };
  const due = { expression: sql`c.due`, cast: sql`date`, fits: (text: string) => text === "infinity" || isDay(text) };
  const text = (expression: Fragment) => ({ expression, cast: sql`text`, fits: () => true });
  const choice = (expression: Fragment, cast: Fragment, values: Record<string, string>) => ({
    expression,
    cast,
    fits: (text: string) => Object.hasOwn(values, text),
  });
  switch (sort) {
    case "reference":
      return [number];
    case "title":
      return [text(titleOrder[locale]()), number];
    case "parties":
      return [text(sql`left(c.party_text, 80)`), number];
    case "owner":
      return [text(sql`c.owner_text`), number];
    case "deadline":
      return [due, number];
    case "schedule":
      return [rank, due, number];
    case "updated":
      return [
        {
          expression: sql`c.updated_at`,
          cast: sql`timestamptz`,
          fits: (text) =>
            /^\d{4}-\d\d-\d\d ([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d)?$/.test(text) &&
            isDay(text.slice(0, 10)),
        },
        number,
      ];
    case "form":
      return [choice(sql`c.form`, sql`"Form"`, Form), rank, due, number];
    case "sector":
      return [text(sql`c.sector_id`), rank, due, number];
    case "status":
      return [choice(sql`c.completion`, sql`"Completion"`, Completion), rank, due, number];
    case "evidence":
      return [choice(sql`c.evidence`, sql`"Evidence"`, Evidence), rank, due, number];
    case "strength":
      return [choice(sql`c.strength`, sql`"Strength"`, Strength), rank, due, number];
  }
}

/** Written out, so that they are the very expressions of the indexes. */
const titleOrder: Record<Locale, () => Fragment> = {
  en: () => sql`fold(left(c.title->>'en', 80))`,
  vi: () => sql`fold(left(c.title->>'vi', 80))`,
  lo: () => sql`fold(left(c.title->>'lo', 80))`,
};
