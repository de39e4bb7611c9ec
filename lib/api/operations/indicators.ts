import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { editIndicator, recordIndicator } from "#lib/indicators/commands.ts";
import * as figures from "#lib/indicators/figures.ts";
import { publishedIndicator, publishIndicator } from "#lib/indicators/published.ts";
import { getFigure, getTarget, listIndicators } from "#lib/indicators/queries.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import * as targets from "#lib/indicators/targets.ts";
import type { Operation } from "../operation.ts";
import { ofPortfolio, pageAsked, pageOf } from "../query.ts";
import { shapes } from "../shapes.ts";

/** What is measured: indicators, the figures that sources give of them, and the targets that records promise. */

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
  const indicator = (await listIndicators(actor, null)).find((each) => of(each).some((claimed) => claimed.id === id));
  return indicator ? get(actor, indicator, String(id)) : null;
}

export const indicators: Record<string, Operation> = {
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
      const found = (await listIndicators(actor, null)).find(({ id }) => id === params.id);
      return found ? publishIndicator(found) : null;
    },
  },
  "indicators.create": {
    method: "POST",
    path: "/indicators",
    least: "manager",
    command: recordIndicator,
    output: z.strictObject({ id: z.uuid(), key: z.string() }),
    creates: "/indicators",
  },
  "indicators.edit": {
    method: "PUT",
    path: "/indicators/{id}",
    least: "manager",
    command: editIndicator,
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
