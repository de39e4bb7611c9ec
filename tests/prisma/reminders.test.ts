import { expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { updateRule } from "#lib/reminders/commands.ts";
import { renameHoliday, strikeHoliday } from "#lib/reminders/holidays.ts";
import { seedReminders } from "#prisma/seed/reminders.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase({ catalogue: true });

const portfolioId = "viet-nam-laos";
const system = systemActor("test");
const state = async () => ({
  rules: await everything`SELECT * FROM reminder_rule ORDER BY portfolio_id, position`,
  holidays: await everything`SELECT * FROM holiday ORDER BY country, day`,
});

test("the register starts with seven rules, switched on, and holidays until 2030", async () => {
  const { rules, holidays } = await state();
  expect(rules.map(({ seed_key, date, active, recipients }) => [seed_key, date, active, recipients.join()])).toEqual([
    ["deadline-ahead", "deadline", true, "owner,watchers"],
    ["deadline-passed", "deadline", true, "owner,watchers"],
    ["milestone", "milestone", true, "owner,watchers"],
    ["instrument-end", "instrument_end", true, "owner,watchers,managers"],
    ["notice", "notice", true, "owner,watchers,managers"],
    ["no-report", "report", true, "owner,watchers"],
    ["gaps", "gap", true, "managers"],
  ]);
  expect(new Set(holidays.map(({ country, day }) => `${country}${day.slice(0, 4)}`)).size).toBe(14);
});

test("seeding again changes nothing, whatever people changed since", async () => {
  const [rule] = await everything`SELECT id, version FROM reminder_rule WHERE seed_key = 'deadline-ahead'`;
  await updateRule(system, { ...(await wanted(rule?.id)), id: rule?.id, version: 1, offsets: [-14] });
  await strikeHoliday(system, { country: "VN", day: "2027-02-05", version: 1, works: true });
  await renameHoliday(system, {
    country: "LA",
    day: "2027-12-02",
    version: 1,
    name: { en: "Another", vi: "", lo: "" },
  });
  const before = await state();
  await seedReminders(portfolioId);
  expect(await state()).toEqual(before);
});

test("a demonstration gets the same rules, switched off", async () => {
  await query(
    process.env.KEPT_OWNER_URL ?? "",
    `INSERT INTO portfolio (id, name, prefix, demo) VALUES ('demo', '{"en": "Demo"}', 'DEMO', true)`,
  );
  await Promise.all([seedReminders(portfolioId), seedReminders(portfolioId)]);
  const rules = await everything`SELECT active FROM reminder_rule WHERE portfolio_id = 'demo'`;
  expect(rules).toHaveLength(7);
  expect(rules.every(({ active }) => !active)).toBe(true);
});

async function wanted(id: string) {
  const [rule] = await everything`
    SELECT name, query, date, report_every AS "reportEvery", offsets, repeat_every AS "repeatEvery", counting, countries, recipients,
      person_id AS "personId", escalate_after AS "escalateAfter", escalate_to AS "escalateTo", escalate_person_id AS "escalatePersonId"
    FROM reminder_rule WHERE id = ${id}`;
  return rule;
}
