import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTheDoor, elsewhere } from "#tests/support/action-table.ts";
import { type BuiltAction, builtActions, builtRoutes, callAction, postAction } from "#tests/support/actions.ts";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { addPortfolio, query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { type Role, register, roles, routes } from "#tests/support/routes.ts";
import { aLetter, aReport, aTask } from "#tests/support/things.ts";

/**
 * Who may do what, asked of the running app: every route and every server action that the build contains, with every
 * role, on one's own records, on others' and on nobody's. What the build contains and no table here names fails.
 */

const records = ["own", "other", "nobodys"] as const;
type Whose = (typeof records)[number];

let app: RunningApp;
let people: Record<Role, SignedIn>;
/** Members of another register alone. */
let strangers: Record<Stranger, SignedIn>;
const strange = ["viewer", "editor", "manager"] as const;
type Stranger = (typeof strange)[number];
const elsewhereRegister = "/another-register";
let somebodyElse: SignedIn;
let actions: BuiltAction[];
let letterId: string;
/** Of the indicator that the table names. */
let figureId: string;
let taskId: string;
let targetId: string;
let reportId: string;

beforeAll(async () => {
  app = await startApp({ worker: true });
  const entries = await Promise.all(roles.map(async (role) => [role, await signedIn(app.ownerUrl, role)] as const));
  people = Object.fromEntries(entries) as Record<Role, SignedIn>;
  await addPortfolio(app.ownerUrl, elsewhereRegister.slice(1));
  const others = strange.map(
    async (role) => [role, await signedIn(app.ownerUrl, role, { portfolios: [elsewhereRegister.slice(1)] })] as const,
  );
  strangers = Object.fromEntries(await Promise.all(others)) as Record<Stranger, SignedIn>;
  somebodyElse = await signedIn(app.ownerUrl, "editor");
  actions = await builtActions();
  letterId = await aLetter(app.ownerUrl, somebodyElse.id);
  reportId = await aReport(app.ownerUrl, somebodyElse.id);
  taskId = await aTask(app.ownerUrl, somebodyElse.id);
  [figureId, targetId] = await Promise.all([ofIndicator("observation"), ofIndicator("target")]);
});
/** How often somebody was tried at something. */
let cells = 0;
afterAll(async () => {
  console.log(`Routes and actions: ${cells} cells`);
  await app?.stop();
});

/** What has got past Next's guards elsewhere. */
const tricks: Record<string, string>[] = [
  { "x-middleware-subrequest": "middleware:middleware:middleware" },
  { rsc: "1" },
  { "next-router-prefetch": "1", rsc: "1" },
];

describe("routes", () => {
  test("every route of the build is in the table", async () => {
    const own = (await builtRoutes()).filter((route) => !route.startsWith("/_"));
    expect(own).toEqual(Object.keys(routes).sort());
  });

  for (const [route, { path, anonymous, signedIn: expected }] of Object.entries(routes)) {
    test(`${route}, not signed in`, async () => {
      expect(await statusOf(path)).toBe(anonymous);
      // What has got past Next's guards elsewhere gets nobody past ours.
      for (const headers of [...tricks, { cookie: "kept=forged" }]) {
        const status = await statusOf(path, headers);
        // Next sends requests for its own wire format to an address of theirs first.
        expect([anonymous, 307], JSON.stringify(headers)).toContain(status);
      }
    });
    for (const role of roles) {
      test(`${route}, ${role}`, async () => {
        expect(await statusOf(path, { cookie: people[role].cookie })).toBe(expected[role]);
      });
    }
  }
});

describe("who is a member of another register alone", () => {
  // Words, and what somebody asked for themselves: the same in every register, and nothing of any.
  const ofNone = ["/[portfolio]/register/words", "/[portfolio]/tasks/live"];
  const ofRegister = Object.entries(routes).filter(
    ([route]) => route.startsWith("/[portfolio]") && !ofNone.includes(route),
  );

  for (const [route, { path, signedIn: expected }] of ofRegister) {
    // What answers to POST alone says so to everybody.
    const nothing = expected.viewer === 405 ? 405 : 404;
    for (const role of strange) {
      test(`${route}, ${role} elsewhere`, async () => {
        const { cookie } = strangers[role];
        for (const headers of [{}, ...tricks])
          expect([nothing, 307], JSON.stringify(headers)).toContain(await statusOf(path, { cookie, ...headers }));
        expect(await statusOf(path, { cookie })).toBe(nothing);
        // By an address of their own register they reach nothing of this one.
        if (/\[(id|key|reference)\]/.test(route)) {
          const status = await statusOf(path.replace(register, elsewhereRegister), { cookie });
          // Parties and places are shared; to the others a page says that it is not for them, whatever it is asked for.
          const mayAnswer = role !== "manager" || /parties|places/.test(route);
          expect(mayAnswer ? [404, 403, 200] : [404]).toContain(status);
        }
      });
    }
  }

  test("is told nothing of a record by its live address, nor by its id", async () => {
    for (const role of strange) expect(await statusOf("/api/live/:id", { cookie: strangers[role].cookie })).toBe(404);
  });
});

describe("pages for administrators", () => {
  test("letters and the worker tell others nothing", async () => {
    for (const role of roles) {
      for (const path of ["/letters", `/letters/${letterId}`, `/letters/${letterId}/html`, "/worker"]) {
        const response = await fetch(app.url + path, { headers: { cookie: people[role].cookie } });
        const shows = /Its text|A letter|Plan reminders/.test(await response.text());
        expect(shows, `${path}, ${role}`).toBe(role === "admin");
      }
    }
  });

  test("the form of a rule is for those who may change it", async () => {
    for (const role of roles) {
      const response = await fetch(`${app.url}${register}/reminders/new`, { headers: { cookie: people[role].cookie } });
      expect(/name="before"/.test(await response.text()), role).toBe(role === "manager" || role === "admin");
    }
  });

  for (const path of ["/people", "/people/:person", "/people/new"]) {
    test(`${path} tells others nothing`, async () => {
      for (const role of roles) {
        const response = await fetch(`${app.url}${path.replace(":person", somebodyElse.id)}`, {
          headers: { cookie: people[role].cookie },
        });
        const text = await response.text();
        const shows =
          path === "/people/new" ? /name="email"/.test(text) : text.includes(`${somebodyElse.id}@kept.example`);
        expect(shows, role).toBe(role === "admin");
      }
    });
  }
});

async function ofIndicator(table: "observation" | "target"): Promise<string> {
  const [row] = await query<{ id: string }>(
    app.ownerUrl,
    `SELECT x.id FROM ${table} x JOIN indicator i ON i.id = x.indicator_id WHERE i.key = 'bilateral-trade' LIMIT 1`,
  );
  return row?.id ?? "";
}

async function statusOf(path: string, headers: Record<string, string> = {}): Promise<number> {
  const [record] = await query<{ id: string }>(app.ownerUrl, "SELECT id FROM commitment ORDER BY number LIMIT 1");
  const [rule] = await query<{ id: string }>(app.ownerUrl, "SELECT id FROM reminder_rule ORDER BY position LIMIT 1");
  const address = path
    .replace(":id", record?.id ?? "")
    .replace(":person", somebodyElse.id)
    .replace(":letter", letterId)
    .replace(":report", reportId)
    .replace(":task", taskId)
    .replace(":rule", rule?.id ?? "")
    .replace(":figure", figureId)
    .replace(":target", targetId);
  cells++;
  const response = await fetch(`${app.url}${address}`, {
    headers: { accept: "text/html,application/json;q=0.9", ...headers },
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}

type Row = { id: string; version: number; owner_id: string | null };
type Cell = "ok" | "errors.forbidden" | "errors.takeOnly";
type Allowed = Record<Role, Record<Whose, Cell>>;

const no = { own: "errors.forbidden", other: "errors.forbidden", nobodys: "errors.forbidden" } as const;
const yes = { own: "ok", other: "ok", nobodys: "ok" } as const;
const update: Allowed = { viewer: no, editor: { ...no, own: "ok" }, manager: yes, admin: yes };
const assign: Allowed = { ...update, editor: { own: "ok", other: "errors.forbidden", nobodys: "ok" } };
const create: Allowed = { viewer: no, editor: no, manager: yes, admin: yes };
const remove: Allowed = { viewer: no, editor: no, manager: no, admin: yes };
const text = { en: "Tried", vi: "Đã thử", lo: "ລອງແລ້ວ" };

/** Every action on a commitment: what it is called with, and who may. `before` puts the record into a state that it needs. */
const onCommitments: Record<
  string,
  { args: (row: Row, who: SignedIn) => Promise<object> | object; may: Allowed; before?: string }
> = {
  reportProgress: { args: at({ completion: "limited", evidence: "reported", text: "tried" }), may: update },
  reviseDeadline: { args: at({ phrase: "by 2031", edtf: "2031", anchorId: null, reason: "tried" }), may: update },
  supersede: {
    args: async ({ id, version }) => ({ id, version, successorId: await anotherRecord(id) }),
    may: update,
    // Whoever replaces a record edits the other one, too.
    before: `WITH one AS (UPDATE commitment SET completion = 'not_reported', predecessor_id = NULL WHERE id = $1 RETURNING owner_id)
      UPDATE commitment o SET owner_id = one.owner_id, predecessor_id = NULL FROM one WHERE o.id =
        (SELECT id FROM commitment WHERE id <> $1 AND parent_id IS NULL ORDER BY number DESC LIMIT 1)`,
  },
  withdraw: { args: at({ reason: "tried" }), may: update },
  reopen: { args: at({}), may: update, before: "UPDATE commitment SET completion = 'withdrawn' WHERE id = $1" },
  editTexts: { args: at({ title: text, statement: text, draftLocales: [] }), may: update },
  classify: { args: at({ form: "pledge", kind: "project", strength: "description", sectorId: "health" }), may: update },
  setParties: { args: at({ parties: [{ partyId: "laos", role: "beneficiary" }], places: [] }), may: update },
  setMoney: { args: at({ money: [{ amount: "5", currency: "LAK", stage: "pledged" }] }), may: update },
  setMilestones: { args: at({ milestones: [{ title: text, phrase: null, edtf: "2030", doneOn: null }] }), may: update },
  editInstrument: {
    args: at({
      signed: null,
      inEffectFrom: null,
      ends: "2031",
      noticeDays: 30,
      binding: "no",
      textHeld: true,
      lifecycle: "signed",
    }),
    may: update,
    before:
      "WITH i AS (INSERT INTO instrument (commitment_id) VALUES ($1) ON CONFLICT DO NOTHING) UPDATE commitment SET form = 'instrument', kind = 'plan' WHERE id = $1",
  },
  setRelations: {
    args: async ({ id, version }) => ({ id, version, parentId: await anotherRecord(id), predecessorId: null }),
    may: update,
    before: "UPDATE commitment SET parent_id = NULL WHERE id = $1 OR parent_id = $1",
  },
  setMeetings: {
    args: async ({ id, version }) => ({
      id,
      version,
      meetings: [{ meetingId: await idIn("meeting"), relation: "planned" }],
    }),
    may: update,
    before: "DELETE FROM commitment_meeting WHERE commitment_id = $1",
  },
  setIndicators: {
    args: async ({ id, version }) => ({ id, version, indicatorIds: [await idIn("indicator")] }),
    may: update,
    before:
      "WITH t AS (DELETE FROM target WHERE commitment_id = $1) DELETE FROM commitment_indicator WHERE commitment_id = $1",
  },
  addCitation: {
    args: async ({ id, version }) => ({
      id,
      version,
      sourceId: await idIn("source"),
      paragraph: 1,
      note: null,
      supports: null,
    }),
    may: update,
  },
  removeCitation: { args: async ({ id, version }) => ({ id, version, citationId: await citationOf(id) }), may: update },
  assignOwner: {
    args: ({ id, version, owner_id }, who) => ({ id, version, ownerId: owner_id === who.id ? null : who.id }),
    may: assign,
  },
  changeMany: {
    args: ({ id, version }) => ({
      rows: [{ id, version }],
      change: { field: "completion", completion: "substantial", text: "tried" },
    }),
    may: update,
  },
  duplicateCommitment: { args: at({}), may: create },
  createCommitment: {
    args: () => ({
      portfolioId: "viet-nam-laos",
      form: "pledge",
      kind: "project",
      strength: "pledge",
      sectorId: "health",
      title: text,
      statement: text,
    }),
    may: create,
  },
  deleteCommitment: {
    args: at({}),
    may: remove,
    before:
      "UPDATE commitment SET parent_id = NULLIF(parent_id, $1), predecessor_id = NULLIF(predecessor_id, $1) WHERE parent_id = $1 OR predecessor_id = $1",
  },
};

function at(rest: object) {
  return ({ id, version }: Row) => ({ id, version, ...rest });
}

describe("actions", () => {
  test("every action of the build is in a table", () => {
    expect(actions.map(({ name }) => name).sort()).toEqual(
      [...Object.keys(onCommitments), ...elsewhere, ...atTheDoor].sort(),
    );
  });

  test("nobody gets in without signing in, or from another site", async () => {
    for (const action of actions.filter(({ name }) => !atTheDoor.includes(name))) {
      cells += 4;
      const answer = await callAction({ url: app.url, action, args: [{}] });
      expect(answer, action.name).toMatchObject({ ok: false, error: { status: 401 } });
      for (const origin of ["https://elsewhere.example", "null", ""]) {
        const response = await postAction({
          url: app.url,
          cookie: people.admin.cookie,
          action,
          args: [{}],
          headers: { origin },
        });
        expect(response.status, `${action.name} from ${origin || "nowhere"}`).toBe(403);
      }
    }
  });

  for (const [name, { args, may, before }] of Object.entries(onCommitments)) {
    for (const role of strange) {
      test(`${name}, ${role} elsewhere: not there`, async () => {
        for (const whose of records) {
          const row = await recordOf(whose, strangers[role], before);
          const untouched = await stateOf(row.id);
          const answer = await tried(name, strangers[role], await args(row, strangers[role]));
          const hidden = ["errors.notFound", "errors.forbidden"];
          expect(answer.ok ? "ok" : answer.error.key, JSON.stringify(answer)).toBeOneOf(
            role === "manager" ? hidden.slice(0, 1) : hidden,
          );
          expect(await stateOf(row.id)).toEqual(untouched);
        }
      });
    }
    for (const role of roles) {
      test(`${name}, ${role}`, async () => {
        for (const whose of records) {
          const row = await recordOf(whose, people[role], before);
          const untouched = await stateOf(row.id);
          const answer = await tried(name, people[role], await args(row, people[role]));
          expect(answer.ok ? "ok" : answer.error.key, `${whose}: ${JSON.stringify(answer)}`).toBe(may[role][whose]);
          if (!answer.ok) expect(await stateOf(row.id)).toEqual(untouched);
        }
      });
    }
  }
});

/** Calls an action with one argument as somebody. */
async function tried(name: string, { cookie }: SignedIn, input: object) {
  cells++;
  const action = actions.find((each) => each.name === name);
  if (!action) throw new Error(`the build has no action ${name}`);
  return await callAction({ url: app.url, cookie, action, args: [input] });
}

let taken = 0;

/** A record that nobody has used in these tests, owned as asked for. */
async function recordOf(whose: Whose, who: SignedIn, before?: string): Promise<Row> {
  const owner = { own: who.id, other: somebodyElse.id, nobodys: null }[whose];
  const [row] = await query<Row>(
    app.ownerUrl,
    `UPDATE commitment SET owner_id = $1, completion = 'not_reported' WHERE id = (
       SELECT id FROM commitment c WHERE EXISTS (SELECT FROM citation x WHERE x.commitment_id = c.id) ORDER BY number OFFSET $2 LIMIT 1) RETURNING id, version, owner_id`,
    [owner, taken++ % 100],
  );
  if (!row) throw new Error("there is no record left");
  if (before) await query(app.ownerUrl, before, [row.id]);
  return row;
}

const stateOf = (id: string) =>
  query(
    app.ownerUrl,
    "SELECT c.*, (SELECT count(*) FROM audit_event) AS events, (SELECT count(*) FROM commitment) AS records FROM commitment c WHERE id = $1",
    [id],
  );
const anotherRecord = async (id: string) =>
  (
    await query<{ id: string }>(
      app.ownerUrl,
      "SELECT id FROM commitment WHERE id <> $1 AND parent_id IS NULL ORDER BY number DESC LIMIT 1",
      [id],
    )
  )[0]?.id;
const idIn = async (table: "source" | "meeting" | "indicator") =>
  (await query<{ id: string }>(app.ownerUrl, `SELECT id FROM ${table} ORDER BY key LIMIT 1`))[0]?.id;
const citationOf = async (id: string) =>
  (await query<{ id: string }>(app.ownerUrl, "SELECT id FROM citation WHERE commitment_id = $1 LIMIT 1", [id]))[0]?.id;
