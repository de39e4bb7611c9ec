import { beforeAll, expect, test } from "vitest";
import { answer } from "#lib/api/answer.ts";
import { sql } from "#lib/db.ts";
import { addMany } from "#tests/lib/commitments/many.ts";
import { addActor, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** Files that are asked for and not read: none may keep a connection to the database. */

process.env.KEPT_POOL = "3";
testDatabase();

const owner = () => process.env.KEPT_OWNER_URL ?? "";
let viewer: SignedIn;

beforeAll(async () => {
  await makeRegister();
  // More batches than are read before anybody asks for them: the snapshot is still needed then.
  await addMany(2203, (await addActor("viewer")).id);
  viewer = await signedIn(owner(), "viewer");
});

function askFile(init: RequestInit = {}): Promise<Response> {
  const address = `http://localhost/api/v1/commitments/file?portfolio=${portfolioId}`;
  return answer(new Request(address, { ...init, headers: { authorization: `Bearer ${viewer.token}` } }));
}

/** In a moment, all of the pool's connections serve. */
async function serves(): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no connection was left")), 3000);
  await Promise.race([late.promise, Promise.all(Array.from({ length: 9 }, () => sql`SELECT pg_sleep(0.05)`))]);
  clearTimeout(timer);
  // A snapshot that nobody reads ends by a statement of its own, which may be on its way.
  await expect.poll(snapshots).toBe(0);
}

const inSnapshot = "datname = current_database() AND state = 'idle in transaction'";

async function snapshots(): Promise<number> {
  const [row] = await query<{ count: number }>(
    owner(),
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE ${inSnapshot}`,
  );
  return row?.count ?? 0;
}

test("HEAD is answered with the headers of the file, and reads nothing", async () => {
  for (let at = 0; at < 4; at++) {
    const response = await askFile({ method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="test-register-.*\.csv"$/);
  }
  await serves();
});

test("a client that had gone before it was answered keeps nothing", async () => {
  for (let at = 0; at < 4; at++) await askFile({ signal: AbortSignal.abort() });
  await serves();
});

test("nor does one that goes while it is answered, or later and without a word to the body", async () => {
  for (const wait of [0, 1, 5, 20]) {
    const client = new AbortController();
    const asked = askFile({ signal: client.signal });
    await new Promise((resolve) => setTimeout(resolve, wait));
    client.abort();
    await asked;
  }
  await serves();
  for (let at = 0; at < 4; at++) {
    const client = new AbortController();
    const response = await askFile({ signal: client.signal });
    client.abort();
    await expect(response.text()).rejects.toThrow();
  }
  await serves();
});

// Vitest fails the run for an error that nobody has met.
test("a file whose snapshot was ended under a slow reader is an error, and not shorter", async () => {
  const response = await askFile();
  await expect.poll(snapshots).toBe(1);
  // It may be fetching at the moment, which is another state.
  await expect
    .poll(() => query(owner(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${inSnapshot}`))
    .toHaveLength(1);
  await expect.poll(snapshots).toBe(0);
  const slowly = async () => {
    for await (const _ of response.body ?? []) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await expect(slowly()).rejects.toThrow();
  await serves();
});

test("a file that is read is whole", async () => {
  const text = await (await askFile()).text();
  expect(text.trimEnd().split("\r\n")).toHaveLength(2204);
  await serves();
});

test("whoever takes their time to read keeps pages from nothing", async () => {
  const slow = [await askFile(), await askFile()];
  await expect.poll(snapshots).toBe(2);
  const answers = await Promise.all(Array.from({ length: 9 }, (_, at) => sql`SELECT ${at}::int AS at`));
  expect(answers.map(([row]) => row?.at)).toEqual(answers.map((_, at) => at));
  const bodies = await Promise.all(slow.map((response) => response.text()));
  for (const text of bodies) expect(text.split("\r\n").length).toBeGreaterThan(2203);
  await serves();
});
