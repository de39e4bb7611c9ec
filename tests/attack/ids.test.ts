import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { hashSecret } from "#lib/actor.ts";
import { addPortfolio } from "#tests/support/people.ts";
import { inputsOf } from "./commands.ts";
import { at, fittingInput, type Known, placesIn, withAt } from "./generate.ts";
import { knownOf } from "./known.ts";
import { stateOf } from "./state.ts";
import { type Person, underAttack } from "./under-attack.ts";

/**
 * Ids of other people's things, in every place where an id goes. What stands against it: `allow` and the scope in `load` of
 * every command.
 */

const app = underAttack();

let known: Known;
let inputs: { name: string; input: z.ZodType; fitting: Record<string, unknown> }[];
let victim: Person;
/** One thing of each table that has ids: the victim's, where things are somebody's. */
let ids: string[];

beforeAll(async () => {
  victim = await app.enter("manager");
  await belongings(victim);
  // Nobody owns nothing: editors may take what is nobody's.
  await app.sql("UPDATE commitment SET owner_id = $1", [victim.id]);
  known = { ...(await knownOf(app)), version: [1] };
  const found = await inputsOf(app.actions());
  inputs = found.map((each) => ({ ...each, fitting: fittingInput(each.input, known) ?? {} }));
  ids = await idOfEachTable(victim.id);
});

/** What all registers share is kept by the managers of any. */
const shared = ["recordParty", "editParty", "recordPlace", "editPlace", "addHoliday", "renameHoliday", "strikeHoliday"];

test("a manager of another register changes nothing, by whichever id in whichever field of every action", async () => {
  await addPortfolio(app.ownerUrl(), "another-register");
  const stranger = await app.enter("manager", { portfolios: ["another-register"] });
  const before = await stateOf(app.ownerUrl(), { but: stranger.id });
  for (const { name, fitting } of inputs.filter((each) => !shared.includes(each.name))) {
    const places = placesIn(fitting).filter((place) => isId(at(fitting, place)));
    const calls = places.flatMap((place) => ids.map((id) => withAt(fitting, place, id)));
    for (const input of [fitting, ...calls]) {
      const answer = await app.post(name, [input], stranger);
      const text = await answer.text();
      expect(answer.status, name).toBeLessThan(500);
      expect(text, name).not.toMatch(/"status":500|VL-\d|Only for the victim/);
    }
  }
  expect(await stateOf(app.ownerUrl(), { but: stranger.id })).toEqual(before);
}, 240_000);

const isId = (value: unknown) => typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value);

for (const role of ["viewer", "editor"] as const) {
  test(`a ${role} changes nothing of anybody else's, by whichever id in whichever field of every action`, async () => {
    const person = await app.enter(role);
    const before = await stateOf(app.ownerUrl(), { but: person.id });
    for (const { name, fitting } of inputs) {
      const places = placesIn(fitting).filter((place) => isId(at(fitting, place)));
      // A viewer may do less than an editor: for them some of the ids are enough.
      const tried = role === "editor" ? ids : ids.slice(0, 5);
      const calls = places.flatMap((place) => tried.map((id) => withAt(fitting, place, id)));
      const answers = await Promise.all([fitting, ...calls].map((input) => app.post(name, [input], person)));
      for (const answer of answers) {
        expect(answer.status, name).toBeLessThan(500);
        expect(await answer.text(), name).not.toContain('"status":500');
      }
    }
    expect(await stateOf(app.ownerUrl(), { but: person.id })).toEqual(before);
  }, 180_000);
}

describe("what is one person's", () => {
  const things = {
    endSession: "session",
    revokeToken: "api_token",
    revokeFeed: "calendar_feed",
    renameView: "saved_view",
    deleteView: "saved_view",
  };
  for (const [name, table] of Object.entries(things)) {
    test(`is not there for another one's ${name}, not even a manager's`, async () => {
      const owner = table === "saved_view" ? "owner_id" : "person_id";
      const [row] = await app.sql<{ id: string }>(`SELECT id FROM ${table} WHERE ${owner} = $1 LIMIT 1`, [victim.id]);
      const before = await stateOf(app.ownerUrl());
      const more = name === "renameView" ? { name: "Mine", shared: true } : {};
      const target = table === "saved_view" ? { version: 1 } : {};
      const answer = await app.call(name, [{ id: row?.id, ...target, ...more }], app.people.manager);
      expect(answer).toMatchObject({ ok: false, error: { status: 404 } });
      expect(await stateOf(app.ownerUrl())).toEqual(before);
    });
  }

  test("is not shown by any address that takes an id", async () => {
    const patterns = [
      "/letters/:id",
      "/letters/:id/html",
      "/people/:id",
      "/api/live/:id",
      "/viet-nam-laos/reminders/:id",
    ];
    for (const pattern of patterns) {
      for (const id of ids) {
        const { cookie } = app.people.viewer;
        const response = await app.get(pattern.replace(":id", id), { cookie });
        expect(response.status).toBeLessThan(500);
        // A stream that is open has no end to read to; what it says are a version and a name.
        if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
          await response.body?.cancel();
          continue;
        }
        const text = await response.text();
        expect(text, pattern).not.toContain(victim.email);
        expect(text, pattern).not.toContain("Only for the victim");
      }
    }
  });
});

/** Gives somebody one of everything that people have. */
async function belongings({ id }: Person): Promise<void> {
  const [commitment] = await app.sql<{ id: string }>("SELECT id FROM commitment ORDER BY number LIMIT 1");
  await app.sql(
    "INSERT INTO saved_view (id, portfolio_id, owner_id, name, query, shared) VALUES ($1, 'viet-nam-laos', $2, 'Only for the victim', 'q=x', false)",
    [randomUUID(), id],
  );
  await app.sql(
    "INSERT INTO calendar_feed (id, token_hash, person_id, portfolio_id) VALUES ($1, $2, $3, 'viet-nam-laos')",
    [randomUUID(), hashSecret(randomUUID()), id],
  );
  await app.sql(
    `INSERT INTO letter (id, person_id, message_id, state, address, locale, subject, text, html)
      VALUES ($1, $2, '<victim@kept.example>', 'unsent', 'somebody@kept.example', 'en', 'Only for the victim', 'Only for the victim', '<p>')`,
    [randomUUID(), id],
  );
  await app.call("watchRecord", [{ commitmentId: commitment?.id }], victim);
}

/** An id of each table, and none of anybody's who tries. */
async function idOfEachTable(personId: string): Promise<string[]> {
  const tables = await app.sql<{ table: string; columns: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text) AS columns FROM information_schema.columns
      WHERE table_schema = 'public' GROUP BY 1 HAVING bool_or(column_name = 'id' AND data_type = 'uuid') ORDER BY 1`,
  );
  const found: string[] = [personId];
  for (const { table, columns } of tables) {
    const owner = columns.find((column) => column === "person_id" || column === "owner_id");
    const where = owner ? `WHERE ${owner} = '${personId}'` : "";
    const [row] = await app.sql<{ id: string }>(`SELECT id FROM "${table}" ${where} ORDER BY id LIMIT 1`);
    if (row) found.push(row.id);
  }
  return [...new Set(found)];
}
