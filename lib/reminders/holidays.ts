import type { Actor } from "#lib/actor.ts";
import { type Changes, type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import type { Day } from "#lib/dates.ts";
import { sql } from "#lib/db.ts";
import { Conflict, InvalidInput } from "#lib/errors.ts";
import { isSystem } from "#lib/people/policy.ts";
import type { Texts } from "#lib/text.ts";
import { may } from "./policy.ts";
import { addHolidayInput, recordHolidaysInput, renameHolidayInput, strikeHolidayInput } from "./schema.ts";

/**
 * Public holidays: no working days for the rules, and no days for letters for those who want it so. The seed brings them
 * (prisma/seed/holidays.ts), managers change them, and a year that is there is never entered again.
 */

export type Holiday = { country: string; day: Day; name: Texts; works: boolean; version: number };

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);

const find = ({ tx }: Context, { country, day }: { country: string; day: Day }) =>
  tx.holiday.findUnique({ where: { country_day: { country, day: asDate(day) } } });

const changeOf = ({ country, day }: { country: string; day: Day }, changes: Changes) => ({
  type: "holiday" as const,
  id: `${country}:${day}`,
  portfolioId: null,
  changes,
});

/** Adds a public holiday: one that was announced. */
export const addHoliday = command({
  verb: "holiday.add",
  input: addHolidayInput,
  load: async (context, input) => ({ there: (await find(context, input)) !== null }),
  allow: (actor) => may(actor, "edit", null),
  run: async ({ tx }, { there }, holiday) => {
    if (there) throw new InvalidInput({ day: ["reminders.errors.holidayThere"] });
    await tx.holiday.create({ data: { ...holiday, day: asDate(holiday.day) } });
    return { changed: [changeOf(holiday, changesBetween({}, holiday))], result: { version: 1 } };
  },
});

/** Gives a holiday another name. */
export const renameHoliday = command({
  verb: "holiday.rename",
  input: renameHolidayInput,
  load: find,
  allow: (actor) => may(actor, "edit", null),
  run: async ({ tx }, row, { country, day, version, name }) => {
    if (row.version !== version) throw new Conflict(row.version, { name: row.name });
    const changes = changesBetween({ name: row.name }, { name });
    if (Object.keys(changes).length === 0) return { changed: [], result: { version } };
    const where = { country_day: { country, day: asDate(day) } };
    await tx.holiday.update({ where, data: { name, version: { increment: 1 } } });
    return { changed: [changeOf({ country, day }, changes)], result: { version: version + 1 } };
  },
});

/** Strikes a holiday out, or has it back. It stays in the list, so that no seed enters it again. */
export const strikeHoliday = command({
  verb: "holiday.strike",
  input: strikeHolidayInput,
  load: find,
  allow: (actor) => may(actor, "edit", null),
  run: async ({ tx }, row, { country, day, version, works }) => {
    if (row.version !== version) throw new Conflict(row.version, { works: row.works });
    const changes = changesBetween({ works: row.works }, { works });
    if (Object.keys(changes).length === 0) return { changed: [], result: { version } };
    const where = { country_day: { country, day: asDate(day) } };
    await tx.holiday.update({ where, data: { works, version: { increment: 1 } } });
    return { changed: [changeOf({ country, day }, changes)], result: { version: version + 1 } };
  },
});

/** Enters holidays of the seed. What is there stays as it is. */
export const recordHolidays = command({
  verb: "holiday.record",
  input: recordHolidaysInput,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _nothing, { holidays }) => {
    const data = holidays.map((holiday) => ({ ...holiday, day: asDate(holiday.day) }));
    const { count } = await tx.holiday.createMany({ data, skipDuplicates: true });
    return { changed: [], result: { count } };
  },
});

/** The holidays of a year, by day; those that are struck out among them. Everybody may know them. */
export async function listHolidays(_actor: Actor, year: number): Promise<Holiday[]> {
  return await sql<Holiday[]>`
    SELECT country, day, name, works, version FROM holiday
    WHERE day BETWEEN ${`${year}-01-01`} AND ${`${year}-12-31`} ORDER BY day, country`;
}
