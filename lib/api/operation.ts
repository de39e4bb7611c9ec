import type { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Command } from "#lib/command.ts";
import type { Day } from "#lib/dates.ts";
import type { Role } from "#prisma/generated/enums.ts";
import type { Query } from "./query.ts";

/**
 * What /api/v1 can do, as entries of one table (operations.ts): the routes, the description (openapi.ts) and the tests of
 * who may do what are made from them, so that none can be there without the others.
 */

/** What a reading operation is asked with. `query`: what its parameters have been read to. */
export type Call = {
  actor: Actor;
  params: Readonly<Record<string, string | number>>;
  query: Readonly<Record<string, unknown>>;
  search: URLSearchParams;
  now: Date;
  today: Day;
};

type Common = {
  /** "/commitments/{id}", "/parties/{id:key}": what may stand for the names in braces is in params.ts. */
  path: string;
  /** The least role that may. An editor may on what they or their team own, where commands say so. */
  least: Role;
  query?: Query;
  /** Parameters that may be given several times. `give` reads them from `search`. */
  lists?: Query;
};

export type Reading = Common & {
  method: "GET";
  output: z.ZodType;
  /** What is answered. Null: there is no such thing. A number in `version` becomes the ETag. */
  give: (call: Call) => Promise<unknown>;
};

export type Writing = Common & {
  method: "POST" | "PUT" | "DELETE";
  /** Its input is made of the body, the names in the path, and `version` out of If-Match. */
  command: Command<z.ZodType, unknown>;
  /** Null: there is nothing to say (204). */
  output: z.ZodType | null;
  /** The path under which what was made stands; its `id` comes behind it. */
  creates?: string;
  /** What is answered is a secret, which is shown once: it can't be kept to be answered again. */
  secret?: true;
  /** Fields of the input that are none of the API's. */
  hidden?: readonly string[];
};

export type Operation = Reading | Writing;

/** The names in a path, each with its kind (params.ts): "{id}" is an `id` by name and kind, "{id:key}" a `key`. */
export function namesIn(path: string): { name: string; kind: string }[] {
  return [...path.matchAll(/\{(\w+)(?::(\w+))?\}/g)].map(([, name = "", kind = name]) => ({ name, kind }));
}

/** The fields of an operation's input that do not come in its body. */
export function outsideBody({ path, command, hidden = [] }: Writing): { names: string[]; versioned: boolean } {
  const shape = "shape" in command.input ? command.input.shape : "in" in command.input ? command.input.in : {};
  const fields = shape && typeof shape === "object" && "shape" in shape ? shape.shape : shape;
  const versioned = typeof fields === "object" && fields !== null && "version" in fields;
  return { names: [...namesIn(path).map(({ name }) => name), ...(versioned ? ["version"] : []), ...hidden], versioned };
}

/** The status of an answer that all went well. */
export function successOf(operation: Operation): 200 | 201 | 204 {
  if (operation.output === null) return 204;
  return operation.method !== "GET" && operation.creates ? 201 : 200;
}
