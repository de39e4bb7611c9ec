import { addDays, numberOf } from "#lib/dates.ts";
import { closePools } from "#lib/pools.ts";
import { planDue, planPortfolio, stillDue } from "#lib/reminders/planning.ts";
import { momentOf } from "#lib/reminders/telling.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "./stage.ts";

/** What planning costs: all rules on, over all demonstration records. Nothing of it stays in the database. */
export type Planning = {
  size: number;
  /** All that is told in 90 days, planned and thrown away: reminders, seconds, and the heap while it goes on. */
  ahead: { reminders: number; seconds: number; heap: number };
  /** A weekday's first run, as the worker does it: what is due is recorded. */
  day: { reminders: number; seconds: number };
  /** The same once more: nothing is left to do. */
  again: number;
  /** Whether a hundred reminders still hold, as a letter asks before it goes. */
  still: number;
};

const dayLength = 86_400_000;

export async function measurePlanning(ownerUrl: string, size: number): Promise<Planning> {
  const clear = async (active: boolean) => {
    await query(ownerUrl, "DELETE FROM reminder");
    await query(ownerUrl, "DELETE FROM job WHERE name = 'reminders'");
    await query(ownerUrl, `UPDATE reminder_rule SET active = ${active} WHERE portfolio_id = 'demo'`);
  };
  await clear(true);
  try {
    const today = teamToday(new Date());
    const monday = addDays(today, 8 - weekdayOf(numberOf(today)));
    const at = new Date(momentOf(numberOf(monday), 8, teamZone()));
    const ahead = await timed(() => planAhead(at));
    await planDue(new Date(at.getTime() - dayLength));
    const day = await timed(() => planDue(at));
    const again = await timed(() => planDue(at));
    const ids = (await everything<{ id: string }[]>`SELECT id FROM reminder ORDER BY id LIMIT 100`).map(({ id }) => id);
    const still = await timed(() => stillDue(ids, at));
    return {
      size,
      ahead: { ...ahead.result, seconds: ahead.seconds },
      day: { reminders: day.result.added, seconds: day.seconds },
      again: again.seconds,
      still: still.seconds,
    };
  } finally {
    await clear(false);
    await closePools();
  }
}

async function planAhead(at: Date): Promise<{ reminders: number; heap: number }> {
  let reminders = 0;
  let heap = 0;
  const window = { after: at, until: new Date(at.getTime() + 90 * dayLength), at };
  for await (const planned of planPortfolio("demo", window)) {
    reminders += planned.length;
    heap = Math.max(heap, process.memoryUsage().heapUsed / 1e6);
  }
  return { reminders, heap };
}

async function timed<R>(work: () => Promise<R>): Promise<{ result: R; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - started) / 1000 };
}

/** The table, and how much longer the largest takes than the smallest. */
export function planningTable(measured: readonly Planning[]): string {
  const head = [
    "records",
    "told in 90 days",
    "planned in s",
    "per s",
    "heap MB",
    "told on a Monday",
    "recorded in s",
    "again ms",
    "100 still due ms",
  ];
  const rows = measured.map(({ size, ahead, day, again, still }) => [
    `${size}`,
    `${ahead.reminders}`,
    ahead.seconds.toFixed(2),
    (ahead.reminders / ahead.seconds).toFixed(0),
    ahead.heap.toFixed(0),
    `${day.reminders}`,
    day.seconds.toFixed(2),
    (again * 1000).toFixed(0),
    (still * 1000).toFixed(0),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["Planning", line(head), line(head.map(() => "---:")), ...rows.map(line)].join("\n");
}
