import { readFileSync } from "node:fs";
import { z } from "zod";
import { systemActor } from "#lib/actor.ts";
import { batch } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { reading } from "#lib/db.ts";
import { isSystem } from "#lib/people/policy.ts";
import { recordRule } from "#lib/reminders/commands.ts";
import { recordHolidays } from "#lib/reminders/holidays.ts";
import { teamToday } from "#lib/team-day.ts";
import { holidaysOf, type SeededHoliday, yearsOf } from "#prisma/seed/holidays.ts";

/** The rules that a register starts with, and public holidays. */

const rules = z
  .array(z.looseObject({ key: z.string(), date: z.string() }))
  .parse(JSON.parse(readFileSync(new URL("rules.json", import.meta.url), "utf8")));

type Missing = { rules: { portfolioId: string; key: string; active: boolean }[]; holidays: SeededHoliday[] };

/**
 * Enters what is missing, all or nothing: the rules of the catalogue's portfolio, switched on; those of a demonstration,
 * switched off, because nobody owes anything of it; and whole years of holidays, so that what people did to a year stays.
 */
export async function seedReminders(portfolioId: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const missing = await findMissing(portfolioId);
    if (missing.rules.length === 0 && missing.holidays.length === 0) return;
    try {
      await enter(missing);
      return;
    } catch (error) {
      // Another start did the same at the same moment: look again.
      if (attempt === 3 || (error as { code?: string }).code !== "P2002") throw error;
    }
  }
}

async function findMissing(portfolioId: string): Promise<Missing> {
  const rows = await reading(systemActor("seed"))<{ id: string; demo: boolean; keys: string[]; years: string[] }[]>`
    SELECT p.id, p.demo, array(SELECT r.seed_key FROM reminder_rule r WHERE r.portfolio_id = p.id AND r.seed_key IS NOT NULL) AS keys,
      array(SELECT DISTINCT country || extract(year FROM day) FROM holiday) AS years
    FROM portfolio p WHERE p.id = ${portfolioId} OR p.demo`;
  const known = new Set(rows[0]?.years);
  const holidays = await Promise.all(
    (["VN", "LA"] as const).map((country) => {
      const years = yearsOf(country, teamToday(new Date())).filter((year) => !known.has(`${country}${year}`));
      return years.length > 0 ? holidaysOf(country, years) : [];
    }),
  );
  return {
    rules: rows.flatMap(({ id, demo, keys }) =>
      rules.filter(({ key }) => !keys.includes(key)).map(({ key }) => ({ portfolioId: id, key, active: !demo })),
    ),
    holidays: holidays.flat(),
  };
}

async function enter(missing: Missing): Promise<void> {
  const run = command({
    verb: "reminders.seed",
    input: z.strictObject({}),
    load: async () => missing,
    allow: isSystem,
    run: async (context, { holidays }) => {
      const together = batch(context);
      for (const { portfolioId, key, active } of missing.rules) {
        const position = rules.findIndex((rule) => rule.key === key) + 1;
        const { key: seedKey, ...rule } = rules[position - 1] ?? { key };
        await recordRule.within(together, { ...unsaid, ...rule, portfolioId, seedKey, position, active });
      }
      if (holidays.length > 0) await recordHolidays.within(together, { holidays });
      return { changed: [], result: null };
    },
  });
  await run(systemActor("seed"), {});
}

/** What a rule of rules.json need not say. */
const unsaid = {
  query: "",
  reportEvery: null,
  repeatEvery: null,
  counting: "calendar",
  countries: ["VN"],
  personId: null,
  escalateAfter: null,
  escalateTo: [],
  escalatePersonId: null,
};
