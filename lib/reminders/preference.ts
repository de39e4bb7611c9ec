import { z } from "zod";
import { locales } from "#lib/i18n/locales.ts";
import { once } from "#lib/text.ts";
import { holidayCountries } from "./countries.ts";

/** How a person wants to be reminded: one shape for the form and the server. Issues are message keys. */

const frequencies = ["immediately", "daily", "weekly"] as const;

/** A time zone by its IANA name. Offsets ("+07:00") know nothing of daylight saving, and PostgreSQL reads them backwards. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z][\w+/-]{0,60}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

const choice = "errors.choice";
const number = (least: number, most: number, error: string) => z.int({ error }).min(least, error).max(most, error);

/** Days before a deadline or milestone, the longest first; 0 is the day itself. */
const leadDays = z
  .array(number(0, 1000, "preferences.errors.leadDays"), { error: "preferences.errors.leadDays" })
  .max(10, "preferences.errors.leadDaysMany")
  .transform((days) => [...new Set(days)].sort((a, b) => b - a));

export const preferenceInput = z
  .strictObject({
    /** The version that the form showed; 0: nothing was chosen yet. */
    version: z.int({ error: choice }).min(0, choice),
    /** The person's language; null leaves it as it is. */
    locale: z.enum(locales, { error: choice }).nullable(),
    /** Null: the team's. */
    timeZone: z
      .string({ error: "preferences.errors.timeZone" })
      .refine(isTimeZone, "preferences.errors.timeZone")
      .nullable(),
    hour: number(0, 23, "preferences.errors.hour"),
    days: z
      .array(number(1, 7, choice), { error: choice })
      .min(1, "preferences.errors.days")
      .max(7, choice)
      .refine(once, "errors.twice")
      .transform((days) => [...days].sort()),
    countries: z
      .array(z.enum(holidayCountries, { error: choice }), { error: choice })
      .refine(once, "errors.twice")
      .transform((countries) => holidayCountries.filter((country) => countries.includes(country))),
    frequency: z.enum(frequencies, { error: choice }),
    weekday: number(1, 7, choice),
    mail: z.boolean({ error: choice }),
    inApp: z.boolean({ error: choice }),
    ownLeadDays: z.boolean({ error: choice }),
    leadDays,
  })
  .refine(({ ownLeadDays, leadDays }) => !ownLeadDays || leadDays.length > 0, {
    path: ["leadDays"],
    error: "preferences.errors.leadDays",
  });
