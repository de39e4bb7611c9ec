import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addRecord, makeRegister } from "#tests/lib/commitments/register.ts";
import { addReader, addReminder, type LetterRow, letterOf } from "#tests/lib/letters/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { hasFaketime } from "#tests/support/faketime.ts";
import { type JobWorker, startJobWorker } from "#tests/support/job-worker.ts";
import { type MailProxy, type Moment, moments, startMailProxy } from "#tests/support/mail-proxy.ts";
import { query } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** The worker as a process of its own, killed, stalled and stopped from outside. */

testDatabase();

let sink: Sink;
let proxy: MailProxy | undefined;
let record: string;
const running: JobWorker[] = [];

beforeAll(async () => {
  await makeRegister();
  ({ id: record } = await addRecord());
});
beforeEach(async () => {
  sink = await startSink();
  await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM reminder; DELETE FROM letter; DELETE FROM job");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((worker) => worker.stop()));
  await proxy?.close();
  proxy = undefined;
  await sink.close();
});

const start = (env: Record<string, string> = {}, before?: string[]) => {
  const databaseUrl = process.env.DATABASE_URL ?? "";
  const worker = startJobWorker({
    databaseUrl,
    env: { SMTP_URL: sink.url, KEPT_LEASE: "60", ...env },
    ...(before && { before }),
  });
  running.push(worker);
  return worker;
};

/** A reminder of a change: it holds as long as its person does. */
async function due(dueAt = new Date()): Promise<string> {
  const person = await addReader();
  const about = { kind: "change", date: null, edtf: null, offset: null } as const;
  await addReminder(person, { commitmentId: record, about, topic: "attention", dueAt });
  return person;
}

const reaches = async (person: string, state: LetterRow["state"]) =>
  expect.poll(() => letterOf(person).catch(() => null), { timeout: 30_000 }).toMatchObject({ state });

/** As if the lease of whoever is gone were over. */
const leasesEnd = () =>
  query(
    process.env.KEPT_OWNER_URL ?? "",
    "UPDATE letter SET leased_until = now() - interval '1 s' WHERE leased_until > now(); UPDATE job SET leased_until = NULL",
  );

const mails = () => sink.taken.map(({ mail }) => mail.messageId);

describe("killed", () => {
  test.each(moments)("at the moment %s: nothing is missed, and what comes again is the same letter", async (moment) => {
    const reached = Promise.withResolvers<void>();
    let first = true;
    const watched: Moment[] = [];
    proxy = await startMailProxy(sink.port, async (now) => {
      watched.push(now);
      if (!first || now !== moment) return "on";
      first = false;
      reached.resolve();
      // The line stays as it is until the worker is gone; what it wrote before the end reaches the server.
      await gone.promise;
      return moment === "end" || moment === "taken" ? "on" : "cut";
    });
    const gone = Promise.withResolvers<void>();
    const person = await due();
    const worker = start({ SMTP_URL: proxy.url });
    await reached.promise;
    await worker.kill();
    gone.resolve();
    await leasesEnd();
    start({ SMTP_URL: proxy.url });
    await reaches(person, "sent");
    // After its end the server has the mail, whether anybody heard it say so or not.
    expect(mails()).toHaveLength(moment === "end" || moment === "taken" ? 2 : 1);
    expect(new Set(mails()).size).toBe(1);
    expect(await letterOf(person)).toMatchObject({ messageId: mails()[0] });
  });
});

test("a line that is cut after the mail's end: it is sent again, as the same letter", async () => {
  let cuts = 0;
  proxy = await startMailProxy(sink.port, async (moment) => (moment === "taken" && cuts++ === 0 ? "cut" : "on"));
  const person = await due();
  start({ SMTP_URL: proxy.url });
  await expect
    .poll(() => letterOf(person).catch(() => null), { timeout: 20_000 })
    .toMatchObject({ state: "waiting", uncertain: true, attempts: 1, leasedUntil: null });
  await query(process.env.KEPT_OWNER_URL ?? "", "UPDATE letter SET next_try_at = now()");
  await reaches(person, "sent");
  expect(mails()).toHaveLength(2);
  expect(new Set(mails()).size).toBe(1);
});

test("a worker that stalls over a letter and wakes up after another has sent it says nothing and sends nothing more", async () => {
  const reached = Promise.withResolvers<void>();
  let first = true;
  proxy = await startMailProxy(sink.port, async (moment) => {
    if (moment === "data" && first) {
      first = false;
      reached.resolve();
    }
    return "on";
  });
  sink.manners.delay = 300;
  const person = await due();
  const stalled = start({ SMTP_URL: proxy.url });
  await reached.promise;
  process.kill(stalled.pid, "SIGSTOP");
  await leasesEnd();
  start();
  await reaches(person, "sent");
  const before = await letterOf(person);
  process.kill(stalled.pid, "SIGCONT");
  await sleep(1500);
  // What it had begun to write may have come through; it is the same letter, and nothing follows.
  expect(mails().length).toBeLessThanOrEqual(2);
  expect(new Set(mails()).size).toBe(1);
  expect(await letterOf(person)).toEqual(before);
});

test("told to stop, it finishes the letter that is on its way and takes no other", async () => {
  const reached = Promise.withResolvers<void>();
  proxy = await startMailProxy(sink.port, async (moment) => {
    if (moment === "end") reached.resolve();
    return "on";
  });
  sink.manners.delay = 1000;
  const person = await due();
  const worker = start({ SMTP_URL: proxy.url });
  await reached.promise;
  const stopped = worker.stop();
  const late = await due();
  expect(await stopped).toBe(0);
  expect(await letterOf(person)).toMatchObject({ state: "sent", leasedUntil: null });
  expect(mails()).toHaveLength(1);
  await expect(letterOf(late)).rejects.toThrow("0 letters");
});

test("told to stop before a server that hangs, it gives the letter back as one that may have arrived", async () => {
  const reached = Promise.withResolvers<void>();
  proxy = await startMailProxy(sink.port, async (moment) => {
    if (moment === "end") reached.resolve();
    return "on";
  });
  sink.manners.delay = 60_000;
  const person = await due();
  const worker = start({ SMTP_URL: proxy.url, KEPT_LEASE: "300" });
  await reached.promise;
  expect(await worker.stop()).toBe(0);
  expect(await letterOf(person)).toMatchObject({ state: "waiting", uncertain: true, leasedUntil: null });
}, 40_000);

test("the mail server is away, and comes back: letters wait and go", async () => {
  const { port } = sink;
  await sink.close();
  const person = await due();
  const worker = start();
  await expect
    .poll(() => letterOf(person).catch(() => null), { timeout: 20_000 })
    .toMatchObject({ state: "waiting", attempts: 1 });
  sink = await startSink({}, port);
  await query(process.env.KEPT_OWNER_URL ?? "", "UPDATE letter SET next_try_at = now()");
  await reaches(person, "sent");
  expect(worker.output()).toBe("");
}, 60_000);

test("the database cuts every connection: the worker goes on", async () => {
  const worker = start();
  await reaches(await due(), "sent");
  for (let cut = 0; cut < 3; cut++) {
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await sleep(200);
  }
  await reaches(await due(), "sent");
  expect(worker.output()).not.toMatch(/Error/);
}, 60_000);

test.skipIf(!hasFaketime())(
  "a worker whose clock is a day ahead sends nothing early; one a day behind nothing late",
  async () => {
    const tomorrow = new Date(Date.now() + 86_400_000 - 3_600_000);
    const [now, later] = [await due(), await due(tomorrow)];
    const ahead = start({}, ["faketime", "-f", "+1d"]);
    await reaches(now, "sent");
    await sleep(3000);
    await expect(letterOf(later)).rejects.toThrow("0 letters");
    await ahead.stop();
    const behind = await due();
    start({}, ["faketime", "-f", "-1d"]);
    await reaches(behind, "sent");
    await expect(letterOf(later)).rejects.toThrow("0 letters");
    // What is written down is the database's time.
    const sent = (await letterOf(behind)).sentAt?.getTime() ?? 0;
    expect(Math.abs(Date.now() - sent)).toBeLessThan(60_000);
    expect(mails()).toHaveLength(2);
  },
  60_000,
);
