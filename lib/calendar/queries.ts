import type { Actor } from "#lib/actor.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import { scheduleOf } from "#lib/commitments/rules.ts";
import { matching, precisionIn, precisionOfDue } from "#lib/commitments/where.ts";
import { type Day, dayOf, numberOf } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { daysOfMonth } from "#lib/months.ts";
import { within } from "#lib/portfolios/policy.ts";
import { listHolidays } from "#lib/reminders/holidays.ts";
import type { Completion, Lifecycle } from "#prisma/generated/enums.ts";
import type { CalendarMonth, Entries, MeetingEntry, RecordEntry } from "./entry.ts";

/** So many deadlines of a day, a month and a year are shown; the register has the rest. */
const shownMost = { day: 5, month: 12, year: 12 };
/** Milestones, ends and notices are few; no month shows more than this of them. */
const othersMost = 300;

type Row = Omit<RecordEntry, "schedule"> & {
  precision: "day" | "month" | "longer";
  completion: Completion;
  lifecycle: Lifecycle | null;
  latest: Day | null;
  /** How many deadlines its day, month or year has. */
  all: number;
};

/** What falls into a month, and what is only known to end in it or in its year. */
export async function readMonth(
  actor: Actor,
  portfolioId: string,
  month: string,
  { filters, today }: { filters: Filters; today: Day },
): Promise<CalendarMonth> {
  const { from, to } = daysOfMonth(month);
  const year = month.slice(0, 4);
  const [yearFrom, yearTo] = [`${year}-01-01`, `${year}-12-31`];
  const scope = matching(actor, portfolioId, filters, today);
  const columns = sql`c.reference, c.title, c.completion, c.lifecycle, c.deadline_latest AS latest`;
  const deadlines = (where: Fragment, partition: Fragment, most: number) => reading(actor)<Row[]>`
    SELECT * FROM (SELECT 'deadline' AS kind, c.due AS day, precision, c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, NULL::jsonb AS what,
        ${columns}, count(*) OVER (PARTITION BY ${partition})::int AS "all", row_number() OVER (PARTITION BY ${partition} ORDER BY c.rank, c.due, c.number) AS nth
      FROM (SELECT c.*, ${precisionOfDue()} AS precision FROM commitment c WHERE ${scope} AND c.due >= ${from} AND c.due <= ${to}) c WHERE ${where}) d
    WHERE nth <= ${most} ORDER BY day, nth`;
  const [days, some, long, others, meetings, holidays] = await Promise.all([
    deadlines(sql`precision = 'day'`, sql`c.due`, shownMost.day),
    deadlines(sql`precision = 'month'`, sql`true`, shownMost.month),
    longDeadlines(actor, scope, columns, yearFrom, yearTo),
    listOthers(actor, scope, columns, { from, to, yearFrom, yearTo }),
    listMeetings(actor, portfolioId, yearFrom, yearTo),
    listHolidays(actor, Number(year)),
  ]);
  const entryOf = ({ precision: _p, completion, lifecycle, latest, all: _all, ...row }: Row): RecordEntry => ({
    ...row,
    schedule: scheduleOf({ completion, lifecycle, latest }, today),
  });
  const gather = (own: readonly Row[], further: readonly (RecordEntry | MeetingEntry)[]): Entries => ({
    shown: [...further, ...own.map(entryOf)],
    deadlines: own[0]?.all ?? 0,
    more: (own[0]?.all ?? 0) - own.length,
  });
  const of = (precision: Row["precision"]) => others.filter((row) => row.precision === precision);
  const inMonth = ({ day }: { day: Day }) => day >= from && day <= to;
  const found = new Map<Day, Entries>();
  for (let number = numberOf(from); number <= numberOf(to); number++) {
    const day = dayOf(number);
    const entries = gather(
      days.filter((row) => row.day === day),
      [
        ...meetings
          .filter(({ precision, from: first, to: last }) => precision === "day" && first <= day && day <= last)
          .map(meetingOf),
        ...of("day")
          .filter((row) => row.day === day)
          .map(entryOf),
      ],
    );
    if (entries.shown.length > 0) found.set(day, entries);
  }
  return {
    days: found,
    month: gather(some, [
      ...meetings.filter(({ precision, to: last }) => precision === "month" && inMonth({ day: last })).map(meetingOf),
      ...of("month").filter(inMonth).map(entryOf),
    ]),
    year: gather(long, [
      ...meetings.filter(({ precision }) => precision === "longer").map(meetingOf),
      ...of("longer").map(entryOf),
    ]),
    holidays: holidays.filter(inMonth),
  };
}

/** Deadlines that are longer than a month and end in a year: counted as far as the register counts. */
function longDeadlines(actor: Actor, scope: Fragment, columns: Fragment, from: Day, to: Day) {
  return reading(actor)<Row[]>`
    WITH c AS MATERIALIZED (SELECT c.* FROM commitment c
      WHERE ${scope} AND c.due >= ${from} AND c.due <= ${to} AND ${precisionOfDue()} = 'longer')
    SELECT 'deadline' AS kind, c.due AS day, 'longer' AS precision, c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, NULL::jsonb AS what,
      ${columns}, (SELECT count(*)::int FROM c) AS "all" FROM c ORDER BY c.rank, c.due, c.number LIMIT ${shownMost.year}`;
}

type Times = { from: Day; to: Day; yearFrom: Day; yearTo: Day };

/** Milestones, ends of instruments and the last days to give notice, of records that are not closed. */
function listOthers(actor: Actor, scope: Fragment, columns: Fragment, { from, to, yearFrom, yearTo }: Times) {
  const ends = precisionIn(sql`i.ends`, sql`NULL::date`, sql`i.ends_latest`, sql`false`);
  const isIn = (day: Fragment, precision: Fragment) =>
    sql`(${day} BETWEEN ${from} AND ${to} OR (${precision} = 'longer' AND ${day} BETWEEN ${yearFrom} AND ${yearTo}))`;
  const milestone = precisionIn(sql`m.edtf`, sql`m.earliest`, sql`m.latest`, sql`false`);
  const notice = sql`(i.ends_latest - i.notice_days)`;
  return reading(actor)<Row[]>`
    SELECT 'milestone' AS kind, m.latest AS day, ${milestone} AS precision, m.phrase, m.edtf, m.title AS what, ${columns}, 0 AS "all"
    FROM milestone m JOIN commitment c ON c.id = m.commitment_id
    WHERE ${scope} AND c.rank = 0 AND m.done_on IS NULL AND ${isIn(sql`m.latest`, milestone)}
    UNION ALL SELECT 'end', i.ends_latest, ${ends}, NULL, i.ends, NULL, ${columns}, 0
    FROM instrument i JOIN commitment c ON c.id = i.commitment_id
    WHERE ${scope} AND c.rank = 0 AND ${isIn(sql`i.ends_latest`, ends)}
    UNION ALL SELECT 'notice', ${notice}, ${ends}, NULL, i.ends, NULL, ${columns}, 0
    FROM instrument i JOIN commitment c ON c.id = i.commitment_id
    WHERE ${scope} AND c.rank = 0 AND i.notice_days > 0 AND ${isIn(notice, ends)}
    ORDER BY day, reference LIMIT ${othersMost}`;
}

type Meeting = Omit<MeetingEntry, "kind"> & { precision: Row["precision"] };

const meetingOf = ({ precision: _precision, ...meeting }: Meeting): MeetingEntry => ({ kind: "meeting", ...meeting });

/** The meetings of a year that have a date. */
function listMeetings(actor: Actor, portfolioId: string, from: Day, to: Day) {
  return reading(actor)<Meeting[]>`
    SELECT m.key, m.name, m.edtf, coalesce(m.earliest, m.latest) AS from, coalesce(m.latest, m.earliest) AS to,
      ${precisionIn(sql`m.edtf`, sql`m.earliest`, sql`coalesce(m.latest, m.earliest)`, sql`false`)} AS precision
    FROM meeting m WHERE ${within(actor, sql`m.portfolio_id`, portfolioId)}
      AND coalesce(m.earliest, m.latest) <= ${to} AND coalesce(m.latest, m.earliest) >= ${from} ORDER BY 4, m.key`;
}
