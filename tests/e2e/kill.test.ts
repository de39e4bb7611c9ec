import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltAction, builtActions, callAction } from "#tests/support/actions.ts";
import { freePort, type Launched, launch, startApp } from "#tests/support/app.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/**
 * `kill -9` of the app, and of its own PostgreSQL, while people edit: whatever was acknowledged is there after the next
 * start, with its history, and nothing is there by half.
 */

let folder: string;
let port: string;
const running = new Set<Launched>();

beforeAll(async () => {
  // Builds the app, if no other test has yet.
  await (await startApp({ catalogue: false })).stop();
  folder = await mkdtemp(path.join(os.tmpdir(), "kept-kill-"));
  // PostgreSQL, which refuses to run as root, has to get at its data.
  await chmod(folder, 0o755);
  port = String(await freePort());
});

afterAll(async () => {
  await Promise.all([...running].map((app) => app.stop()));
  await rm(folder, { recursive: true, force: true });
});

test("every acknowledged edit survives kill -9 of the app and of the database", async () => {
  let app = await start();
  const ownerUrl = () => app.ownerUrl;
  const editor = await signedIn(ownerUrl(), "manager");
  const report = (await builtActions()).find(({ name }) => name === "reportProgress") as BuiltAction;
  const rows = await query<{ id: string; version: number; completion: string; evidence: string }>(
    ownerUrl(),
    "SELECT id, version, completion, evidence FROM commitment WHERE completion NOT IN ('complete', 'withdrawn', 'superseded') ORDER BY number LIMIT 20",
  );
  const acknowledged: { id: string; text: string; version: number }[] = [];
  let edits = 0;

  for (const victim of ["app", "database", "app", "database"] as const) {
    const until = edits + 30;
    let killed = false;
    const work = rows.map(async (row) => {
      while (edits < until && !killed) {
        const text = `edit ${++edits}`;
        const version = await edit(editor, report, row, text);
        if (version === null) return;
        Object.assign(row, { version });
        acknowledged.push({ id: row.id, text, version });
      }
    });
    await expect.poll(() => acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(until - 25);
    killed = true;
    if (victim === "app") await app.kill();
    else process.kill(Number((await postmaster())[0]), "SIGKILL");
    await Promise.all(work);
    if (victim === "database") await app.stop();
    running.clear();
    app = await start();
    // Go on from what is there: an edit whose answer was cut off may or may not have been saved.
    const now = await query<{ id: string; version: number }>(ownerUrl(), "SELECT id, version FROM commitment");
    for (const row of rows) row.version = now.find(({ id }) => id === row.id)?.version ?? row.version;
  }

  expect(acknowledged.length).toBeGreaterThanOrEqual(20);
  const saved = await query<{ id: string; text: string }>(
    ownerUrl(),
    "SELECT commitment_id AS id, text FROM progress_report",
  );
  const told = await query<{ id: string; text: string }>(
    ownerUrl(),
    "SELECT subject_id AS id, changes->'report'->1->>'text' AS text FROM audit_event WHERE verb = 'commitment.reportProgress'",
  );
  const names = (all: { id: string; text: string }[]) => all.map(({ id, text }) => `${id} ${text}`).sort();
  expect(names(saved)).toEqual(expect.arrayContaining(names(acknowledged)));
  // Nothing by half: each report has its history, and each version its entry.
  expect(names(told)).toEqual(names(saved));
  const versions = await query<{ version: number; entries: number }>(
    ownerUrl(),
    "SELECT version, (SELECT count(*)::int FROM audit_event WHERE subject_id = c.id::text) AS entries FROM commitment c",
  );
  for (const { version, entries } of versions) expect(version).toBe(entries);
}, 240_000);

/** One edit; the new version when it was acknowledged, else null. */
async function edit(
  editor: SignedIn,
  action: BuiltAction,
  row: { id: string; version: number; completion: string; evidence: string },
  text: string,
): Promise<number | null> {
  try {
    const { id, version, completion, evidence } = row;
    const answer = await callAction<{ version: number }>({
      url: `http://localhost:${port}`,
      cookie: editor.cookie,
      action,
      args: [{ id, version, completion: completion === "not_reported" ? "limited" : completion, evidence, text }],
    });
    return answer.ok ? answer.result.version : null;
  } catch {
    return null;
  }
}

async function start(): Promise<Launched & { ownerUrl: string }> {
  const app = await launch({ PORT: port, KEPT_DATA: folder });
  running.add(app);
  const { admin: password } = JSON.parse(await readFile(path.join(folder, "postgres/secrets.json"), "utf8"));
  const [, , , databasePort] = await postmaster();
  return { ...app, ownerUrl: `postgresql://postgres:${password}@127.0.0.1:${databasePort}/kept` };
}

/** What the running PostgreSQL says of itself: pid, data folder, start, port ... */
async function postmaster(): Promise<string[]> {
  return (await readFile(path.join(folder, "postgres/data/postmaster.pid"), "utf8")).split("\n");
}
