import type { Actor } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";
import type { Topic } from "#prisma/generated/enums.ts";
import { planPortfolio } from "./planning.ts";
import { may } from "./policy.ts";
import type { Planned } from "./rules.ts";

/** What will be sent, if everything stays as it is: the same planner, and nothing recorded. */

export type PreviewRow = Pick<Planned, "occurrence" | "topic" | "day" | "about" | "mail" | "inApp"> & {
  /** When it is told; what waits already, at once. */
  at: Date;
  person: { id: string; name: string };
  /** Null for a list of many. */
  commitment: { id: string; reference: string; title: Texts } | null;
  milestone: Texts | null;
  /** Null for the end of a snooze. */
  rule: { id: string; name: Texts } | null;
};

export type Preview = {
  rows: PreviewRow[];
  total: number;
  /** Those who are told something, by name; only oneself where others are none of one's business. */
  people: { id: string; name: string; count: number }[];
};

type Options = {
  from: Date;
  days: number;
  /** Only what one person is told. */
  personId?: string | null;
  limit?: number;
  /** So many of the first are left out: another page. */
  skip?: number;
};

/**
 * What the next days bring, the soonest first. Who may not see what others are told sees their own. What was recorded by
 * `from` has been told and is left out.
 */
export async function previewPlan(actor: Actor, portfolioId: string, options: Options): Promise<Preview> {
  const { from, days, limit = 200, skip = 0 } = options;
  const own = may(actor, "seeAll", portfolioId) ? null : (actor.id ?? "");
  const wanted = own ?? options.personId ?? null;
  const window = { after: from, until: new Date(from.getTime() + days * dayLength), at: from };
  const recorded = await recordedBy(actor, portfolioId, from);
  const counts = new Map<string, number>();
  let first: Planned[] = [];
  let total = 0;
  for await (const batch of planPortfolio(portfolioId, window)) {
    for (const planned of batch) {
      if (recorded.has(keyOf(planned)) || (own !== null && planned.personId !== own)) continue;
      counts.set(planned.personId, (counts.get(planned.personId) ?? 0) + 1);
      if (wanted !== null && planned.personId !== wanted) continue;
      total += 1;
      first.push(planned);
    }
    // A hundred thousand records have a million reminders: only so many are kept as the page shows.
    if (first.length > 4 * (skip + limit)) first = soonest(first, from).slice(0, skip + limit);
  }
  const shown = soonest(first, from).slice(skip, skip + limit);
  const names = await namesOf(actor, shown, [...counts.keys()]);
  return {
    rows: forReading(
      shown.map(({ personId, commitmentId, ruleId, dueAt, ...rest }) => ({
        ...rest,
        at: new Date(Math.max(dueAt.getTime(), from.getTime())),
        person: { id: personId, name: names.people.get(personId) ?? "" },
        commitment: names.commitments.get(commitmentId ?? "") ?? null,
        milestone: names.milestones.get(rest.about.milestoneId ?? "") ?? null,
        rule: names.rules.get(ruleId ?? "") ?? null,
      })),
    ),
    total,
    people: [...counts]
      .map(([id, count]) => ({ id, name: names.people.get(id) ?? "", count }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}

const dayLength = 86_400_000;

type Key = Pick<Planned, "commitmentId" | "ruleId" | "occurrence" | "personId">;
const keyOf = ({ commitmentId, ruleId, occurrence, personId }: Key) =>
  [commitmentId, ruleId, occurrence, personId].join();

function soonest(planned: Planned[], from: Date): Planned[] {
  const moment = ({ dueAt }: Planned) => Math.max(dueAt.getTime(), from.getTime());
  return planned.sort(
    (a, b) =>
      moment(a) - moment(b) ||
      (a.personId < b.personId ? -1 : a.personId > b.personId ? 1 : 0) ||
      (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

const topics: readonly Topic[] = ["overdue", "due_soon", "stale", "attention"];

/** What is told at one moment, as a person's letter has it: the most urgent first. */
function forReading(rows: PreviewRow[]): PreviewRow[] {
  const urgency = ({ topic }: PreviewRow) => topics.indexOf(topic);
  return rows.sort(
    (a, b) =>
      a.at.getTime() - b.at.getTime() ||
      a.person.name.localeCompare(b.person.name) ||
      urgency(a) - urgency(b) ||
      (a.commitment?.reference ?? "").localeCompare(b.commitment?.reference ?? "", "en", { numeric: true }),
  );
}

/** Nothing is planned for longer before than the search for a day of letters goes. */
async function recordedBy(actor: Actor, portfolioId: string, from: Date): Promise<Set<string>> {
  const rows = await reading(actor)<Key[]>`
    SELECT commitment_id AS "commitmentId", rule_id AS "ruleId", occurrence, person_id AS "personId" FROM reminder
    WHERE portfolio_id = ${portfolioId} AND created_at <= ${from} AND dropped_at IS NULL AND day >= (${from}::timestamptz - interval '65 days')::date`;
  return new Set(rows.map(keyOf));
}

type Names = {
  people: Map<string, string>;
  commitments: Map<string, NonNullable<PreviewRow["commitment"]>>;
  milestones: Map<string, Texts>;
  rules: Map<string, NonNullable<PreviewRow["rule"]>>;
};

async function namesOf(actor: Actor, shown: readonly Planned[], personIds: readonly string[]): Promise<Names> {
  const ids = (of: (planned: Planned) => string | null | undefined) => [
    ...new Set(shown.map(of).filter((id) => typeof id === "string")),
  ];
  const [people, commitments, milestones, rules] = await Promise.all([
    sql<{ id: string; name: string }[]>`SELECT id, name FROM person WHERE id = ANY(${[...personIds]}::uuid[])`,
    reading(actor)<{ id: string; reference: string; title: Texts }[]>`
      SELECT id, reference, title FROM commitment WHERE id = ANY(${ids(({ commitmentId }) => commitmentId)}::uuid[])`,
    reading(actor)<{ id: string; title: Texts }[]>`
      SELECT id, title FROM milestone WHERE id = ANY(${ids(({ about }) => about.milestoneId)}::uuid[])`,
    reading(actor)<{ id: string; name: Texts }[]>`
      SELECT id, name FROM reminder_rule WHERE id = ANY(${ids(({ ruleId }) => ruleId)}::uuid[])`,
  ]);
  return {
    people: new Map(people.map(({ id, name }) => [id, name])),
    commitments: new Map(commitments.map((row) => [row.id, row])),
    milestones: new Map(milestones.map(({ id, title }) => [id, title])),
    rules: new Map(rules.map((row) => [row.id, row])),
  };
}
