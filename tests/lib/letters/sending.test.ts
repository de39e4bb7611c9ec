import { readFile } from "node:fs/promises";
import net from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { claimLetters, keepComposed, settleLetter } from "#lib/letters/queue.ts";
import { mostTries } from "#lib/letters/rules.ts";
import { log } from "#lib/log.ts";
import { addRecord, makeRegister } from "#tests/lib/commitments/register.ts";
import {
  addReader,
  addReminder,
  from,
  gather,
  letterOf,
  letters,
  now,
  round,
  worker,
} from "#tests/lib/letters/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** Letters and a mail server that behaves in all ways that mail servers do. */

testDatabase();

let sink: Sink;
let record: string;

beforeAll(async () => {
  await makeRegister();
  ({ id: record } = await addRecord());
});
beforeEach(async () => {
  sink = await startSink();
  await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM reminder");
  await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM letter");
});
afterEach(() => sink.close());

/** Somebody with a letter that waits. */
async function waiting(): Promise<string> {
  const person = await addReader();
  await addReminder(person, { commitmentId: record });
  await gather();
  return person;
}

const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("a letter that goes", () => {
  test("one mail to one person, with what mail programs want to know", async () => {
    const person = await waiting();
    expect(await round(sink.url)).toEqual({ claimed: 1, away: false });
    const [taken] = sink.taken;
    expect(sink.taken).toHaveLength(1);
    expect(taken).toMatchObject({ from: from.address, to: [`${person}@kept.example`] });
    const letter = await letterOf(person);
    const headers = new Map(taken?.mail.headers.map(({ key, value }) => [key, value]));
    expect(taken?.mail.messageId).toBe(letter.messageId);
    expect(letter.messageId).toMatch(/^<[\w-]{27}@kept\.example>$/);
    expect(headers.get("list-unsubscribe")).toMatch(/^<https:\/\/kept\.example\/api\/unsubscribe\/[\w-]{43}>$/);
    expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(taken?.mail).toMatchObject({ subject: letter.subject });
    expect(taken?.mail.text?.trim()).toBe(letter.text?.trim());
    expect(taken?.mail.html?.trim()).toBe(letter.html?.trim());
    expect(letter).toMatchObject({ state: "sent", attempts: 1, uncertain: false, leasedUntil: null, error: null });
    expect(await round(sink.url)).toEqual({ claimed: 0, away: false });
  });

  test("all that is due for a person is in one letter, and nobody else's is in it", async () => {
    const [one, other] = [await addReader(), await addReader()];
    for (const person of [one, one, one, other]) await addReminder(person, { commitmentId: record });
    await addReminder(one, { commitmentId: record, dueAt: later(1) });
    expect(await gather()).toEqual({ reminders: 4, letters: 2 });
    expect(await gather()).toEqual({ reminders: 0, letters: 0 });
    expect(await letters()).toHaveLength(2);
  });

  test("what falls due meanwhile is added to a letter that waits, but not to one that may have arrived", async () => {
    const person = await waiting();
    sink.manners.recipient = () => "450 later";
    await round(sink.url);
    await addReminder(person, { commitmentId: record });
    expect(await gather()).toEqual({ reminders: 1, letters: 0 });
    const { id, nextTryAt } = await letterOf(person);
    const [claimed] = await claimLetters(worker, { most: 1, leaseSeconds: 60 }, { now: nextTryAt });
    await addReminder(person, { commitmentId: record });
    expect(await gather()).toEqual({ reminders: 1, letters: 1 });
    const next = { state: "waiting" as const, nextTryAt: now, error: "lost", uncertain: true };
    await settleLetter(worker, { id, fence: claimed?.fence, next }, { now });
    await addReminder(person, { commitmentId: record });
    expect(await gather()).toEqual({ reminders: 1, letters: 0 });
    const rows = await query<{ letters: number }>(
      process.env.KEPT_OWNER_URL ?? "",
      "SELECT count(*)::int AS letters FROM reminder GROUP BY letter_id ORDER BY 1",
    );
    expect(rows.map((row) => row.letters)).toEqual([2, 2]);
  });
});

test("whatever names and titles hold, it goes to one address and says what was meant", async () => {
  const payloads: string[] = JSON.parse(await readFile("tests/e2e/payloads.json", "utf8"));
  const hostile = [
    "a\r\nBcc: x@evil.example",
    "a\nX-Evil: 1\n\nbody",
    '"x@evil.example" <y@evil.example>, z@evil.example',
    "=?utf-8?q?x=40evil.example?=",
    "x＠evil.example",
    "a\u202Eelpmaxe.live@x",
    "Nguyễn Thị Hồng Nhung ".repeat(20),
    "ນາງ ຄຳຫຼ້າ",
    ...payloads.slice(0, 30),
  ].map((text) => text.replaceAll("\0", "").toWellFormed());
  for (const name of hostile) {
    const person = await addReader({ name });
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      "UPDATE commitment SET title = jsonb_build_object('en', $1::text) WHERE id = $2",
      [name, record],
    );
    await addReminder(person, { commitmentId: record });
    await gather();
    await round(sink.url);
    const taken = sink.taken.at(-1);
    expect(taken, name).toMatchObject({ from: from.address, to: [`${person}@kept.example`] });
    expect(taken?.mail.to).toMatchObject([{ address: `${person}@kept.example` }]);
    expect(taken?.mail.from).toMatchObject(from);
    const keys = taken?.mail.headers.map(({ key }) => key) ?? [];
    expect(keys.toSorted(), name).toEqual(headers);
    expect(taken?.mail.subject, name).toBe((await letterOf(person)).subject);
  }
  await query(
    process.env.KEPT_OWNER_URL ?? "",
    `UPDATE commitment SET title = '{"en": "A hospital for Attapeu"}' WHERE id = $1`,
    [record],
  );
});

const headers =
  "auto-submitted content-language content-type date from list-unsubscribe list-unsubscribe-post message-id mime-version subject to x-auto-response-suppress".split(
    " ",
  );

describe("a letter that does not go", () => {
  const tryOnce = async (minutes: number, url = sink.url, limit?: number) => {
    const person = await waiting();
    await round(url, limit ? { limit } : {});
    const letter = await letterOf(person);
    const wait = (letter.nextTryAt.getTime() - now.getTime()) / 60_000;
    if (letter.state === "waiting") expect(Math.abs(wait - minutes)).toBeLessThan(0.3 * minutes + 0.1);
    return { person, letter };
  };

  test.each(["421 busy", "450 greylisted", "451 error", "452 full"])(
    "%s to a recipient: tried again, surely not there",
    async (answer) => {
      sink.manners.recipient = () => answer;
      const { letter } = await tryOnce(1);
      expect(letter).toMatchObject({ state: "waiting", attempts: 1, uncertain: false, leasedUntil: null });
      expect(letter.error).toContain(answer.slice(0, 3));
    },
  );

  test.each(["550 no such user", "552 too large", "554 spam"])("%s: parked at once", async (answer) => {
    sink.manners.recipient = () => answer;
    expect((await tryOnce(0)).letter).toMatchObject({ state: "parked", attempts: 1, uncertain: false });
    sink.manners = { data: () => answer };
    await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM reminder; DELETE FROM letter");
    expect((await tryOnce(0)).letter).toMatchObject({ state: "parked", attempts: 1, uncertain: false });
    expect(sink.taken).toEqual([]);
  });

  test("421 and 554 as a greeting are the server's trouble: tried again, and the worker rests", async () => {
    for (const answer of ["421 not now", "554 no"]) {
      sink.manners.greeting = answer;
      const person = await waiting();
      expect(await round(sink.url)).toEqual({ claimed: 1, away: true });
      expect(await letterOf(person)).toMatchObject({ state: "waiting", attempts: 1, uncertain: false });
    }
  });

  test("nobody listens: tried again", async () => {
    await sink.close();
    expect((await tryOnce(1)).letter).toMatchObject({
      state: "waiting",
      uncertain: false,
      error: expect.stringContaining("ECONNREFUSED"),
    });
    sink = await startSink();
  });

  test("a server that says nothing, or stops in the middle, holds nobody up for longer than the limit", async () => {
    const mute = net.createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => mute.once("listening", resolve));
    const { port } = mute.address() as net.AddressInfo;
    expect((await tryOnce(1, `smtp://127.0.0.1:${port}`, 300)).letter).toMatchObject({
      state: "waiting",
      uncertain: false,
    });
    mute.close();
    sink.manners.delay = 3_000_000;
    const { letter } = await tryOnce(1, sink.url, 300);
    expect(letter).toMatchObject({ state: "waiting", uncertain: true, attempts: 1 });
  });

  test("of three recipients two are taken: only the third is tried again, with the same Message-ID", async () => {
    const people = [await addReader(), await addReader(), await addReader()];
    for (const person of people) await addReminder(person, { commitmentId: record });
    await gather();
    const [third = ""] = people.slice(2);
    sink.manners.recipient = (address) => (address.startsWith(third) ? "450 later" : undefined);
    expect(await round(sink.url)).toEqual({ claimed: 3, away: false });
    expect(sink.taken.map(({ to }) => to[0]).sort()).toEqual(
      people
        .slice(0, 2)
        .map((id) => `${id}@kept.example`)
        .sort(),
    );
    const before = await letterOf(third);
    sink.manners.recipient = undefined;
    expect(await round(sink.url, { at: before.nextTryAt })).toEqual({ claimed: 1, away: false });
    expect(sink.taken).toHaveLength(3);
    expect(sink.taken[2]?.mail.messageId).toBe(before.messageId);
    expect(await letterOf(third)).toMatchObject({ state: "sent", attempts: 2 });
  });

  test("tried for about two days, then parked", async () => {
    sink.manners.recipient = () => "450 later";
    const person = await waiting();
    let at = now;
    let tries = 0;
    for (; (await letterOf(person)).state === "waiting"; tries++) {
      await round(sink.url, { at });
      at = (await letterOf(person)).nextTryAt;
    }
    expect(tries).toBe(mostTries);
    const days = (at.getTime() - now.getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(1.5);
    expect(days).toBeLessThan(2.6);
  });

  test("without a mail server it is written and not sent", async () => {
    const person = await waiting();
    await round(null);
    expect(await letterOf(person)).toMatchObject({ state: "unsent", attempts: 0, uncertain: false, leasedUntil: null });
    expect((await letterOf(person)).html).toContain("TST-001");
  });

  test("an address that is none is parked, and never told to the server", async () => {
    for (const email of [
      "a@b.example,c@d.example",
      "a＠b.example",
      "a@b.example\r\nBCC: x@y.example",
      "<a@b.example>",
    ]) {
      const person = await addReader({ email });
      await addReminder(person, { commitmentId: record });
      await gather();
      await round(sink.url);
      expect(await letterOf(person), email).toMatchObject({ state: "parked", error: "letters.errors.address" });
    }
    expect(sink.taken).toEqual([]);
  });
});

describe("between planning and sending", () => {
  test("what is settled is not told of; a letter with nothing left is dropped", async () => {
    const person = await addReader();
    const gone = await addReminder(person, { commitmentId: record });
    const { id: other } = await addRecord({ title: { en: "Another thing", vi: "", lo: "" } });
    await addReminder(person, { commitmentId: other });
    await gather();
    const stillDue = async (ids: string[]) => new Set(ids.filter((id) => id !== gone));
    sink.manners.recipient = () => "450 later";
    await round(sink.url, { stillDue });
    const letter = await letterOf(person);
    expect(letter.text).toContain("Another thing");
    expect(letter.text).not.toContain("A hospital");
    await round(sink.url, { stillDue: async () => new Set(), at: letter.nextTryAt });
    expect(await letterOf(person)).toMatchObject({ state: "dropped" });
    expect(sink.taken).toEqual([]);
    const dropped = await query(
      process.env.KEPT_OWNER_URL ?? "",
      "SELECT id FROM reminder WHERE dropped_at IS NOT NULL",
    );
    expect(dropped).toHaveLength(2);
  });

  test("who turned letters off, or is disabled, gets none; the inbox keeps what it has", async () => {
    const owner = process.env.KEPT_OWNER_URL ?? "";
    const [off, disabled] = [await waiting(), await waiting()];
    await query(owner, "UPDATE person SET disabled_at = now() WHERE id = $1", [disabled]);
    await query(
      owner,
      `INSERT INTO reminder_preference (person_id, hour, days, countries, frequency, weekday, mail, in_app, lead_days, own_lead_days)
        VALUES ($1, 8, '{1}', '{VN}', 'daily', 1, false, true, '{}', false)`,
      [off],
    );
    await round(sink.url);
    expect((await letters()).map(({ state }) => state)).toEqual(["dropped", "dropped"]);
    expect(await query(owner, "SELECT id FROM reminder WHERE dropped_at IS NULL")).toHaveLength(2);
  });
});

describe("a letter that can't be written", () => {
  test("waits with its error, and the others of its round go", async () => {
    const [broken, fine] = [await waiting(), await waiting()];
    // What no planner would write down, but a defect may.
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      `UPDATE reminder SET about = '{"kind": "deadline", "date": "no day"}' WHERE person_id = $1`,
      [broken],
    );
    const silent = vi.spyOn(log, "error").mockImplementation(() => {});
    await round(sink.url);
    expect(silent).toHaveBeenCalledOnce();
    silent.mockRestore();
    expect(await letterOf(fine)).toMatchObject({ state: "sent" });
    expect(await letterOf(broken)).toMatchObject({
      state: "waiting",
      attempts: 1,
      uncertain: false,
      leasedUntil: null,
      error: expect.stringContaining("no day"),
    });
    expect((await letterOf(broken)).nextTryAt.getTime()).toBeGreaterThan(now.getTime());
  });

  test("because nobody can say what still holds: none goes, and all wait", async () => {
    const person = await waiting();
    const silent = vi.spyOn(log, "error").mockImplementation(() => {});
    await round(sink.url, { stillDue: () => Promise.reject(new Error("a defect")) });
    silent.mockRestore();
    expect(await letterOf(person)).toMatchObject({
      state: "waiting",
      attempts: 1,
      uncertain: false,
      error: "Error: a defect",
    });
    expect(sink.taken).toEqual([]);
  });
});

describe("leases and fences", () => {
  test("many claims at once share the letters out, each to one", async () => {
    for (let at = 0; at < 30; at++) await waiting();
    const claims = await Promise.all(
      Array.from({ length: 6 }, () => claimLetters(worker, { most: 10, leaseSeconds: 60 }, { now })),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(30);
  });

  test("a worker that was held up can neither send nor say what became of a letter that another has", async () => {
    const person = await waiting();
    const [old] = await claimLetters(worker, { most: 1, leaseSeconds: 60 }, { now });
    await query(process.env.KEPT_OWNER_URL ?? "", "UPDATE letter SET leased_until = now() - interval '1 second'");
    const written = { address: "a@b.example", locale: "en" as const, subject: "s", text: "t", html: "h" };
    const keep = { ...written, settled: [], uncertainBefore: false, secretHash: "0".repeat(64), unsent: false };
    // The lease is over: it must not begin, though nobody else has come yet.
    expect(await keepComposed(worker, { id: old?.id, fence: old?.fence, ...keep }, { now })).toBe(false);
    const [young] = await claimLetters(worker, { most: 1, leaseSeconds: 60 }, { now });
    expect(young).toMatchObject({ id: old?.id, fence: (old?.fence ?? 0) + 1, uncertainBefore: true });
    expect(await keepComposed(worker, { id: old?.id, fence: old?.fence, ...keep }, { now })).toBe(false);
    for (const next of [{ state: "sent" as const }, { state: "parked" as const, error: "x", uncertain: false }]) {
      expect(await settleLetter(worker, { id: old?.id, fence: old?.fence, next }, { now })).toBe(false);
    }
    expect(await letterOf(person)).toMatchObject({ state: "waiting", fence: young?.fence });
    expect(await settleLetter(worker, { id: young?.id, fence: young?.fence, next: { state: "sent" } }, { now })).toBe(
      true,
    );
  });

  test("one that is held up between its claim and the sending gives its letters back", async () => {
    await waiting();
    const stillDue = async (ids: string[]) => {
      await new Promise((resolve) => setTimeout(resolve, 800));
      return new Set(ids);
    };
    await round(sink.url, { leaseSeconds: 2, stillDue });
    expect(sink.taken).toEqual([]);
    expect((await letters())[0]).toMatchObject({ state: "waiting", leasedUntil: null, uncertain: false });
  });

  test("told to stop, it gives back what it has not begun", async () => {
    await waiting();
    await round(sink.url, { stopping: () => true });
    expect(sink.taken).toEqual([]);
    expect((await letters())[0]).toMatchObject({ state: "waiting", leasedUntil: null, uncertain: false });
  });
});
