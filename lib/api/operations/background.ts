import { z } from "zod";
import { fileAnswer } from "#lib/file-answer.ts";
import { fileStream } from "#lib/file-stream.ts";
import { deleteTemplate, renameTemplate, saveTemplate } from "#lib/reports/own.ts";
import { listTemplates } from "#lib/reports/own-list.ts";
import * as schedules from "#lib/reports/schedules/commands.ts";
import { getSchedule, listSchedules } from "#lib/reports/schedules/queries.ts";
import { askFor, cancelTask } from "#lib/tasks/commands.ts";
import { findTaskFile, listTasks, readTaskFile } from "#lib/tasks/queries.ts";
import { ReportEvery, TaskKind, TaskState } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";
import { portfolioOf } from "./views.ts";

/** What is made without anybody waiting for it: long work, reports on a schedule, and the templates that they are made of. */

const { texts, instant } = shapes;
const version = z.int().positive();
const inPortfolio = { portfolio: portfolioParameter };
const open = z.record(z.string(), z.unknown());

const task = z.strictObject({
  id: z.uuid(),
  portfolio: z.strictObject({ id: z.string(), name: texts }),
  kind: z.enum(TaskKind),
  input: open,
  state: z.enum(TaskState),
  done: z.int(),
  total: z.int(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  keptUntil: instant.nullable(),
  error: z.string().nullable(),
  file: z.strictObject({ name: z.string(), bytes: z.int() }).nullable(),
});

const schedule = z.strictObject({
  id: z.uuid(),
  portfolioId: z.string(),
  name: z.string(),
  owner: z.string(),
  request: open,
  formats: z.array(z.string()),
  every: z.enum(ReportEvery),
  weekday: z.int().nullable(),
  monthDay: z.int().nullable(),
  daysBefore: z.int().nullable(),
  hour: z.int(),
  people: z.array(z.strictObject({ id: z.uuid(), name: z.string(), disabled: z.boolean() })),
  addresses: z.array(z.string()),
  active: z.boolean(),
  madeUntil: instant,
  error: z.string().nullable(),
  last: z.strictObject({ id: z.uuid(), title: z.string(), at: z.string() }).nullable(),
  version,
});

const template = z.strictObject({ id: z.uuid(), name: z.string(), version, owner: z.string(), request: open });

const tasks: Record<string, Operation> = {
  "tasks.list": {
    method: "GET",
    path: "/tasks",
    least: "viewer",
    output: shapes.whole(task),
    give: async ({ actor }) => ({ data: await listTasks(actor) }),
  },
  "tasks.get": {
    method: "GET",
    path: "/tasks/{id}",
    least: "viewer",
    output: task,
    give: async ({ actor, params }) => (await listTasks(actor)).find(({ id }) => id === params.id) ?? null,
  },
  "tasks.create": {
    method: "POST",
    path: "/tasks",
    least: "viewer",
    command: askFor,
    output: z.strictObject({ id: z.uuid() }),
    creates: "/tasks",
  },
  "tasks.cancel": { method: "DELETE", path: "/tasks/{id}", least: "viewer", command: cancelTask, output: null },
  "tasks.file": {
    method: "GET",
    path: "/tasks/{id}/file",
    least: "viewer",
    query: inPortfolio,
    // Of whichever kind the work is of.
    media: ["application/octet-stream"],
    fetch: async (call) => {
      const portfolio = await portfolioOf(call);
      const file = portfolio && (await findTaskFile(call.actor, portfolio.id, String(call.params.id)));
      if (!file) return null;
      const body = await fileStream(readTaskFile(call.actor, file), call.request);
      return fileAnswer(body, { type: "application/octet-stream", name: file.name });
    },
  },
};

export const background: Record<string, Operation> = {
  ...tasks,
  "schedules.list": {
    method: "GET",
    path: "/schedules",
    least: "manager",
    query: inPortfolio,
    output: shapes.whole(schedule),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && { data: await listSchedules(call.actor, portfolio.id) };
    },
  },
  "schedules.get": {
    method: "GET",
    path: "/schedules/{id}",
    least: "manager",
    query: inPortfolio,
    output: schedule,
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && (await getSchedule(call.actor, portfolio.id, String(call.params.id)));
    },
  },
  "schedules.create": {
    method: "POST",
    path: "/schedules",
    least: "manager",
    command: schedules.createSchedule,
    output: shapes.edited,
    creates: "/schedules",
  },
  "schedules.edit": {
    method: "PUT",
    path: "/schedules/{id}",
    least: "manager",
    command: schedules.updateSchedule,
    output: shapes.edited,
  },
  "schedules.switch": {
    method: "PUT",
    path: "/schedules/{id}/active",
    least: "manager",
    command: schedules.switchSchedule,
    output: shapes.edited,
  },
  "templates.list": {
    method: "GET",
    path: "/templates",
    least: "viewer",
    query: inPortfolio,
    output: shapes.whole(template),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && { data: await listTemplates(call.actor, portfolio.id) };
    },
  },
  "templates.create": {
    method: "POST",
    path: "/templates",
    least: "manager",
    command: saveTemplate,
    output: shapes.edited,
    creates: "/templates",
  },
  "templates.rename": {
    method: "PUT",
    path: "/templates/{id}",
    least: "manager",
    command: renameTemplate,
    output: shapes.edited,
  },
  "templates.delete": {
    method: "DELETE",
    path: "/templates/{id}",
    least: "manager",
    command: deleteTemplate,
    output: z.strictObject({ id: z.uuid() }),
  },
};
