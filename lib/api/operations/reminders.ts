import { z } from "zod";
import * as commands from "#lib/reminders/commands.ts";
import * as holidays from "#lib/reminders/holidays.ts";
import { countMatches, getRule, listRules } from "#lib/reminders/queries.ts";
import { ruleQuery } from "#lib/reminders/schema.ts";
import { DayCount, Recipient, ReminderDate } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** The rules by which people are reminded, and the public holidays that they know. */

const { texts, day } = shapes;
const version = z.int().positive();

const rule = z.strictObject({
  id: z.uuid(),
  name: texts,
  active: z.boolean(),
  query: z.string(),
  date: z.enum(ReminderDate),
  reportEvery: z.int().nullable(),
  offsets: z.array(z.int()),
  repeatEvery: z.int().nullable(),
  counting: z.enum(DayCount),
  countries: z.array(z.string()),
  recipients: z.array(z.enum(Recipient)),
  personId: z.uuid().nullable(),
  escalateAfter: z.int().nullable(),
  escalateTo: z.array(z.enum(Recipient)),
  escalatePersonId: z.uuid().nullable(),
  version,
  person: z.string().nullable(),
  escalatePerson: z.string().nullable(),
});

const holiday = z.strictObject({ country: z.string(), day, name: texts, works: z.boolean(), version });

const inPortfolio = { portfolio: portfolioParameter };

const year = z
  .string({ error: "errors.number" })
  .regex(/^(19|20|21)\d\d$/, "errors.number")
  .transform(Number);

export const reminders: Record<string, Operation> = {
  "rules.list": {
    method: "GET",
    path: "/rules",
    least: "viewer",
    query: inPortfolio,
    output: shapes.whole(rule),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && { data: await listRules(call.actor, portfolio.id) };
    },
  },
  "rules.matches": {
    method: "GET",
    path: "/rules/matches",
    least: "viewer",
    query: { ...inPortfolio, query: ruleQuery.optional() },
    output: z.strictObject({ total: z.int(), open: z.int(), more: z.boolean() }),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      const { query = "" } = call.query as { query?: string };
      return portfolio && (await countMatches(call.actor, portfolio.id, query, call.today));
    },
  },
  "rules.get": {
    method: "GET",
    path: "/rules/{id}",
    least: "viewer",
    query: inPortfolio,
    output: rule,
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && (await getRule(call.actor, portfolio.id, String(call.params.id)));
    },
  },
  "rules.create": {
    method: "POST",
    path: "/rules",
    least: "manager",
    command: commands.createRule,
    output: shapes.edited,
    creates: "/rules",
  },
  "rules.edit": {
    method: "PUT",
    path: "/rules/{id}",
    least: "manager",
    command: commands.updateRule,
    output: shapes.edited,
  },
  "rules.switch": {
    method: "PUT",
    path: "/rules/{id}/active",
    least: "manager",
    command: commands.switchRule,
    output: shapes.edited,
  },
  "holidays.list": {
    method: "GET",
    path: "/holidays",
    least: "viewer",
    query: { year },
    output: shapes.whole(holiday),
    give: async ({ actor, query }) => ({ data: await holidays.listHolidays(actor, Number(query.year)) }),
  },
  "holidays.create": {
    method: "POST",
    path: "/holidays",
    least: "manager",
    command: holidays.addHoliday,
    output: z.strictObject({ version }),
  },
  "holidays.rename": {
    method: "PUT",
    path: "/holidays/{country}/{day}/name",
    least: "manager",
    command: holidays.renameHoliday,
    output: z.strictObject({ version }),
  },
  "holidays.strike": {
    method: "PUT",
    path: "/holidays/{country}/{day}/works",
    least: "manager",
    command: holidays.strikeHoliday,
    output: z.strictObject({ version }),
  },
};
