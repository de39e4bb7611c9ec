import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plan } from "#lib/reminders/planner.ts";
import { planPortfolio } from "#lib/reminders/planning.ts";
import { readSetting, subjectsById } from "#lib/reminders/reading.ts";
import type { Planned } from "#lib/reminders/rules.ts";
import { addActor, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { anyRule, anySubject, anyWindow, chance } from "#tests/lib/reminders/generate.ts";
import { enterRule } from "#tests/lib/reminders/rules.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.KEPT_OWNER_URL });
  await owner.connect();
});
afterAll(() => owner.end());

const run = (text: string, values: unknown[] = []) => owner.query(text, values);

const sorted = (planned: readonly Planned[]) =>
  planned.map((one) => JSON.stringify(one, Object.keys(one).sort().concat(Object.keys(one.about)))).sort();

test("reading only what the window can concern leaves nothing out", async () => {
  const c = chance(20261121);
  await makeRegister();
  const people = [await addActor("editor"), await addActor("manager", "laos"), await addActor("viewer")].map(
    ({ id }) => id,
  );
  const [anyone] = people;
  await run(
    `INSERT INTO reminder_preference (person_id, time_zone, hour, days, countries, frequency, weekday, mail, in_app, lead_days, own_lead_days)
      VALUES ($1, 'Europe/Berlin', 2, '{1,2,3,4,5}', '{VN}', 'daily', 1, true, true, '{45,2}', true),
        ($2, 'Pacific/Chatham', 3, '{3}', '{}', 'weekly', 3, true, false, '{}', false)`,
    [people[0], people[2]],
  );
  await run(
    `INSERT INTO holiday (country, day, name) SELECT 'VN', d::date, '{}' FROM generate_series('2027-02-01'::date, '2027-02-12', '1 day') d`,
  );
  await run(
    `WITH v AS (INSERT INTO saved_view (id, portfolio_id, owner_id, name, query) VALUES (gen_random_uuid(), $2, $1, 'Trade', 'sector=trade') RETURNING id)
      INSERT INTO watch (id, person_id, view_id) SELECT gen_random_uuid(), $1, id FROM v`,
    [anyone, portfolioId],
  );
  for (let number = 1; number <= 250; number++) await enter(number);

  const ids = (await everything<{ id: string }[]>`SELECT id FROM commitment`).map(({ id }) => id);
  let reminders = 0;
  for (let round = 0; round < 40; round++) {
    await run("DELETE FROM reminder_rule");
    for (let rule = 0; rule < 4; rule++) {
      const { id: _id, personId, escalatePersonId, ...made } = anyRule(c, "r");
      await enterRule({
        ...columnsOf(made),
        person_id: personId && anyone,
        escalate_person_id: escalatePersonId && anyone,
        query: c.of(["", "", "sector=trade", "strength=pledge,aspiration&owner=nobody"]),
      });
    }
    const window = anyWindow(c);
    const setting = await readSetting(portfolioId);
    const found: Planned[] = [];
    for await (const batch of planPortfolio(portfolioId, window)) found.push(...batch);
    const wanted = plan(setting, await subjectsById(setting, ids, window.at), window);
    expect(sorted(found), `round ${round}`).toEqual(sorted(wanted));
    reminders += wanted.length;
  }
  expect(reminders).toBeGreaterThan(1500);

  async function enter(number: number) {
    const id = randomUUID();
    const subject = anySubject(c, { rules: [], people: [], mutes: [], holidays: {} }, anyWindow(c), id);
    const owner = c.of([null, ...people]);
    await run(
      `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales, owner_id,
          completion, deadline_edtf, deadline_latest, reported_on, created_at)
        VALUES ($1, $2, $3, $4, 'pledge', 'project', $5, $6, '{"en": "x"}', '{"en": "x"}', '{}', $7, $8, $9, $10, $11, $12)`,
      [
        ...[
          id,
          portfolioId,
          number,
          `TST-${number}`,
          c.of(["obligation", "pledge", "pledge", "aspiration", "description"]),
        ],
        ...[c.of(["health", "trade"]), owner, subject.open ? "limited" : c.of(["complete", "withdrawn"])],
        ...[
          subject.deadline?.edtf ?? null,
          subject.deadline?.latest ?? null,
          c.of([null, subject.heardOn]),
          `${subject.heardOn}T20:00:00Z`,
        ],
      ],
    );
    if (subject.endsLatest)
      await run("INSERT INTO instrument (commitment_id, ends, ends_latest, notice_days) VALUES ($1, '2027', $2, $3)", [
        ...[id, subject.endsLatest, subject.noticeDays],
      ]);
    for (const [position, { latest }] of subject.milestones.entries())
      await run(
        "INSERT INTO milestone (id, commitment_id, position, title, latest, done_on) VALUES (gen_random_uuid(), $1, $2, '{}', $3, $4)",
        [id, position, latest, c.of([null, null, "2026-01-01"])],
      );
    if (c.is(0.3))
      await run("INSERT INTO commitment_party (commitment_id, party_id, role) VALUES ($1, 'laos', 'lead')", [id]);
    if (c.is(0.2))
      await run("INSERT INTO watch (id, person_id, commitment_id) VALUES (gen_random_uuid(), $1, $2)", [
        c.of(people),
        id,
      ]);
    if (c.is(0.2))
      await run("INSERT INTO mute (person_id, commitment_id, until) VALUES ($1, $2, $3)", [
        ...[c.of(people), id, c.of([null, subject.heardOn])],
      ]);
  }
}, 120_000);

/** A rule's fields as the columns of its table. */
function columnsOf(rule: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(rule).map(([field, value]) => [
      field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
