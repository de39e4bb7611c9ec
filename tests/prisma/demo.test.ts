import { beforeAll, expect, test } from "vitest";
import { kindsOf } from "#lib/commitments/schema.ts";
import { isDay } from "#lib/dates.ts";
import { StartError } from "#lib/start/problem.ts";
import { teamToday } from "#lib/team-day.ts";
import { makeCommitment, makePeople } from "#prisma/demo/demo.ts";
import { demoPortfolio, main } from "#prisma/demo/main.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

testDatabase({ catalogue: true });

const commitments = 300;
const users = 20;
const ask = <R extends Record<string, unknown>>(text: string) => query<R>(process.env.KEPT_OWNER_URL ?? "", text);
const catalogue = () => ask("SELECT to_jsonb(c) AS row FROM commitment c WHERE portfolio_id <> 'demo' ORDER BY id");

let before: unknown;

beforeAll(async () => {
  before = await catalogue();
  await main(["--commitments", `${commitments}`, "--users", `${users}`]);
}, 60_000);

test("as many records and people as asked for, labelled as a demonstration", async () => {
  const [counted] = await ask(`SELECT
    (SELECT count(*)::int FROM commitment WHERE portfolio_id = 'demo') AS commitments,
    (SELECT count(*)::int FROM person WHERE demo) AS people,
    (SELECT count(*)::int FROM person WHERE demo AND (email NOT LIKE '%.invalid' OR password_hash IS NOT NULL)) AS real,
    (SELECT count(*)::int FROM instrument i JOIN commitment c ON c.id = i.commitment_id WHERE portfolio_id = 'demo') AS instruments,
    (SELECT count(*)::int FROM commitment WHERE portfolio_id = 'demo' AND form = 'instrument') AS written,
    (SELECT last_number FROM portfolio WHERE id = 'demo') AS "lastNumber",
    (SELECT demo FROM portfolio WHERE id = 'demo') AS demo,
    (SELECT count(*)::int FROM commitment WHERE portfolio_id = 'demo' AND reference NOT LIKE 'DEMO-%') AS unmarked,
    (SELECT count(DISTINCT number)::int FROM commitment WHERE portfolio_id = 'demo') AS numbers`);
  expect(counted).toEqual({
    commitments,
    people: users,
    real: 0,
    instruments: counted?.written,
    written: expect.any(Number),
    lastNumber: commitments,
    demo: true,
    unmarked: 0,
    numbers: commitments,
  });
  for (const name of Object.values(demoPortfolio.name)) expect(name).not.toBe("");
});

test("each record has its first deadline, its history and a citation, as a command would have left them", async () => {
  const [odd] = await ask(`SELECT
    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM audit_event a WHERE a.subject_id = c.id::text AND a.verb = 'commitment.create'))::int AS "noHistory",
    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM citation x WHERE x.commitment_id = c.id))::int AS "noCitation",
    count(*) FILTER (WHERE (deadline_phrase IS NOT NULL) <> EXISTS (SELECT FROM deadline_revision r WHERE r.commitment_id = c.id AND r.seq = 0
      AND r.edtf IS NOT DISTINCT FROM c.deadline_edtf AND r.latest IS NOT DISTINCT FROM c.deadline_latest))::int AS "otherDeadline",
    count(*) FILTER (WHERE reported_on IS DISTINCT FROM (SELECT max(as_of) FROM progress_report r WHERE r.commitment_id = c.id))::int AS "otherReport",
    count(*) FILTER (WHERE owner_text <> coalesce((SELECT fold(name) FROM person WHERE id = c.owner_id), '~'))::int AS "otherOwner"
    FROM commitment c WHERE portfolio_id = 'demo'`);
  expect(odd).toEqual({ noHistory: 0, noCitation: 0, otherDeadline: 0, otherReport: 0, otherOwner: 0 });
});

test("the names of the parties are what the trigger makes of them", async () => {
  const all = "SELECT id, party_text FROM commitment WHERE portfolio_id = 'demo' ORDER BY id";
  const loaded = await ask(all);
  await ask("UPDATE commitment SET party_text = '' WHERE portfolio_id = 'demo'");
  await ask("SELECT refresh_party_text(ARRAY(SELECT id FROM commitment WHERE portfolio_id = 'demo'))");
  expect(await ask(all)).toEqual(loaded);
});

test("every owner, status, form and language occurs", async () => {
  const [spread] =
    await ask(`SELECT count(DISTINCT owner_id)::int AS owners, count(DISTINCT completion)::int AS statuses, count(DISTINCT form)::int AS forms,
    count(DISTINCT sector_id)::int > 5 AS sectors, bool_or(owner_id IS NULL) AS unowned, bool_or(due = 'infinity') AS undated,
    bool_or(due < current_date AND rank = 0) AS overdue, bool_and(title->>'en' <> '' AND title->>'vi' <> '' AND title->>'lo' <> '') AS languages
    FROM commitment WHERE portfolio_id = 'demo'`);
  expect(spread).toEqual({
    owners: users,
    statuses: 7,
    forms: 3,
    sectors: true,
    unowned: true,
    undated: true,
    overdue: true,
    languages: true,
  });
});

test("nothing else is touched, and it is filled once", async () => {
  expect(await catalogue()).toEqual(before);
  await expect(main(["--commitments", "5"])).rejects.toThrow(StartError);
  const [{ count } = { count: 0 }] = await ask<{ count: number }>(
    "SELECT count(*)::int FROM commitment WHERE portfolio_id = 'demo'",
  );
  expect(count).toBe(commitments);
});

test.each([
  ["--commitments", "0"],
  ["--commitments", "100001"],
  ["--commitments", "many"],
  ["--users", "-1"],
  ["--users", "1.5"],
])("%s %s is refused", async (...args) => {
  await expect(main(args)).rejects.toThrow(StartError);
});

test("the same numbers give the same records, each one possible", () => {
  const parties = ["a", "b", "c"];
  const world = {
    people: makePeople(3, parties),
    sectorIds: ["x", "y"],
    partyIds: parties,
    sourceId: "s",
    today: teamToday(new Date()),
  };
  expect(makePeople(3, parties)).toEqual(world.people);
  const ids = new Set<string>();
  for (let index = 0; index < 500; index++) {
    const record = makeCommitment(index, world);
    expect(makeCommitment(index, world)).toEqual(record);
    expect(kindsOf[record.form]).toContain(record.kind);
    for (const day of [record.deadline?.earliest, record.deadline?.latest]) if (day) expect(isDay(day)).toBe(true);
    for (const report of record.reports) expect(report.on <= world.today).toBe(true);
    ids.add(record.id);
  }
  expect(ids.size).toBe(500);
});
