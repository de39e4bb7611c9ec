import { z } from "zod";
import { parseListing } from "#lib/commitments/filters.ts";
import { isDay } from "#lib/dates.ts";
import { key, line, once, texts, uuid } from "#lib/text.ts";
import { viewQuery } from "#lib/views/schema.ts";
import { DayCount, Recipient, ReminderDate } from "#prisma/generated/enums.ts";
import { holidayCountries } from "./countries.ts";

/** What a rule and a public holiday may say. Issues are message keys. */

const choice = "errors.choice";
const longest = 3660;

const recipients = Object.values(Recipient);

const days = (least: number) =>
  z.int({ error: "reminders.errors.days" }).min(least, "reminders.errors.days").max(longest, "reminders.errors.days");

/**
 * Which records, as the register's address has it. The whole address may be pasted, and only its filters count: order and
 * columns are nothing to a rule. "Mine" would be nobody's here.
 */
export const ruleQuery = line(4000)
  .transform((text) => text.slice(text.indexOf("?") + 1).replace(/#.*$/, ""))
  .refine((text) => parseListing(new URLSearchParams(text)).refused.length === 0, "reminders.errors.query")
  .refine((text) => !filtersOf(text).owner.includes("me"), "reminders.errors.mine")
  .transform((text) => {
    const params = new URLSearchParams(viewQuery(text));
    params.delete("sort");
    params.delete("columns");
    return params.toString().replaceAll("%2C", ",");
  });

const filtersOf = (text: string) => parseListing(new URLSearchParams(text)).listing.filters;

const whom = z
  .array(z.enum(Recipient, { error: choice }), { error: choice })
  .max(recipients.length, choice)
  .refine(once, "errors.twice")
  .transform((chosen) => recipients.filter((one) => chosen.includes(one)));

const ruleFields = {
  name: texts(100, line),
  query: ruleQuery,
  date: z.enum(ReminderDate, { error: choice }),
  reportEvery: days(1).nullable(),
  offsets: z
    .array(days(-longest), { error: "reminders.errors.days" })
    .max(20, "errors.tooMany")
    .transform((offsets) => [...new Set(offsets)].sort((a, b) => a - b)),
  repeatEvery: days(1).nullable(),
  counting: z.enum(DayCount, { error: choice }),
  countries: z
    .array(z.enum(holidayCountries, { error: choice }), { error: choice })
    .transform((chosen) => holidayCountries.filter((country) => chosen.includes(country))),
  recipients: whom.refine((chosen) => chosen.length > 0, "reminders.errors.nobody"),
  personId: uuid.nullable(),
  escalateAfter: days(1).nullable(),
  escalateTo: whom,
  escalatePersonId: uuid.nullable(),
};

type Fields = z.output<z.ZodObject<typeof ruleFields>>;

/** What has to fit together, each said at the field that is to be mended. */
const checks: [path: keyof Fields, error: string, fits: (rule: Fields) => boolean][] = [
  ["reportEvery", "reminders.errors.reportEvery", ({ date, reportEvery }) => date !== "report" || reportEvery !== null],
  ["offsets", "reminders.errors.offsets", ({ date, offsets }) => date === "gap" || offsets.length > 0],
  [
    "offsets",
    "reminders.errors.report",
    ({ date, offsets }) => date !== "report" || offsets.every((days) => days >= 0),
  ],
  [
    "personId",
    "reminders.errors.person",
    ({ recipients: to, personId }) => !to.includes("person") || personId !== null,
  ],
  [
    "escalateTo",
    "reminders.errors.nobody",
    ({ date, escalateAfter, escalateTo }) => date === "gap" || escalateAfter === null || escalateTo.length > 0,
  ],
  [
    "escalatePersonId",
    "reminders.errors.person",
    ({ date, escalateAfter, escalateTo, escalatePersonId }) =>
      date === "gap" || escalateAfter === null || !escalateTo.includes("person") || escalatePersonId !== null,
  ],
];

/** What a rule of its kind cannot have is left out, whatever a form still held of it. */
function settled<R extends Fields>(rule: R): R {
  const gap = rule.date === "gap";
  const escalates = rule.escalateAfter !== null && !gap;
  return {
    ...rule,
    reportEvery: rule.date === "report" ? rule.reportEvery : null,
    offsets: gap ? [] : rule.offsets,
    repeatEvery: gap ? null : rule.repeatEvery,
    personId: rule.recipients.includes("person") ? rule.personId : null,
    escalateAfter: escalates ? rule.escalateAfter : null,
    escalateTo: escalates ? rule.escalateTo : [],
    escalatePersonId: escalates && rule.escalateTo.includes("person") ? rule.escalatePersonId : null,
  };
}

const ruleOf = <S extends z.ZodRawShape>(more: S) =>
  z
    .strictObject({ ...ruleFields, ...more })
    .superRefine((rule, context) => {
      for (const [path, error, fits] of checks)
        if (!fits(rule as unknown as Fields)) context.addIssue({ code: "custom", path: [path], message: error });
    })
    .transform((rule) => settled(rule as unknown as Fields & z.output<z.ZodObject<S>>));

const version = z.int({ error: choice }).positive();

export const createRuleInput = ruleOf({ portfolioId: key });
export const updateRuleInput = ruleOf({ id: uuid, version });
/** One that the seed brings. */
export const recordRuleInput = ruleOf({ portfolioId: key, seedKey: key, position: z.int(), active: z.boolean() });
export const switchRuleInput = z.strictObject({ id: uuid, version, active: z.boolean({ error: choice }) });

const holiday = {
  country: z.enum(holidayCountries, { error: choice }),
  day: z.string({ error: "errors.date.notDay" }).refine(isDay, "errors.date.notDay"),
};

export const addHolidayInput = z.strictObject({ ...holiday, name: texts(100, line) });
export const renameHolidayInput = z.strictObject({ ...holiday, version, name: texts(100, line) });
/** `works`: it is a working day after all. */
export const strikeHolidayInput = z.strictObject({ ...holiday, version, works: z.boolean({ error: choice }) });
export const recordHolidaysInput = z.strictObject({
  holidays: z.array(z.strictObject({ ...holiday, name: texts(100, line) })).max(2000, "errors.tooMany"),
});
