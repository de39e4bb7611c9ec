import { readFileSync } from "node:fs";
import { z } from "zod";
import { addDays, type Day, numberOf } from "#lib/dates.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";
import type { Texts } from "#lib/text.ts";

/** Public holidays as the seed knows them: holidays.json for Laos, date-holidays and holidays.json for Viet Nam. */

export type SeededHoliday = { country: "VN" | "LA"; day: Day; name: Texts };

const texts = z.strictObject({ en: z.string(), vi: z.string(), lo: z.string() });
const dated = z.array(z.tuple([z.string(), z.string(), z.literal("in lieu").optional()]));
const file = z
  .strictObject({
    names: z.record(z.string(), texts),
    inLieu: texts,
    LA: dated,
    VN: z.strictObject({ announcedUntil: z.int(), announced: dated }),
  })
  .parse(JSON.parse(readFileSync(new URL("holidays.json", import.meta.url), "utf8")));

/** The first year of the lists. The Lao one ends where holidays.json does; the other goes on for some years. */
const firstYear = 2024;

/** How many years ahead Viet Nam's are entered: enough for every lead time. */
const ahead = 4;

/** The years of a country that the seed can enter. */
export function yearsOf(country: "VN" | "LA", today: Day): number[] {
  const last = country === "VN" ? Number(today.slice(0, 4)) + ahead : Math.max(...file.LA.map(([day]) => yearOf(day)));
  return Array.from({ length: last - firstYear + 1 }, (_, at) => firstYear + at);
}

/** The holidays of some years. `date-holidays` brings the calendars of the whole world: it is loaded only here. */
export async function holidaysOf(country: "VN" | "LA", years: readonly number[]): Promise<SeededHoliday[]> {
  const found = country === "LA" ? file.LA.map(read) : await vietnamese(years);
  return found.filter(({ day }) => years.includes(yearOf(day))).map((holiday) => ({ country, ...holiday }));
}

type Named = { day: Day; name: Texts };

const yearOf = (day: Day) => Number(day.slice(0, 4));

const read = ([day, key, inLieu]: z.output<typeof dated>[number]): Named => ({ day, name: nameOf(key, inLieu) });

function nameOf(key: string, inLieu?: "in lieu"): Texts {
  const name = file.names[key];
  if (!name) throw new Error(`holidays.json has no name "${key}"`);
  if (!inLieu) return name;
  const put = (locale: keyof Texts) => file.inLieu[locale].replace("{name}", name[locale]);
  return { en: put("en"), vi: put("vi"), lo: put("lo") };
}

/** Rules of date-holidays → our names. One it has and we don't is a mistake that the tests find. */
const names: Record<string, string> = {
  "01-01": "new-year",
  "vietnamese 1-0-1": "tet",
  "1 day before vietnamese 1-0-1 P5D": "tet",
  "vietnamese 3-0-10": "hung-kings",
  "04-30": "reunification",
  "05-01": "labour",
  "09-02": "national",
};

async function vietnamese(years: readonly number[]): Promise<Named[]> {
  const { default: Calendar } = await import("date-holidays");
  const calendar = new Calendar("VN", { types: ["public"] });
  return years.flatMap((year) => {
    const days = new Map<Day, Texts>();
    for (const { date, rule, start, end } of calendar.getHolidays(year)) {
      const length = Math.round((end.getTime() - start.getTime()) / 86_400_000);
      for (let at = 0; at < length; at++) days.set(addDays(date.slice(0, 10), at), nameOf(names[rule] ?? rule));
    }
    const further =
      year <= file.VN.announcedUntil
        ? file.VN.announced.map(read).filter(({ day }) => yearOf(day) === year)
        : inLieuOf(days);
    return [...[...days].map(([day, name]) => ({ day, name })), ...further].sort((a, b) => (a.day < b.day ? -1 : 1));
  });
}

/** The Labour Code's rule for years of which nothing is announced: a holiday at a weekend is made up for on the next working day. */
function inLieuOf(days: ReadonlyMap<Day, Texts>): Named[] {
  const found = new Map<Day, Texts>();
  const keys = new Map(Object.entries(file.names).map(([key, name]) => [name, key]));
  for (const [day, name] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (weekdayOf(numberOf(day)) <= 5) continue;
    let next = addDays(day, 1);
    while (weekdayOf(numberOf(next)) > 5 || days.has(next) || found.has(next)) next = addDays(next, 1);
    found.set(next, nameOf(keys.get(name) ?? "", "in lieu"));
  }
  return [...found].map(([day, name]) => ({ day, name }));
}
