import { z } from "zod";
import { createFeed, revokeFeed } from "#lib/feeds/commands.ts";
import { listOwnFeeds } from "#lib/feeds/queries.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { deleteView, renameView, saveView } from "#lib/views/commands.ts";
import { listViews } from "#lib/views/queries.ts";
import type { Call, Operation } from "../operation.ts";
import { portfolioParameter } from "../query.ts";
import { shapes } from "../shapes.ts";

/** Saved views of the register, and addresses for calendar programs. */

const view = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  query: z.string(),
  shared: z.boolean(),
  version: z.int().positive(),
  owner: z.string(),
  mine: z.boolean(),
  mayDelete: z.boolean(),
  watching: z.boolean(),
});

const inPortfolio = { portfolio: portfolioParameter };

/** The portfolio that has to be named; null: none that the actor may see. */
export const portfolioOf = ({ actor, query }: Call) => findPortfolio(actor, String(query.portfolio));

export const views: Record<string, Operation> = {
  "views.list": {
    method: "GET",
    path: "/views",
    least: "viewer",
    query: inPortfolio,
    output: shapes.whole(view),
    give: async (call) => {
      const portfolio = await portfolioOf(call);
      return portfolio && { data: await listViews(call.actor, portfolio.id) };
    },
  },
  "views.create": {
    method: "POST",
    path: "/views",
    least: "viewer",
    command: saveView,
    output: shapes.edited,
    creates: "/views",
  },
  "views.edit": {
    method: "PUT",
    path: "/views/{id}",
    least: "viewer",
    command: renameView,
    output: shapes.edited,
  },
  "views.delete": {
    method: "DELETE",
    path: "/views/{id}",
    least: "viewer",
    command: deleteView,
    output: z.strictObject({ id: z.uuid() }),
  },
  "feeds.list": {
    method: "GET",
    path: "/feeds",
    least: "viewer",
    output: shapes.whole(
      z.strictObject({
        id: z.uuid(),
        portfolioId: z.string(),
        view: z.strictObject({ name: z.string() }).nullable(),
        createdAt: shapes.instant,
      }),
    ),
    give: async ({ actor }) => ({ data: await listOwnFeeds(actor) }),
  },
  "feeds.create": {
    method: "POST",
    path: "/feeds",
    least: "viewer",
    command: createFeed,
    output: z.strictObject({ id: z.uuid(), token: z.string() }),
    secret: true,
  },
  "feeds.revoke": {
    method: "DELETE",
    path: "/feeds/{id}",
    least: "viewer",
    command: revokeFeed,
    output: null,
  },
};
