import { z } from "zod";
import * as inbox from "#lib/reminders/inbox.ts";
import { getOwnPreference, savePreference } from "#lib/reminders/preferences.ts";
import * as watching from "#lib/reminders/watching.ts";
import { Completion, Frequency, Lifecycle, Locale, Topic } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { paged } from "../query.ts";
import { shapes } from "../shapes.ts";

/** What is one's own: the inbox, what one watches and has silenced, and how one wants to be told. */

const { texts, day } = shapes;

const item = z.strictObject({
  /** The record's id, or of a list the reminder's. */
  key: z.uuid(),
  portfolioId: z.string(),
  topic: z.enum(Topic),
  unread: z.boolean(),
  record: z
    .strictObject({
      id: z.uuid(),
      reference: z.string(),
      title: texts,
      completion: z.enum(Completion),
      lifecycle: z.enum(Lifecycle).nullable(),
      latest: day.nullable(),
      owner: z.strictObject({ id: z.uuid(), name: z.string(), agencyId: z.string().nullable() }).nullable(),
    })
    .nullable(),
  /** The newest, five at most; `more` counts the rest. `about` says why. */
  reminders: z.array(
    z.strictObject({
      id: z.uuid(),
      about: z.record(z.string(), z.unknown()),
      topic: z.enum(Topic),
      day,
      at: shapes.instant,
      milestone: texts.nullable(),
      query: z.string().nullable(),
    }),
  ),
  more: z.int(),
});

const watched = { commitmentId: z.uuid(), portfolioId: z.string(), reference: z.string(), title: texts };
const read = z.strictObject({ read: z.int() });
const finished = z.strictObject({ ids: z.array(z.uuid()) });

const inboxes: Record<string, Operation> = {
  "inbox.list": {
    method: "GET",
    path: "/inbox",
    least: "viewer",
    query: { cursor: paged.cursor },
    output: shapes.page(item).extend({ unread: z.int() }),
    give: async ({ actor, query }) => {
      const { cursor = "" } = query as { cursor?: string };
      const [{ items, next }, unread] = await Promise.all([inbox.listInbox(actor, cursor), inbox.countUnread(actor)]);
      return { data: items, next, unread };
    },
  },
  "inbox.read": { method: "POST", path: "/inbox/read", least: "viewer", command: inbox.markRead, output: read },
  "inbox.readAll": {
    method: "POST",
    path: "/inbox/read-all",
    least: "viewer",
    command: inbox.markAllRead,
    output: read,
  },
  "inbox.done": { method: "POST", path: "/inbox/done", least: "viewer", command: inbox.markDone, output: finished },
  "inbox.snooze": {
    method: "POST",
    path: "/inbox/snooze",
    least: "viewer",
    command: inbox.snoozeItem,
    output: finished,
  },
  "inbox.restore": { method: "POST", path: "/inbox/restore", least: "viewer", command: inbox.restore, output: null },
};

const watches: Record<string, Operation> = {
  "watches.list": {
    method: "GET",
    path: "/watches",
    least: "viewer",
    output: z.strictObject({
      records: z.array(z.strictObject(watched)),
      views: z.array(
        z.strictObject({ viewId: z.uuid(), portfolioId: z.string(), name: z.string(), query: z.string() }),
      ),
      muted: z.array(z.strictObject({ ...watched, until: day.nullable() })),
    }),
    give: ({ actor, today }) => watching.listOwnWatches(actor, today),
  },
  "watches.record": {
    method: "PUT",
    path: "/watches/commitments/{commitmentId}",
    least: "viewer",
    command: watching.watchRecord,
    output: null,
  },
  "watches.endRecord": {
    method: "DELETE",
    path: "/watches/commitments/{commitmentId}",
    least: "viewer",
    command: watching.unwatch,
    output: null,
  },
  "watches.view": {
    method: "PUT",
    path: "/watches/views/{viewId}",
    least: "viewer",
    command: watching.watchView,
    output: null,
  },
  "watches.endView": {
    method: "DELETE",
    path: "/watches/views/{viewId}",
    least: "viewer",
    command: watching.unwatch,
    output: null,
  },
  "mutes.set": { method: "PUT", path: "/mutes/{commitmentId}", least: "viewer", command: watching.mute, output: null },
  "mutes.snooze": {
    method: "PUT",
    path: "/mutes/{commitmentId}/until",
    least: "viewer",
    command: watching.snooze,
    output: null,
  },
  "mutes.end": {
    method: "DELETE",
    path: "/mutes/{commitmentId}",
    least: "viewer",
    command: watching.unmute,
    output: null,
  },
};

const preferences: Record<string, Operation> = {
  "preferences.get": {
    method: "GET",
    path: "/preferences",
    least: "viewer",
    output: z.strictObject({
      /** 0: nothing was chosen yet. */
      version: z.int().min(0),
      locale: z.enum(Locale).nullable(),
      timeZone: z.string().nullable(),
      hour: z.int(),
      days: z.array(z.int()),
      countries: z.array(z.string()),
      frequency: z.enum(Frequency),
      weekday: z.int(),
      mail: z.boolean(),
      inApp: z.boolean(),
      ownLeadDays: z.boolean(),
      leadDays: z.array(z.int()),
    }),
    give: ({ actor }) => getOwnPreference(actor),
  },
  "preferences.edit": {
    method: "PUT",
    path: "/preferences",
    least: "viewer",
    command: savePreference,
    output: z.strictObject({ version: z.int() }),
  },
};

export const own: Record<string, Operation> = { ...inboxes, ...watches, ...preferences };
