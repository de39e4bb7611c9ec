import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createWebhook } from "#lib/webhooks/commands.ts";
import { addActor, addRecord, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { type HookSink, startHookSink } from "#tests/support/hook-sink.ts";
import { type JobWorker, startJobWorker } from "#tests/support/job-worker.ts";
import { query } from "#tests/support/people.ts";

testDatabase();

let sink: HookSink;
const alive = new Set<JobWorker>();
beforeAll(async () => {
  await makeRegister();
  sink = await startHookSink({ tls: false });
  process.env.KEPT_WEBHOOKS_PRIVATE = "allowed";
});
afterAll(async () => {
  delete process.env.KEPT_WEBHOOKS_PRIVATE;
  await Promise.all([...alive].map((worker) => worker.stop()));
  await sink.close();
});

const bear = () =>
  alive.add(
    startJobWorker({
      databaseUrl: process.env.DATABASE_URL ?? "",
      env: { KEPT_LEASE: "4", KEPT_WEBHOOKS_PRIVATE: "allowed" },
    }),
  );

/** Kills one of the workers and puts another in its place. */
function killOne(): void {
  const [worker] = [...alive];
  if (!worker) return;
  process.kill(worker.pid, "SIGKILL");
  alive.delete(worker);
  bear();
}

test("workers that are killed while they send miss nothing, and repeat only with the same id", async () => {
  const [owner, changes, kills] = [process.env.KEPT_OWNER_URL ?? "", 150, 8];
  const manager = await addActor("manager");
  await createWebhook(manager, { portfolioId, url: `${sink.url}/hook`, description: "", kinds: ["commitment"] });
  // Long enough on its way for a kill to fall there.
  sink.answer = (_call, answer) => void setTimeout(() => answer.writeHead(204).end(), 40);
  for (let at = 0; at < 2; at++) bear();
  for (let at = 0; at < changes; at++) await addRecord();
  const events = await query<{ id: number }>(
    owner,
    "SELECT id::int FROM audit_event WHERE portfolio_id = $1 AND subject_type = 'commitment' ORDER BY id",
    [portfolioId],
  );
  const told = () => new Map(sink.taken.map(({ headers, body }) => [headers["webhook-id"], JSON.parse(body).data.id]));
  for (let killed = 0; killed < kills || told().size < changes; ) {
    await sleep(25);
    if (killed < kills && told().size >= (changes * (killed + 1)) / (kills + 1)) {
      killOne();
      killed += 1;
    }
  }
  for (;;) {
    const [open] = await query<{ open: number }>(
      owner,
      "SELECT count(*)::int AS open FROM webhook_delivery WHERE state <> 'delivered'",
    );
    if (open?.open === 0) break;
    await sleep(200);
  }
  // As many ids as events, each of another one: what came twice came with the same id.
  expect([...told().values()].sort((a, b) => a - b)).toEqual(events.map(({ id }) => id));
  expect(events).toHaveLength(changes);
  for (const calls of Map.groupBy(sink.taken, ({ headers }) => headers["webhook-id"]).values())
    expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
}, 120_000);
