import { z } from "zod";
import { systemActor } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { reading } from "#lib/db.ts";
import { isSystem } from "#lib/people/policy.ts";
import { planner } from "./planner.ts";
import { readSetting, subjectsById, subjectsLacking, subjectsToPlan } from "./reading.ts";
import type { Planned } from "./rules.ts";
import { type Recorded, stillPlanned } from "./still-planned.ts";
import type { Window } from "./window.ts";

/** The planner at work on the register: what is due now becomes rows, which are the inbox and the content of letters. */

/** Plans what is to be told by now. Safe to run again, and by several at once: nothing is recorded twice. */
export async function planDue(now: Date): Promise<{ planned: number; added: number }> {
  const all = { planned: 0, added: 0 };
  for (let until = new Date(0); until < now; ) {
    const step = await recordReminders(systemActor("worker"), {}, { now });
    all.planned += step.planned;
    all.added += step.added;
    until = step.until;
  }
  return all;
}

const job = "reminders";

/** After an outage, a day is caught up with at a time: no transaction becomes too long ever to end. */
const stepLength = 86_400_000;

/**
 * Records what the last run has left until now, or a day of it, and moves the watermark along in the same transaction. The
 * very first run starts from now. Reminders are their own record, so the history gets no entry.
 */
const recordReminders = command({
  verb: "reminders.record",
  input: z.strictObject({}),
  locks: true,
  // One at a time: the second one finds the first one's watermark, and next to nothing to do.
  load: async ({ tx }) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext(${job}))::text`;
    await tx.$executeRaw`INSERT INTO job (name) VALUES (${job}) ON CONFLICT DO NOTHING`;
    const [row] = await tx.$queryRaw<{ until: Date | null }[]>`
      SELECT (state->>'plannedUntil')::timestamptz AS until FROM job WHERE name = ${job}`;
    return { plannedUntil: row?.until ?? null };
  },
  allow: isSystem,
  run: async (context, { plannedUntil }) => {
    const { now, tx } = context;
    const after = plannedUntil ?? now;
    const until = new Date(Math.min(now.getTime(), after.getTime() + stepLength));
    const result = { planned: 0, added: 0, until };
    const dropped = await readDropped(context);
    for (const { id } of await reading(systemActor("worker"))<{ id: string }[]>`SELECT id FROM portfolio ORDER BY id`) {
      for await (const planned of planPortfolio(id, { after, until, at: now })) {
        result.planned += planned.length;
        result.added += await insertReminders(context, id, planned);
        await revive(
          context,
          planned.flatMap((each) => dropped.get(keyOf(each)) ?? []),
        );
      }
    }
    await tx.$executeRaw`UPDATE job
      SET state = jsonb_set(state, '{plannedUntil}', to_jsonb(greatest((state->>'plannedUntil')::timestamptz, ${until.toISOString()}::timestamptz)))
      WHERE name = ${job}`;
    return { changed: [], result };
  },
});

/** So many reminders are in memory at a time. */
const most = 5000;

/** What is planned in a portfolio, part by part. */
export async function* planPortfolio(portfolioId: string, window: Window): AsyncGenerator<Planned[]> {
  const setting = await readSetting(portfolioId);
  const plans = planner(setting, window);
  let planned: Planned[] = [];
  for await (const subjects of subjectsToPlan(setting, plans, window.at)) {
    for (const subject of subjects) {
      for (const one of plans.add(subject)) planned.push(one);
      if (planned.length < most) continue;
      yield planned;
      planned = [];
    }
  }
  yield planned;
  yield plans.lists();
}

/** Enters what is not there yet; says how many that were. */
export async function insertReminders(
  { tx, now }: Context,
  portfolioId: string,
  planned: readonly Planned[],
): Promise<number> {
  if (planned.length === 0) return 0;
  // Always in the same order, so that whoever else writes here waits for us and not we for them.
  return tx.$executeRaw`
    INSERT INTO reminder (id, portfolio_id, commitment_id, rule_id, occurrence, person_id, topic, day, due_at, about, created_at, mail, in_app)
    SELECT gen_random_uuid(), ${portfolioId}, "commitmentId", "ruleId", occurrence, "personId", topic, day, "dueAt", about,
      ${now.toISOString()}::timestamptz, mail, "inApp"
    FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) AS planned("commitmentId" uuid, "ruleId" uuid, occurrence text,
      "personId" uuid, topic "Topic", day date, "dueAt" timestamptz, about jsonb, mail boolean, "inApp" boolean)
    ORDER BY "commitmentId", "ruleId", occurrence, "personId"
    ON CONFLICT DO NOTHING`;
}

const keyOf = ({
  commitmentId,
  ruleId,
  occurrence,
  personId,
}: Pick<Planned, "commitmentId" | "ruleId" | "occurrence" | "personId">) =>
  [commitmentId, ruleId, occurrence, personId].join();

/** What was settled before its letter went, and whose day is not over: it may be planned again. By what makes it unique. */
async function readDropped({ tx, now }: Context): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<(Parameters<typeof keyOf>[0] & { id: string })[]>`
    SELECT id, commitment_id AS "commitmentId", rule_id AS "ruleId", occurrence, person_id AS "personId" FROM reminder
    WHERE dropped_at IS NOT NULL AND day >= (${now.toISOString()}::timestamptz - interval '2 days')::date`;
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

/**
 * What was dropped and is true once more (withdrawn by mistake, given to somebody else and back) is told after all, in
 * another letter unless the first one may have arrived.
 */
async function revive({ tx }: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRaw`UPDATE reminder r SET dropped_at = NULL, letter_id =
      (SELECT l.id FROM letter l WHERE l.id = r.letter_id AND l.uncertain)
    WHERE r.id = ANY(${[...ids]}::uuid[])`;
}

type Row = Recorded & { id: string; portfolioId: string };

/**
 * Which of the reminders are still to be told: their rule is on, their record open, its date the same, the person still the
 * one to hear of it and not keeping silent. Whether the person takes letters is not asked here.
 */
export async function stillDue(reminderIds: readonly string[], now: Date): Promise<Set<string>> {
  const due = new Set<string>();
  if (reminderIds.length === 0) return due;
  const rows = await reading(systemActor("worker"))<Row[]>`
    SELECT id, portfolio_id AS "portfolioId", commitment_id AS "commitmentId", rule_id AS "ruleId", occurrence, person_id AS "personId", about
    FROM reminder WHERE id = ANY(${[...reminderIds]}::uuid[])`;
  for (const [portfolioId, reminders] of Map.groupBy(rows, (row) => row.portfolioId)) {
    const commitments = [...new Set(reminders.flatMap(({ commitmentId }) => commitmentId ?? []))];
    const people = [...new Set(reminders.map(({ personId }) => personId))];
    // A list goes by all records of its rule, and by their owners.
    const lists = reminders.some(({ about }) => about.kind === "gap");
    const setting = await readSetting(portfolioId, lists ? undefined : { people, commitments });
    const isStill = stillPlanned(setting, now);
    const subjects = await subjectsById(setting, commitments, now);
    for (const reminder of reminders) {
      const rule = setting.rules.find(({ id }) => id === reminder.ruleId);
      if (reminder.about.kind !== "gap") {
        if (isStill(reminder, subjects)) due.add(reminder.id);
      } else if (rule) {
        for await (const some of subjectsLacking(setting, rule, now)) {
          if (!isStill(reminder, some)) continue;
          due.add(reminder.id);
          break;
        }
      }
    }
  }
  return due;
}
