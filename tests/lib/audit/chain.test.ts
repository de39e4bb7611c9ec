import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { sealEvents, settledMinutes } from "#lib/audit/seal.ts";
import { verifyHistory } from "#lib/audit/verify.ts";
import { recordSector } from "#lib/parties/commands.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase({ catalogue: true });

const system = systemActor("worker");
const later = () => new Date(Date.now() + 2 * settledMinutes * 60_000);
/** KEPT_TAMPERINGS=1000 for the long run. */
const times = Number(process.env.KEPT_TAMPERINGS ?? 200);
let owner: pg.Client;
let count: number;

async function sealAll(now = new Date()): Promise<void> {
  for (let more = true; more; ) ({ more } = await sealEvents(system, {}, { now }));
}

const tables = ["audit_event", "audit_seal"];

/** Puts the two tables back as they were. */
async function restore(): Promise<void> {
  for (const table of tables) {
    await owner.query(
      `DELETE FROM ${table} t WHERE NOT EXISTS (SELECT FROM saved_${table} s WHERE s.* IS NOT DISTINCT FROM t.*)`,
    );
    await owner.query(
      `INSERT INTO ${table} SELECT s.* FROM saved_${table} s WHERE NOT EXISTS (SELECT FROM ${table} t WHERE t.* IS NOT DISTINCT FROM s.*)`,
    );
  }
}

/** Two different places of the chain, the lower one first. */
function twoPlaces(): [number, number] {
  const [a, b] = [randomInt(1, count + 1), randomInt(1, count)];
  const other = b >= a ? b + 1 : b;
  return a < other ? [a, other] : [other, a];
}

const eventAt = (place: number) => `(SELECT event_id FROM audit_seal WHERE position = ${place})`;
const anyPlace = () => randomInt(1, count + 1);

/** What somebody with all rights to the database may do to hide something; each statement changes at least one row. */
const tamperings: Record<string, () => string[]> = {
  ...Object.fromEntries(
    Object.entries({
      at: "at + interval '1 microsecond'",
      portfolio_id: "coalesce(portfolio_id, '') || 'x'",
      actor_id: "CASE WHEN actor_id IS NULL THEN gen_random_uuid() END",
      actor_name: "actor_name || ' '",
      verb: "verb || 'd'",
      subject_type: "upper(subject_type)",
      subject_id: "reverse(subject_id) || '0'",
      changes: `changes || '{"owner": ["a", "b"]}'`,
      batch_id: "gen_random_uuid()",
      request_id: "coalesce(request_id, '') || '1'",
      id: "-id",
    }).map(([field, value]) => [
      `another ${field}`,
      () => [`UPDATE audit_event SET ${field} = ${value} WHERE id = ${eventAt(anyPlace())}`],
    ]),
  ),
  "an event gone": () => [`DELETE FROM audit_event WHERE id = ${eventAt(anyPlace())}`],
  "several gone": () => {
    const [from, to] = twoPlaces();
    return [
      `DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE position BETWEEN ${from} AND ${to})`,
    ];
  },
  "the end gone": () => [
    `DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE position >= ${anyPlace()})`,
  ],
  "two that changed places": () => {
    const [a, b] = twoPlaces();
    return [
      `UPDATE audit_event SET id = -1 WHERE id = ${eventAt(a)}`,
      `UPDATE audit_event SET id = ${eventAt(a)} WHERE id = ${eventAt(b)}`,
      `UPDATE audit_event SET id = ${eventAt(b)} WHERE id = -1`,
    ];
  },
  "one put in between": () => [
    `INSERT INTO audit_event (id, actor_name, verb, subject_type, subject_id, changes)
     VALUES (${-anyPlace()}, 'seed', 'commitment.create', 'commitment', 'x', '{}')`,
  ],
  "another hash": () => [`UPDATE audit_seal SET hash = sha256(hash) WHERE position = ${anyPlace()}`],
  "a seal gone": () => [`DELETE FROM audit_seal WHERE position = ${randomInt(1, count)}`],
  "an event and its seal gone": () => {
    const place = randomInt(1, count);
    return [`DELETE FROM audit_event WHERE id = ${eventAt(place)}`, `DELETE FROM audit_seal WHERE position = ${place}`];
  },
  "an event and its seal gone, the rest moved up": () => {
    const place = randomInt(1, count);
    return [
      `DELETE FROM audit_event WHERE id = ${eventAt(place)}`,
      `DELETE FROM audit_seal WHERE position = ${place}`,
      `UPDATE audit_seal SET position = -position WHERE position > ${place}`,
      "UPDATE audit_seal SET position = -position - 1 WHERE position < 0",
    ];
  },
};

beforeAll(async () => {
  await sealAll(new Date(Date.now() - 2 * settledMinutes * 60_000));
  owner = new pg.Client({ connectionString: process.env.KEPT_OWNER_URL });
  await owner.connect();
  for (const table of tables) await owner.query(`CREATE TABLE saved_${table} AS TABLE ${table}`);
  ({ count } = (await owner.query("SELECT count(*)::int AS count FROM audit_event")).rows[0]);
}, 60_000);
afterAll(() => owner.end());

describe("the chain over the history", () => {
  it("holds every event, once", async () => {
    const verdict = await verifyHistory({ now: later() });
    expect(verdict).toMatchObject({ findings: [], waiting: 0, head: { position: count } });
    expect(count).toBeGreaterThan(100);
  });

  it(`tells of each of ${times} tamperings by whoever owns the database`, { timeout: times * 2000 }, async () => {
    const kinds = Object.entries(tamperings);
    for (let i = 0; i < times; i++) {
      const [kind, statements] = kinds[i % kinds.length] as (typeof kinds)[number];
      for (const statement of statements()) {
        const { rowCount } = await owner.query(statement);
        expect(rowCount, statement).toBeGreaterThan(0);
      }
      const { findings } = await verifyHistory({ now: new Date() });
      expect(findings.length, kind).toBeGreaterThan(0);
      await restore();
    }
    expect(await verifyHistory({ now: later() })).toMatchObject({ findings: [], waiting: 0 });
  });

  it("tells from an exported head that the end was cut off, seals and all, or the chain made anew", async () => {
    const { head } = await verifyHistory({ now: new Date() });
    const place = randomInt(2, count + 1);
    await owner.query(
      `DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE position >= ${place})`,
    );
    await owner.query(`DELETE FROM audit_seal WHERE position >= ${place}`);
    expect((await verifyHistory({ now: later() })).findings).toEqual([]);
    expect((await verifyHistory({ now: later(), head })).findings).toEqual([{ kind: "headMissing", position: count }]);
    await restore();
    await owner.query(`UPDATE audit_event SET actor_name = 'nobody' WHERE id = ${eventAt(place)}`);
    await owner.query("TRUNCATE audit_seal");
    await sealAll();
    expect((await verifyHistory({ now: new Date() })).findings).toEqual([]);
    expect((await verifyHistory({ now: new Date(), head })).findings).toEqual([
      { kind: "headMissing", position: count },
    ]);
    await restore();
    expect((await verifyHistory({ now: later(), head })).findings).toEqual([]);
  });

  it("takes what is written side by side, each event once, also what commits late", async () => {
    const name = (text: string) => ({ en: text, vi: text, lo: text });
    const record = (i: number) =>
      recordSector(system, { id: `sealed-${i}`, name: name(`Sealed ${i}`), dac: [], position: 100 + i });
    // An id that was given, and a transaction that commits only after others were sealed.
    await owner.query("BEGIN");
    await owner.query(
      "INSERT INTO audit_event (actor_name, verb, subject_type, subject_id, changes) VALUES ('late', 'x.y', 'sector', 'late', '{}')",
    );
    await Promise.all(Array.from({ length: 30 }, async (_, i) => (i % 3 === 0 ? sealAll() : record(i))));
    await sealAll();
    await owner.query("COMMIT");
    await Promise.all([sealAll(), sealAll(), sealAll()]);
    const { rows } = await owner.query("SELECT count(*)::int AS events FROM audit_event");
    expect(await verifyHistory({ now: later() })).toMatchObject({
      findings: [],
      waiting: 0,
      head: { position: rows[0].events },
    });
    expect(rows[0].events).toBe(count + 21);
  });

  it("is out of reach for the app's own role", async () => {
    const app = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await app.connect();
    for (const statement of ["UPDATE audit_seal SET hash = ''", "DELETE FROM audit_seal", "TRUNCATE audit_seal"]) {
      await expect(app.query(statement), statement).rejects.toThrow("permission denied");
    }
    await app.end();
  });
});

describe("npm run audit:verify and audit:head", () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string }>((resolve) => {
      const code = `const { verify, head } = await import("#lib/audit/cli.ts"); const { closePools } = await import("#lib/pools.ts");
        const [name, ...args] = process.argv.slice(1);
        try { await ({ verify, head })[name](args); } catch (error) { console.log(error.message); process.exitCode = 2; } await closePools();`;
      execFile(process.execPath, ["--input-type=module", "-e", code, ...args], (error, stdout) =>
        resolve({ code: Number(error?.code ?? 0), out: stdout }),
      );
    });

  it("says that the history is whole, what is wrong with it, and whose head it is", async () => {
    await sealAll();
    const { mkdtemp, writeFile } = await import("node:fs/promises");
    const { generateKeyPairSync } = await import("node:crypto");
    const folder = await mkdtemp("/tmp/kept-head-");
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    await writeFile(`${folder}/private.pem`, privateKey.export({ type: "pkcs8", format: "pem" }));
    await writeFile(`${folder}/public.pem`, publicKey.export({ type: "spki", format: "pem" }));
    await writeFile(
      `${folder}/other.pem`,
      generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }),
    );
    const head = await run("head", "--sign", `${folder}/private.pem`);
    expect(head.code).toBe(0);
    await writeFile(`${folder}/head.json`, head.out);
    const asked = ["verify", "--head", `${folder}/head.json`, "--key"];
    expect(await run(...asked, `${folder}/public.pem`)).toMatchObject({
      code: 0,
      out: expect.stringContaining("is whole"),
    });
    expect(await run(...asked, `${folder}/other.pem`)).toMatchObject({
      code: 2,
      out: expect.stringContaining("not signed"),
    });
    await writeFile(`${folder}/head.json`, head.out.replace(/"position":\d+/, '"position":1'));
    expect(await run(...asked, `${folder}/public.pem`)).toMatchObject({
      code: 2,
      out: expect.stringContaining("not signed"),
    });
    await owner.query(`UPDATE audit_event SET verb = 'nothing' WHERE id = ${eventAt(3)}`);
    expect(await run("verify")).toMatchObject({
      code: 1,
      out: expect.stringContaining("(place 3) is not what it was"),
    });
    expect(await run("head")).toMatchObject({ code: 2, out: expect.stringContaining("not whole") });
    expect(await run("verify", "--nonsense")).toMatchObject({ code: 2 });
  });
});
