import { z } from "zod";
import { eventFilter, searchEvents } from "#lib/audit/search.ts";
import { isDay } from "#lib/dates.ts";
import * as letterCommands from "#lib/letters/commands.ts";
import { getLetter, getQueue, listLetters, outboxFilter } from "#lib/letters/queries.ts";
import { endOtherSessions, endSession } from "#lib/people/access.ts";
import { resetFactors } from "#lib/people/factors.ts";
import { getBelongings, handOver } from "#lib/people/handing-over.ts";
import { getOwnAccount } from "#lib/people/queries.ts";
import { getSecurity, requireSecondFactor } from "#lib/people/security.ts";
import { uuid } from "#lib/text.ts";
import { LetterState, Locale, Role } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { shapes } from "../shapes.ts";

/** What administrators look after: the whole history, letters, the worker, everybody's access. And one's own sessions. */

const { instant } = shapes;
const count = z.int().nonnegative();

const event = z.strictObject({
  id: z.int(),
  at: instant,
  actorName: z.string(),
  actorId: z.uuid().nullable(),
  verb: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  subject: z.string().nullable(),
  portfolioId: z.string().nullable(),
  changes: z.record(z.string(), z.array(z.unknown())),
  batchId: z.uuid().nullable(),
  requestId: z.string().nullable(),
  sealed: z.boolean(),
});

const day = z.string().refine(isDay, "errors.filter").optional();

const letter = {
  id: z.uuid(),
  state: z.enum(LetterState),
  name: z.string(),
  address: z.string(),
  subject: z.string().nullable(),
  reminders: count,
  createdAt: instant,
  sentAt: instant.nullable(),
  attempts: count,
  nextTryAt: instant,
  error: z.string().nullable(),
};

const audit: Record<string, Operation> = {
  "audit.search": {
    method: "GET",
    path: "/audit",
    least: "admin",
    query: {
      actor: z.union([uuid, z.literal("system")], { error: "errors.filter" }).optional(),
      verb: z
        .string()
        .regex(/^[a-zA-Z.]{1,80}$/, "errors.filter")
        .optional(),
      q: z.string().max(100, "errors.text.tooLong").optional(),
      from: day,
      to: day,
      cursor: z
        .string()
        .regex(/^[1-9]\d{0,14}$/, "errors.cursor")
        .optional(),
    },
    output: shapes.page(event),
    give: async ({ actor, query }) => {
      const { cursor: after, ...rest } = query;
      const { events: data, next } = await searchEvents(actor, eventFilter.parse({ ...rest, after }));
      return { data, next: next === null ? null : String(next) };
    },
  },
};

const letters: Record<string, Operation> = {
  "letters.list": {
    method: "GET",
    path: "/letters",
    least: "admin",
    query: { state: z.enum(LetterState, { error: "errors.filter" }).optional(), cursor: uuid.optional() },
    output: shapes.page(z.strictObject(letter)),
    give: async ({ actor, query }) => {
      const filter = outboxFilter.parse({ state: query.state, after: query.cursor });
      const { letters: data, next } = await listLetters(actor, filter);
      return { data, next };
    },
  },
  "letters.get": {
    method: "GET",
    path: "/letters/{id}",
    least: "admin",
    output: z.strictObject({
      ...letter,
      personId: z.uuid().nullable(),
      messageId: z.string(),
      uncertain: z.boolean(),
      leased: z.boolean(),
      locale: z.enum(Locale).nullable(),
      text: z.string().nullable(),
      composed: z.boolean(),
    }),
    give: ({ actor, params }) => getLetter(actor, String(params.id)),
  },
  "letters.sendAgain": {
    method: "POST",
    path: "/letters/{id}/again",
    least: "admin",
    command: letterCommands.sendAgain,
    output: null,
  },
  "letters.sendNow": {
    method: "POST",
    path: "/letters/{id}/now",
    least: "admin",
    command: letterCommands.sendNow,
    output: null,
  },
  "worker.get": {
    method: "GET",
    path: "/worker",
    least: "admin",
    output: z.strictObject({
      now: instant,
      unlettered: count,
      waiting: count,
      due: count,
      oldest: instant.nullable(),
      leased: count,
      parked: count,
      unsent: count,
      sentToday: count,
      lastSent: instant.nullable(),
      jobs: z.array(
        z.strictObject({
          name: z.string(),
          nextAt: instant,
          startedAt: instant.nullable(),
          finishedAt: instant.nullable(),
          running: z.boolean(),
          error: z.string().nullable(),
        }),
      ),
    }),
    give: ({ actor }) => getQueue(actor),
  },
};

const access: Record<string, Operation> = {
  "sessions.list": {
    method: "GET",
    path: "/sessions",
    least: "viewer",
    output: shapes.whole(
      z.strictObject({ id: z.uuid(), createdAt: instant, lastSeenAt: instant, userAgent: z.string().nullable() }),
    ),
    give: async ({ actor, now }) => {
      const account = await getOwnAccount(actor, now);
      return account && { data: account.sessions.map(({ present: _present, ...session }) => session) };
    },
  },
  "sessions.end": { method: "DELETE", path: "/sessions/{id}", least: "viewer", command: endSession, output: null },
  "sessions.endAll": {
    method: "DELETE",
    path: "/sessions",
    least: "viewer",
    command: endOtherSessions,
    output: z.strictObject({ count }),
  },
  "security.get": {
    method: "GET",
    path: "/security",
    least: "admin",
    output: z.strictObject({
      secondFactorRoles: z.array(z.enum(Role)),
      version: z.int().positive(),
      lacking: z.record(z.string(), count),
    }),
    give: ({ actor }) => getSecurity(actor),
  },
  "security.edit": {
    method: "PUT",
    path: "/security",
    least: "admin",
    command: requireSecondFactor,
    output: z.strictObject({ version: z.int().positive() }),
  },
  "people.belongings": {
    method: "GET",
    path: "/people/{id}/belongings",
    least: "admin",
    output: z.strictObject({
      ...{ commitments: count, views: count, rules: count, templates: count, schedules: count },
      successors: z.array(z.strictObject({ name: z.string(), email: z.string() })),
    }),
    give: ({ actor, params }) => getBelongings(actor, String(params.id)),
  },
  "people.handOver": {
    method: "POST",
    path: "/people/{id}/hand-over",
    least: "admin",
    command: handOver,
    output: z.strictObject({ name: z.string(), commitments: count }),
  },
  "people.resetFactors": {
    method: "DELETE",
    path: "/people/{id}/factors",
    least: "admin",
    command: resetFactors,
    output: null,
  },
};

export const administration: Record<string, Operation> = { ...audit, ...letters, ...access };
