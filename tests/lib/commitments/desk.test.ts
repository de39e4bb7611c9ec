import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Actor, actorOfSession, hashSecret } from "#lib/actor.ts";
import { type DeskListName, deskCap, deskRows, desksOf, listDesk, type Of } from "#lib/commitments/desk.ts";
import { isStale, rankOf, scheduleOf } from "#lib/commitments/rules.ts";
import { addDays, type Day, today as todayIn } from "#lib/dates.ts";
import { Completion, Lifecycle, type Role, Strength } from "#prisma/generated/enums.ts";
import { testDatabase } from "#tests/support/database.ts";
import { join, query } from "#tests/support/people.ts";

testDatabase();

const today: Day = "2026-11-21";
const timeZone = "Asia/Ho_Chi_Minh";

type Entered = {
  reference: string;
  number: number;
  portfolio: string;
  ownerId: string | null;
  completion: Completion;
  lifecycle: Lifecycle | null;
  strength: Strength;
  latest: Day | null;
  reportedOn: Day | null;
  createdAt: Date;
};

const people: Record<Role, string> = { viewer: "", editor: "", manager: "", admin: "" };
const actors = {} as Record<Role, Actor>;
let entered: Entered[] = [];

const owner = () => process.env.KEPT_OWNER_URL ?? "";

// The same records at every run, so that a failure can be looked into: a plain linear congruential generator.
let state = 20261121;
function draw(below: number): number {
  state = (state * 1103515245 + 12345) % 2 ** 31;
  return Math.floor((state / 2 ** 31) * below);
}
const one = <T>(all: readonly T[]): T => all[draw(all.length)] as T;

/** Many days are edges: the day itself, the last of the lead time, the sixtieth of silence, and their neighbours. */
const someDay = (edges: readonly number[]) => addDays(today, draw(3) > 0 ? one(edges) : draw(400) - 200);

function make(number: number): Entered {
  const portfolio = number % 7 === 0 ? "other" : "desk";
  return {
    reference: `${portfolio === "desk" ? "DSK" : "OTH"}-${number}`,
    number,
    portfolio,
    ownerId: one([people.editor, people.manager, people.editor, null]),
    completion: one(Object.values(Completion)),
    lifecycle: draw(3) > 0 ? null : one(Object.values(Lifecycle)),
    strength: one(Object.values(Strength)),
    latest: draw(4) === 0 ? null : someDay([-1, 0, 1, 29, 30, 31]),
    reportedOn: draw(2) === 0 ? null : someDay([-59, -60, -61, -62]),
    // In the team's zone a day is seventeen hours further: both sides of its midnight.
    createdAt: new Date(
      Date.parse(`${someDay([-59, -60, -61, -62])}T00:00:00Z`) + one([0, 61_199, 61_200, 86_399]) * 1000,
    ),
  };
}

beforeAll(async () => {
  await query(
    owner(),
    `INSERT INTO portfolio (id, name, prefix) VALUES ('desk', '{}', 'DSK'), ('other', '{}', 'OTH'), ('many', '{}', 'MNY')`,
  );
  for (const role of ["viewer", "editor", "manager", "admin"] as const) {
    const [id, secret] = [randomUUID(), randomUUID()];
    await query(owner(), "INSERT INTO person (id, email, name, admin) VALUES ($1, $2, $3, $4)", [
      id,
      `${id}@kept.example`,
      `Test ${role}`,
      role === "admin",
    ]);
    await join(owner(), id, role);
    await query(
      owner(),
      "INSERT INTO session (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')",
      [randomUUID(), hashSecret(secret), id],
    );
    const found = await actorOfSession(secret, new Date());
    if (!found) throw new Error("no session");
    people[role] = id;
    actors[role] = found.actor;
  }
  await query(owner(), "INSERT INTO sector (id, name, dac, position) VALUES ('energy', '{}', '{}', 1)");
  entered = Array.from({ length: 4000 }, (_, at) => make(at + 1));
  await query(
    owner(),
    `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales,
       owner_id, completion, lifecycle, deadline_latest, reported_on, created_at)
     SELECT gen_random_uuid(), r.portfolio, r.number, r.reference, 'pledge', 'deliverable', r.strength::"Strength", 'energy',
       jsonb_build_object('en', '', 'vi', 'Việc ' || r.number, 'lo', ''), '{}', '{}', r."ownerId", r.completion::"Completion",
       r.lifecycle::"Lifecycle", r.latest, r."reportedOn", r."createdAt"
     FROM json_to_recordset($1) AS r(reference text, number int, portfolio text, "ownerId" uuid, completion text, lifecycle text,
       strength text, latest date, "reportedOn" date, "createdAt" timestamptz)`,
    [JSON.stringify(entered)],
  );
});

/** The lists by the pure rules, over all records. */
function expected(of: Of, me: string): Partial<Record<DeskListName, Entered[]>> {
  const here = entered.filter(({ portfolio }) => portfolio === "desk");
  const mine = of === "mine" ? here.filter(({ ownerId }) => ownerId === me) : here;
  const due = ({ latest }: Entered) => latest ?? "9999-99-99";
  const heard = ({ reportedOn, createdAt }: Entered) =>
    reportedOn ? Date.parse(`${reportedOn}T00:00:00Z`) : createdAt.getTime();
  const byDue = (a: Entered, b: Entered) => due(a).localeCompare(due(b)) || a.number - b.number;
  return {
    overdue: mine.filter((each) => scheduleOf(each, today) === "overdue").sort(byDue),
    dueSoon: mine.filter((each) => scheduleOf(each, today) === "due_soon").sort(byDue),
    stale: mine
      .filter((each) => isStale({ ...each, createdOn: todayIn(each.createdAt, timeZone) }, today))
      .sort((a, b) => heard(a) - heard(b) || a.number - b.number),
    unowned: here.filter((each) => each.ownerId === null && rankOf(each) === 0).sort(byDue),
    ...(of === "all"
      ? { undated: mine.filter((each) => scheduleOf(each, today) === "undated").sort((a, b) => a.number - b.number) }
      : { owned: [...mine].sort((a, b) => rankOf(a) - rankOf(b) || byDue(a, b)) }),
  };
}

const desk = (actor: Actor, of: Of, portfolio = "desk") =>
  listDesk(actor, portfolio, { of, locale: "en", today, timeZone });

describe("the lists of a desk", () => {
  test.each([
    ["editor", "mine"],
    ["manager", "mine"],
    ["manager", "all"],
    ["admin", "mine"],
    ["admin", "all"],
    ["viewer", "all"],
  ] as const)("of %s, %s, are those of the rules", async (role, of) => {
    const lists = await desk(actors[role], of);
    const rules = expected(of, people[role]);
    expect(lists.map(({ name }) => name)).toEqual(Object.keys(rules));
    for (const { name, rows, total, more } of lists) {
      const all = rules[name] ?? [];
      expect([name, total, more]).toEqual([name, Math.min(all.length, deskCap), all.length > deskCap]);
      expect(rows.map(({ reference }) => reference)).toEqual(all.slice(0, deskRows).map(({ reference }) => reference));
    }
  });

  test("are not empty in this test, and more than are shown", () => {
    for (const list of Object.values(expected("all", ""))) expect(list.length).toBeGreaterThan(deskRows);
  });

  test("show a title in the language there is, and say which", async () => {
    const [overdue] = await desk(actors.manager, "all");
    expect(overdue?.rows[0]).toMatchObject({ title: expect.stringMatching(/^Việc \d+$/), lang: "vi" });
  });

  test("count no further than the cap", async () => {
    await query(
      owner(),
      `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales)
       SELECT gen_random_uuid(), 'many', n, 'MNY-' || n, 'pledge', 'deliverable', 'pledge', 'energy', '{"en": "x"}', '{}', '{}'
       FROM generate_series(1, ${deskCap} + 1) n`,
    );
    const lists = await desk(actors.viewer, "all", "many");
    expect(lists.map(({ name, total, more }) => [name, total, more])).toEqual([
      ["overdue", 0, false],
      ["dueSoon", 0, false],
      ["stale", 0, false],
      ["unowned", deskCap, true],
      ["undated", deskCap, true],
    ]);
    await query(owner(), "DELETE FROM commitment WHERE reference = 'MNY-1'");
    const exact = await desk(actors.viewer, "all", "many");
    expect(exact.find(({ name }) => name === "undated")).toMatchObject({ total: deskCap, more: false });
  });
});

describe("whose desk", () => {
  test("editors have their own, those who look after the register also all, and viewers only all", () => {
    const desks = Object.fromEntries(Object.entries(actors).map(([role, actor]) => [role, desksOf(actor, "desk")]));
    expect(desks).toEqual({ viewer: ["all"], editor: ["mine"], manager: ["mine", "all"], admin: ["mine", "all"] });
  });

  test("an editor who asks for everybody's gets their own", async () => {
    expect(await desk(actors.editor, "all")).toEqual(await desk(actors.editor, "mine"));
  });

  test("a viewer who asks for their own gets everybody's", async () => {
    expect(await desk(actors.viewer, "mine")).toEqual(await desk(actors.viewer, "all"));
  });

  test("nothing of another portfolio", async () => {
    const lists = await desk(actors.manager, "all");
    expect(lists.flatMap(({ rows }) => rows).every(({ reference }) => reference.startsWith("DSK-"))).toBe(true);
    expect((await desk(actors.manager, "all", "nowhere")).every(({ total }) => total === 0)).toBe(true);
  });
});

test("what one owns is there to the last, also what is closed, and leads to the register's own list", async () => {
  const owned = (await desk(actors.editor, "mine")).at(-1);
  expect(owned).toMatchObject({ name: "owned", filters: { owner: ["me"] } });
  expect((await desk(actors.admin, "mine")).at(-1)).toMatchObject({ name: "owned", total: 0, rows: [] });
});

test("every list but the silent one has the filters that make it", async () => {
  const { parseListing, listingQuery, defaultColumns } = await import("#lib/commitments/filters.ts");
  const { listCommitments } = await import("#lib/commitments/queries.ts");
  for (const of of ["mine", "all"] as const) {
    for (const { name, filters, total, rows } of await desk(actors.manager, of)) {
      if (!filters) {
        expect(name).toBe("stale");
        continue;
      }
      const sort = name === "undated" ? "reference" : "schedule";
      const whole = { filters, sort, descending: false, after: null, before: null, columns: defaultColumns } as const;
      const { listing, refused } = parseListing(new URLSearchParams(listingQuery(whole)));
      expect([refused, listing.filters]).toEqual([[], filters]);
      const page = await listCommitments(actors.manager, "desk", listing, { locale: "en", today, limit: deskRows });
      expect([page.total, page.rows.map(({ id }) => id)]).toEqual([total, rows.map(({ id }) => id)]);
    }
  }
});
