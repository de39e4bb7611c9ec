import { systemActor } from "#lib/actor.ts";
import { type Filters, parseListing } from "#lib/commitments/filters.ts";
import { matching } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { answerableIn } from "#lib/people/policy.ts";
import { teamToday } from "#lib/team-day.ts";
import { heardOn, whenTold } from "./narrowing.ts";
import type { Planner, Setting } from "./planner.ts";
import { type PreferenceRow, preferenceOf } from "./preferences.ts";
import type { Mute, Person, Rule, Subject } from "./rules.ts";

/** What planning reads: in few statements, and only the records that the window can concern. */

/** A rule with the register's filter that it goes by. */
type FilteredRule = Rule & { query: string };

type PortfolioSetting = Omit<Setting, "rules"> & { portfolioId: string; rules: readonly FilteredRule[] };

/** Reminders to be looked at once more need some people and records only. */
type Only = { people: readonly string[]; commitments: readonly string[] };

type Row = {
  rules: FilteredRule[] | null;
  people: (Pick<Person, "id" | "agencyId" | "manages"> & { demo: boolean; preference: PreferenceRow | null })[] | null;
  holidays: Record<string, Day[]> | null;
  mutes: Mute[] | null;
};

const worker = systemActor("worker");

/** The active rules of a portfolio, and what people wish. The made-up people of a demonstration belong to it alone. */
export async function readSetting(portfolioId: string, only?: Only): Promise<PortfolioSetting> {
  const [people, mutes] = only
    ? [
        sql`(p.id = ANY(${[...only.people]}::uuid[]) OR p.id IN (SELECT c.owner_id FROM commitment c WHERE c.id = ANY(${[...only.commitments]}::uuid[])))`,
        sql`m.commitment_id = ANY(${[...only.commitments]}::uuid[])`,
      ]
    : [sql`true`, sql`true`];
  const [row] = await reading(worker)<Row[]>`SELECT
    (SELECT json_agg(r ORDER BY position, id) FROM (SELECT r.id, r.position, r.query, r.date, r.report_every AS "reportEvery", r.offsets,
      r.repeat_every AS "repeatEvery", r.counting, r.countries, r.recipients, r.person_id AS "personId", r.escalate_after AS "escalateAfter",
      r.escalate_to AS "escalateTo", r.escalate_person_id AS "escalatePersonId"
      FROM reminder_rule r WHERE r.portfolio_id = portfolio.id AND r.active) r) AS rules,
    (SELECT json_agg(json_build_object('id', p.id, 'agencyId', p.agency_id, 'demo', p.demo,
      'manages', ${manages(portfolioId)} OR (p.admin AND NOT managed.any), 'preference', CASE WHEN f.person_id IS NOT NULL THEN
        json_build_object('timeZone', f.time_zone, 'hour', f.hour, 'days', f.days, 'countries', f.countries, 'frequency', f.frequency,
          'weekday', f.weekday, 'mail', f.mail, 'inApp', f.in_app, 'leadDays', f.lead_days, 'ownLeadDays', f.own_lead_days) END))
      FROM person p LEFT JOIN reminder_preference f ON f.person_id = p.id WHERE ${answerableIn(portfolioId)} AND ${people}) AS people,
    (SELECT json_object_agg(country, days) FROM (SELECT country, json_agg(day) AS days FROM holiday WHERE NOT works GROUP BY country) h) AS holidays,
    (SELECT json_agg(json_build_object('personId', m.person_id, 'commitmentId', m.commitment_id, 'until', m.until))
      FROM mute m JOIN commitment c ON c.id = m.commitment_id WHERE c.portfolio_id = portfolio.id AND c.rank = 0 AND ${mutes}) AS mutes
    FROM portfolio, LATERAL (SELECT EXISTS (SELECT FROM person p WHERE ${answerableIn(portfolioId)} AND ${manages(portfolioId)}) AS any) managed
    WHERE portfolio.id = ${portfolioId}`;
  const holidays = Object.entries(row?.holidays ?? {}).map(([country, days]) => [country, new Set(days)] as const);
  return {
    portfolioId,
    rules: row?.rules ?? [],
    people: (row?.people ?? []).map(({ demo, preference, ...person }) => ({
      ...person,
      ...preferenceOf({ demo }, preference),
    })),
    mutes: row?.mutes ?? [],
    holidays: Object.fromEntries(holidays),
  };
}

const manages = (portfolioId: string) => sql`EXISTS (SELECT FROM membership held
  WHERE held.person_id = p.id AND held.portfolio_id = ${portfolioId} AND held.role = 'manager')`;

/** So many records are in memory at a time; of the others only their ids. */
const batchSize = 1000;

function* batchesOf<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += batchSize) yield rows.slice(at, at + batchSize);
}

/** The records that have something to tell in the planner's window, batch by batch; more of them rather than fewer. */
export async function* subjectsToPlan(
  setting: PortfolioSetting,
  { reach }: Planner,
  now: Date,
): AsyncGenerator<Subject[]> {
  const views = await watchedViews(setting.portfolioId, teamToday(now));
  const parts: Fragment[] = setting.rules.flatMap((rule, index) => {
    const told = whenTold(rule, setting, reach);
    if (!told) return [];
    const watched = sql`EXISTS (SELECT FROM watch w WHERE w.commitment_id = c.id)`;
    // Whom only a view shows what is not firm is found later.
    const heard = rule.recipients.includes("watchers") || rule.escalateTo.includes("watchers");
    const firm = heard ? (views.length > 0 ? sql`true` : sql`(${isFirm()} OR ${watched})`) : isFirm();
    return [
      sql`SELECT c.id, ${index}::int AS rule FROM commitment c WHERE ${passes(setting, rule, now)} AND c.rank = 0 AND ${firm} AND ${told}`,
    ];
  });
  const [snoozed] = whenSnoozed(setting, reach);
  if (snoozed) parts.push(snoozed);
  if (parts.length === 0) return;
  // Not by a cursor: the statement's time would go on running while what it found is written.
  const found = await reading(worker)<{ id: string; rules: number[] }[]>`
    SELECT id, array_agg(rule) AS rules FROM (${union(parts)}) found GROUP BY id ORDER BY id`;
  for (const rows of batchesOf(found)) {
    const rulesOf = new Map(
      rows.map(({ id, rules }) => [id, rules.flatMap((index) => setting.rules[index]?.id ?? [])]),
    );
    yield await readSubjects(rulesOf, views);
  }
}

/** Some records, as they stand, with the rules that let them through. */
export async function subjectsById(setting: PortfolioSetting, ids: readonly string[], now: Date): Promise<Subject[]> {
  if (ids.length === 0) return [];
  const rulesOf = new Map<string, string[]>(ids.map((id) => [id, []]));
  const parts = setting.rules.map(
    (rule, index) =>
      sql`SELECT c.id, ${index}::int AS rule FROM commitment c WHERE ${passes(setting, rule, now)} AND c.id = ANY(${[...ids]}::uuid[])`,
  );
  if (parts.length > 0) {
    for (const { id, rule } of await reading(worker)<{ id: string; rule: number }[]>`${union(parts)}`)
      rulesOf.get(id)?.push(setting.rules[rule]?.id ?? "");
  }
  return readSubjects(rulesOf, await watchedViews(setting.portfolioId, teamToday(now)));
}

/** What a rule of the kind `gap` lists, batch by batch. */
export async function* subjectsLacking(
  setting: PortfolioSetting,
  rule: FilteredRule,
  now: Date,
): AsyncGenerator<Subject[]> {
  const views = await watchedViews(setting.portfolioId, teamToday(now));
  const found = await reading(worker)<{ id: string }[]>`SELECT c.id FROM commitment c
    WHERE ${passes(setting, rule, now)} AND c.rank = 0 AND ${isFirm()} AND (c.owner_id IS NULL OR c.deadline_latest IS NULL)`;
  for (const rows of batchesOf(found)) yield await readSubjects(new Map(rows.map(({ id }) => [id, [rule.id]])), views);
}

const isFirm = () => sql`c.strength IN ('obligation', 'pledge')`;

const union = (parts: Fragment[]): Fragment => parts.reduce((all, next) => sql`${all} UNION ALL ${next}`);

/** The register's own filter. */
function passes({ portfolioId }: PortfolioSetting, { query }: FilteredRule, now: Date): Fragment {
  const { listing } = parseListing(new URLSearchParams(query));
  return matching(worker, portfolioId, listing.filters, teamToday(now));
}

/** The records whose snooze ends on a day that is told. */
function whenSnoozed({ mutes }: PortfolioSetting, { after }: Planner["reach"]): Fragment[] {
  if (!after) return [];
  const ids = mutes.filter(({ until }) => until !== null).map(({ commitmentId }) => commitmentId);
  return ids.length > 0
    ? [sql`SELECT c.id, -1 AS rule FROM commitment c WHERE c.id = ANY(${ids}::uuid[]) AND c.rank = 0`]
    : [];
}

/** What a watched view shows, and to whom: "mine" is each watcher's own. */
type WatchedView = { shows: Fragment; watchers: string[] };

async function watchedViews(portfolioId: string, today: Day): Promise<WatchedView[]> {
  const rows = await reading(worker)<{ query: string; personId: string }[]>`
    SELECT v.query, w.person_id AS "personId" FROM watch w JOIN saved_view v ON v.id = w.view_id
    WHERE v.portfolio_id = ${portfolioId} AND (v.shared OR v.owner_id = w.person_id) ORDER BY w.id`;
  const lists = Map.groupBy(rows, ({ query, personId }) =>
    filtersOf(query).owner.includes("me") ? `${personId} ${query}` : query,
  );
  return [...lists.values()].map((same) => {
    const [{ query, personId } = { query: "", personId: "" }] = same;
    const filters = filtersOf(query);
    const owner = filters.owner.map((who) => (who === "me" ? personId : who));
    return {
      shows: matching(worker, portfolioId, { ...filters, owner }, today),
      watchers: same.map((watch) => watch.personId),
    };
  });
}

const filtersOf = (query: string): Filters => parseListing(new URLSearchParams(query)).listing.filters;

type SubjectRow = Omit<Subject, "deadline" | "milestones" | "ruleIds"> & {
  latest: Day | null;
  edtf: string | null;
  milestones: Subject["milestones"][number][] | null;
};

/** So many views are asked of at a time: what a statement may hold is limited, and many people watch many. */
const viewsAtOnce = 25;

/** Who watches these records by a view that shows them, by record. */
async function watchersByView(
  ids: readonly string[],
  views: readonly WatchedView[],
): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let from = 0; from < views.length; from += viewsAtOnce) {
    const parts = views
      .slice(from, from + viewsAtOnce)
      .map(
        ({ shows }, at) =>
          sql`SELECT c.id, ${from + at}::int AS view FROM commitment c WHERE ${shows} AND c.id = ANY(${[...ids]}::uuid[])`,
      );
    for (const { id, view } of await reading(worker)<{ id: string; view: number }[]>`${union(parts)}`)
      found.set(id, [...(found.get(id) ?? []), ...(views[view]?.watchers ?? [])]);
  }
  return found;
}

async function readSubjects(rulesOf: ReadonlyMap<string, string[]>, views: readonly WatchedView[]): Promise<Subject[]> {
  const ids = [...rulesOf.keys()];
  const [rows, watchers] = await Promise.all([
    reading(worker)<
      SubjectRow[]
    >`SELECT c.id, c.rank = 0 AS open, ${isFirm()} AS firm, c.completion, c.owner_id AS "ownerId",
        c.deadline_latest AS latest, c.deadline_edtf AS edtf, ${heardOn()} AS "heardOn",
        i.ends_latest AS "endsLatest", i.ends AS "endsEdtf", i.notice_days AS "noticeDays",
        array(SELECT p.party_id FROM commitment_party p WHERE p.commitment_id = c.id AND p.role = 'lead') AS "leadIds",
        array(SELECT w.person_id FROM watch w WHERE w.commitment_id = c.id) AS "watcherIds",
        (SELECT json_agg(json_build_object('id', m.id, 'latest', m.latest, 'edtf', m.edtf) ORDER BY m.position)
          FROM milestone m WHERE m.commitment_id = c.id AND m.done_on IS NULL AND m.latest IS NOT NULL) AS milestones
      FROM commitment c LEFT JOIN instrument i ON i.commitment_id = c.id WHERE c.id = ANY(${ids}::uuid[]) ORDER BY c.id`,
    watchersByView(ids, views),
  ]);
  return rows.map(({ latest, edtf, milestones, watcherIds, ...row }) => ({
    ...row,
    deadline: latest === null ? null : { latest, edtf },
    milestones: milestones ?? [],
    watcherIds: [...watcherIds, ...(watchers.get(row.id) ?? [])],
    ruleIds: rulesOf.get(row.id) ?? [],
  }));
}
