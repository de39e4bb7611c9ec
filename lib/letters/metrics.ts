import { Gauge, Registry } from "prom-client";
import type { Queue } from "./queries.ts";

/**
 * How the worker is doing, in the words of Prometheus. Everything is in the database, so any process answers for all, and
 * nothing is counted twice.
 */
export async function metricsOf(queue: Queue): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  const seconds = (at: Date | null) => (at ? at.getTime() / 1000 : 0);

  gauge("kept_reminders_unlettered", "Reminders that are due and not in a letter yet", queue.unlettered);
  const letters = new Gauge({
    name: "kept_letters",
    help: "Letters by state; waiting ones go with a later try, parked ones need somebody",
    labelNames: ["state"],
    registers: [registry],
  });
  for (const state of ["waiting", "parked", "unsent"] as const) letters.set({ state }, queue[state]);
  gauge("kept_letters_due", "Letters whose turn has come", queue.due);
  gauge("kept_letters_leased", "Letters that a worker has just now", queue.leased);
  gauge(
    "kept_letters_oldest_waiting_seconds",
    "For how long the oldest letter that waits has been waiting",
    queue.oldest ? (queue.now.getTime() - queue.oldest.getTime()) / 1000 : 0,
  );
  gauge("kept_letters_sent_last_day", "Letters sent within a day", queue.sentToday);
  gauge("kept_letters_last_sent_timestamp_seconds", "When the last letter went; 0 for never", seconds(queue.lastSent));

  const job = (name: string, help: string) => new Gauge({ name, help, labelNames: ["job"], registers: [registry] });
  const finished = job("kept_job_finished_timestamp_seconds", "When the job last ended; 0 for never");
  const next = job("kept_job_next_timestamp_seconds", "When the job is due next");
  const failed = job("kept_job_failed", "Whether the last run of the job failed");
  const running = job("kept_job_running", "Whether the job runs just now");
  for (const each of queue.jobs) {
    finished.set({ job: each.name }, seconds(each.finishedAt));
    next.set({ job: each.name }, seconds(each.nextAt));
    failed.set({ job: each.name }, each.error === null ? 0 : 1);
    running.set({ job: each.name }, each.running ? 1 : 0);
  }
  return { type: registry.contentType, text: await registry.metrics() };
}
