import { z } from "zod";
import * as commands from "#lib/parties/commands.ts";
import { listParties, listPlaces, listSectors } from "#lib/parties/queries.ts";
import { editPortfolio, recordPortfolio } from "#lib/portfolios/commands.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { PartyKind } from "#prisma/generated/enums.ts";
import type { Operation } from "../operation.ts";
import { shapes } from "../shapes.ts";

/** What the records refer to: portfolios, sectors, parties and places. There are few of each, so they come whole. */

const { texts } = shapes;
const named = { id: z.string(), name: texts };
const spelled = { ...named, aliases: z.array(z.string()), iso: z.string().nullable(), version: z.int().positive() };

const party = z.strictObject({
  ...spelled,
  kind: z.enum(PartyKind),
  parentId: z.string().nullable(),
  side: z.string().nullable(),
});
const place = z.strictObject({ ...spelled, country: z.string().nullable() });

const entered = z.strictObject({ id: z.string() });
const revised = z.strictObject({ id: z.string(), version: z.int().positive() });

export const parties: Record<string, Operation> = {
  "portfolios.list": {
    method: "GET",
    path: "/portfolios",
    least: "viewer",
    output: shapes.whole(z.strictObject({ ...named, prefix: z.string(), demo: z.boolean() })),
    give: async ({ actor }) => ({ data: await listPortfolios(actor) }),
  },
  "portfolios.create": {
    method: "POST",
    path: "/portfolios",
    least: "admin",
    command: recordPortfolio,
    output: z.strictObject({ id: z.string() }),
    creates: "/portfolios",
  },
  "portfolios.edit": {
    method: "PUT",
    path: "/portfolios/{id:key}",
    least: "admin",
    command: editPortfolio,
    output: z.strictObject({ id: z.string(), version: z.int().positive() }),
  },
  "sectors.list": {
    method: "GET",
    path: "/sectors",
    least: "viewer",
    output: shapes.whole(z.strictObject({ ...named, dac: z.array(z.string()) })),
    give: async ({ actor }) => ({ data: await listSectors(actor) }),
  },
  "parties.list": {
    method: "GET",
    path: "/parties",
    least: "viewer",
    output: shapes.whole(party),
    give: async ({ actor }) => ({ data: await listParties(actor) }),
  },
  "parties.get": {
    method: "GET",
    path: "/parties/{id:key}",
    least: "viewer",
    output: party,
    give: async ({ actor, params }) => (await listParties(actor)).find(({ id }) => id === params.id) ?? null,
  },
  "parties.create": {
    method: "POST",
    path: "/parties",
    least: "manager",
    command: commands.recordParty,
    output: entered,
    creates: "/parties",
  },
  "parties.edit": {
    method: "PUT",
    path: "/parties/{id:key}",
    least: "manager",
    command: commands.editParty,
    output: revised,
  },
  "places.list": {
    method: "GET",
    path: "/places",
    least: "viewer",
    output: shapes.whole(place),
    give: async ({ actor }) => ({ data: await listPlaces(actor) }),
  },
  "places.get": {
    method: "GET",
    path: "/places/{id:key}",
    least: "viewer",
    output: place,
    give: async ({ actor, params }) => (await listPlaces(actor)).find(({ id }) => id === params.id) ?? null,
  },
  "places.create": {
    method: "POST",
    path: "/places",
    least: "manager",
    command: commands.recordPlace,
    output: entered,
    creates: "/places",
  },
  "places.edit": {
    method: "PUT",
    path: "/places/{id:key}",
    least: "manager",
    command: commands.editPlace,
    output: revised,
  },
};
