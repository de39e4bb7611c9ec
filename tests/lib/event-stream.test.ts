import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { liveAnswer } from "#lib/event-stream.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

/** Streams of news that nobody hears, or that one person has too many of. */

testDatabase();

afterEach(() => {
  vi.useRealTimers();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Beats come when the test says so; everything else takes its time. */
const ownBeats = () => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
const beat = () => vi.advanceTimersByTime(20_000);

/** Somebody's stream about something that nobody else looks at. `asked`: how often it wanted to know how that stands. */
function open({ init = {}, personId = randomUUID() }: { init?: RequestInit; personId?: string } = {}) {
  const subjectId = randomUUID();
  let asked = 0;
  const answer = liveAnswer({
    ...{ personId, subjectId, first: "0", request: new Request("http://localhost/api/inbox", init) },
    current: async () => String(++asked),
  });
  const tell = async () => {
    const payload = JSON.stringify({ type: "test", id: subjectId, event: 1 });
    await query(process.env.KEPT_OWNER_URL ?? "", "SELECT pg_notify('kept_changes', $1)", [payload]);
  };
  /** Whether it still hears of changes. */
  const hears = async () => {
    const before = asked;
    await tell();
    for (let at = 0; at < 10 && asked === before; at++) await pause(50);
    return asked > before;
  };
  return { answer, hears };
}

type Stream = ReadableStreamDefaultReader<Uint8Array>;
const readerOf = ({ body }: Response): Stream => (body as ReadableStream<Uint8Array>).getReader();
const next = async (reader: Stream) => Buffer.from((await reader.read()).value ?? []).toString();

test("who reads is told at once and after every change, until they go", async () => {
  const client = new AbortController();
  const { answer, hears } = open({ init: { signal: client.signal } });
  const reader = readerOf(answer);
  expect(await next(reader)).toBe("retry: 2000\ndata: 0\n\n");
  expect(await hears()).toBe(true);
  expect(await next(reader)).toBe("data: 1\n\n");
  client.abort();
  expect(await hears()).toBe(false);
  expect((await reader.read()).done).toBe(true);
});

test("HEAD is answered with the headers alone", async () => {
  ownBeats();
  const { answer, hears } = open({ init: { method: "HEAD" } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
  expect(await hears()).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  expect(answer.body).toBeNull();
});

test("who has gone before the stream begins, or while it does, leaves nothing behind", async () => {
  ownBeats();
  const before = open({ init: { signal: AbortSignal.abort() } });
  expect(await before.hears()).toBe(false);
  const client = new AbortController();
  const meanwhile = open({ init: { signal: client.signal } });
  client.abort();
  expect(await meanwhile.hears()).toBe(false);
  const cancelled = open();
  await cancelled.answer.body?.cancel();
  expect(await cancelled.hears()).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test("a stream that nobody reads ends with the next beat, one that is read goes on", async () => {
  ownBeats();
  const [unread, read] = [open(), open()];
  const reader = readerOf(read.answer);
  await next(reader);
  expect([await unread.hears(), await read.hears()]).toEqual([true, true]);
  await next(reader);
  const coming = next(reader);
  beat();
  expect(await coming).toBe(": still here\n\n");
  expect([await unread.hears(), await read.hears()]).toEqual([false, true]);
  await reader.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

test("of one person's streams in a process the oldest ends when there are too many; others' go on", async () => {
  const other = open();
  await next(readerOf(other.answer));
  const personId = randomUUID();
  const theirs: { reader: Stream; hears: () => Promise<boolean> }[] = [];
  for (let at = 0; at < 22; at++) {
    const { answer, hears } = open({ personId });
    const reader = readerOf(answer);
    await next(reader);
    theirs.push({ reader, hears });
    // One that has ended counts no more.
    if (at === 10) await theirs.splice(10, 1)[0]?.reader.cancel();
  }
  expect(await Promise.all(theirs.map(({ hears }) => hears()))).toEqual([
    false,
    ...Array.from({ length: 20 }, () => true),
  ]);
  expect((await theirs[0]?.reader.read())?.done).toBe(true);
  expect(await other.hears()).toBe(true);
});
