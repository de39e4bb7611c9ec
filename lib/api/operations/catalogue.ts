import { z } from "zod";
import * as meetingCommands from "#lib/meetings/commands.ts";
import { publishedMeeting, publishedMeetingInFull, publishMeeting } from "#lib/meetings/published.ts";
import { getMeeting, listMeetings } from "#lib/meetings/queries.ts";
import * as sourceCommands from "#lib/sources/commands.ts";
import { publishedSource, publishedSourceInFull, publishSource } from "#lib/sources/published.ts";
import { getSource, listSources } from "#lib/sources/queries.ts";
import type { Operation } from "../operation.ts";
import { ofPortfolio, pageAsked, pageOf } from "../query.ts";
import { shapes } from "../shapes.ts";

/** Documents and meetings: where what the records say was said. */

const made = z.strictObject({ id: z.uuid(), key: z.string() });

const sources: Record<string, Operation> = {
  "sources.list": {
    method: "GET",
    path: "/sources",
    least: "viewer",
    query: ofPortfolio,
    output: shapes.page(publishedSource),
    give: async ({ actor, query }) => {
      const { portfolioId, ...page } = pageAsked(query);
      const { data, next } = pageOf(await listSources(actor, portfolioId), page);
      return { data: data.map(publishSource), next };
    },
  },
  "sources.get": {
    method: "GET",
    path: "/sources/{id}",
    least: "viewer",
    output: publishedSourceInFull,
    give: async ({ actor, params }) => {
      const found = (await listSources(actor, null)).find(({ id }) => id === params.id);
      const source = found && (await getSource(actor, found.portfolioId, found.key));
      return source ? { ...publishSource(source), lines: source.lines } : null;
    },
  },
  "sources.create": {
    method: "POST",
    path: "/sources",
    least: "manager",
    command: sourceCommands.recordSource,
    output: made,
    creates: "/sources",
  },
  "sources.edit": {
    method: "PUT",
    path: "/sources/{id}",
    least: "manager",
    command: sourceCommands.editSource,
    output: shapes.edited,
  },
  "sources.silence": {
    method: "POST",
    path: "/sources/{id}/silent",
    least: "manager",
    command: sourceCommands.markSilent,
    output: shapes.edited,
  },
  "sources.unsilence": {
    method: "DELETE",
    path: "/sources/{id}/silent/{paragraph}",
    least: "manager",
    command: sourceCommands.unmarkSilent,
    output: shapes.edited,
  },
  "sources.erratum": {
    method: "POST",
    path: "/sources/{id}/errata",
    least: "manager",
    command: sourceCommands.recordErratum,
    output: shapes.edited,
  },
  "sources.withdrawErratum": {
    method: "DELETE",
    path: "/sources/{id}/errata/{key}",
    least: "manager",
    command: sourceCommands.withdrawErratum,
    output: shapes.edited,
  },
};

const meetings: Record<string, Operation> = {
  "meetings.list": {
    method: "GET",
    path: "/meetings",
    least: "viewer",
    query: ofPortfolio,
    output: shapes.page(publishedMeeting),
    give: async ({ actor, query }) => {
      const { portfolioId, ...page } = pageAsked(query);
      const { data, next } = pageOf(await listMeetings(actor, portfolioId), page);
      return { data: data.map(publishMeeting), next };
    },
  },
  "meetings.get": {
    method: "GET",
    path: "/meetings/{id}",
    least: "viewer",
    output: publishedMeetingInFull,
    give: async ({ actor, params }) => {
      const found = (await listMeetings(actor, null)).find(({ id }) => id === params.id);
      const meeting = found && (await getMeeting(actor, found.portfolioId, found.key));
      return meeting ? publishMeeting(meeting) : null;
    },
  },
  "meetings.create": {
    method: "POST",
    path: "/meetings",
    least: "manager",
    command: meetingCommands.recordMeeting,
    output: made,
    creates: "/meetings",
  },
  "meetings.edit": {
    method: "PUT",
    path: "/meetings/{id}",
    least: "manager",
    command: meetingCommands.editMeeting,
    output: shapes.edited,
  },
  "meetings.date": {
    method: "PUT",
    path: "/meetings/{id}/date",
    least: "manager",
    command: meetingCommands.reviseMeeting,
    output: shapes.edited.extend({ moved: z.int() }),
  },
};

export const catalogue: Record<string, Operation> = { ...sources, ...meetings };
