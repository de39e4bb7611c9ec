import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import * as indicatorCommands from "#lib/indicators/commands.ts";
import * as figures from "#lib/indicators/figures.ts";
import { publishedIndicator, publishIndicator } from "#lib/indicators/published.ts";
import { getFigure, getTarget, listIndicators } from "#lib/indicators/queries.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import * as targets from "#lib/indicators/targets.ts";
import * as meetingCommands from "#lib/meetings/commands.ts";
import { publishedMeeting, publishedMeetingInFull, publishMeeting } from "#lib/meetings/published.ts";
import { getMeeting, listMeetings } from "#lib/meetings/queries.ts";
import * as sourceCommands from "#lib/sources/commands.ts";
import { publishedSource, publishedSourceInFull, publishSource } from "#lib/sources/published.ts";
import { getSource, listSources } from "#lib/sources/queries.ts";
import type { Operation } from "../operation.ts";
import { ofPortfolio, pageAsked, pageOf } from "../query.ts";
import { shapes } from "../shapes.ts";

/** Documents, meetings and indicators: what the records rest on. */

const made = z.strictObject({ id: z.uuid(), key: z.string() });

/** Which of few. */
const withId = <T extends { id: string }>(all: readonly T[], id: unknown) => all.find((each) => each.id === id) ?? null;

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
      const found = withId(await listSources(actor, null), params.id);
      const source = found && (await getSource(actor, found.portfolioId, found.key));
      return source && { ...publishSource(source), lines: source.lines };
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
      const found = withId(await listMeetings(actor, null), params.id);
      const meeting = found && (await getMeeting(actor, found.portfolioId, found.key));
      return meeting && publishMeeting(meeting);
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

const { texts } = shapes;
const claim = {
  id: z.uuid(),
  version: z.int().positive(),
  value: z.number(),
  phrase: z.string().nullable(),
  edtf: z.string().nullable(),
  sourceId: z.uuid(),
  paragraph: z.int(),
};

/** A figure or a target, whichever indicator it is of. */
async function claimOf<T>(
  actor: Actor,
  id: unknown,
  of: (indicator: Indicator) => readonly { id: string }[],
  get: (actor: Actor, indicator: Indicator, id: string) => Promise<T | null>,
): Promise<T | null> {
  const indicator = (await listIndicators(actor, null)).find((each) => withId(of(each), id));
  return indicator ? get(actor, indicator, String(id)) : null;
}

const indicators: Record<string, Operation> = {
  "indicators.list": {
    method: "GET",
    path: "/indicators",
    least: "viewer",
    query: ofPortfolio,
    output: shapes.page(publishedIndicator),
    give: async ({ actor, query }) => {
      const { portfolioId, ...page } = pageAsked(query);
      const { data, next } = pageOf(await listIndicators(actor, portfolioId), page);
      return { data: data.map(publishIndicator), next };
    },
  },
  "indicators.get": {
    method: "GET",
    path: "/indicators/{id}",
    least: "viewer",
    output: publishedIndicator,
    give: async ({ actor, params }) => {
      const found = withId(await listIndicators(actor, null), params.id);
      return found && publishIndicator(found);
    },
  },
  "indicators.create": {
    method: "POST",
    path: "/indicators",
    least: "manager",
    command: indicatorCommands.recordIndicator,
    output: made,
    creates: "/indicators",
  },
  "indicators.edit": {
    method: "PUT",
    path: "/indicators/{id}",
    least: "manager",
    command: indicatorCommands.editIndicator,
    output: shapes.edited,
  },
  "figures.create": {
    method: "POST",
    path: "/indicators/{indicatorId}/figures",
    least: "manager",
    command: figures.recordFigure,
    output: shapes.edited,
    creates: "/figures",
  },
  "figures.get": {
    method: "GET",
    path: "/figures/{id}",
    least: "viewer",
    output: z.strictObject({
      ...claim,
      qualifier: z.string(),
      kind: z.string().nullable(),
      inferred: texts.nullable(),
      note: texts.nullable(),
    }),
    give: ({ actor, params }) => claimOf(actor, params.id, ({ observations }) => observations, getFigure),
  },
  "figures.correct": {
    method: "PUT",
    path: "/figures/{id}",
    least: "manager",
    command: figures.correctFigure,
    output: shapes.edited,
  },
  "figures.withdraw": {
    method: "POST",
    path: "/figures/{id}/withdraw",
    least: "manager",
    command: figures.withdrawFigure,
    output: shapes.edited,
  },
  "targets.create": {
    method: "POST",
    path: "/indicators/{indicatorId}/targets",
    least: "manager",
    command: targets.recordTarget,
    output: shapes.edited,
    creates: "/targets",
  },
  "targets.get": {
    method: "GET",
    path: "/targets/{id}",
    least: "viewer",
    output: z.strictObject({ ...claim, commitment: z.strictObject({ reference: z.string(), title: texts }) }),
    give: ({ actor, params }) => claimOf(actor, params.id, (indicator) => indicator.targets, getTarget),
  },
  "targets.correct": {
    method: "PUT",
    path: "/targets/{id}",
    least: "manager",
    command: targets.correctTarget,
    output: shapes.edited,
  },
  "targets.withdraw": {
    method: "POST",
    path: "/targets/{id}/withdraw",
    least: "manager",
    command: targets.withdrawTarget,
    output: shapes.edited,
  },
};

export const catalogue: Record<string, Operation> = { ...sources, ...meetings, ...indicators };
