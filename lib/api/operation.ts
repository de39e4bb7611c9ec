import type { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import type { Command } from "#lib/command.ts";
import type { Day } from "#lib/dates.ts";
import type { Locale, Role } from "#prisma/generated/enums.ts";
import type { Query } from "./query.ts";

/**
 * What /api/v1 can do, as entries of one table (operations.ts): the routes, the description (openapi.ts) and the tests of
 * who may do what are made from them, so that none can be there without the others.
 */

/** What a reading operation is asked with. `query`: what its parameters have been read to. */
export type Call = {
  /** For whoever reads in pieces: whether anybody takes them (lib/file-stream.ts). */
  request: Request;
  actor: Actor;
  params: Readonly<Record<string, string | number>>;
  query: Readonly<Record<string, unknown>>;
  search: URLSearchParams;
  now: Date;
  today: Day;
  /** The reader's language, for what is answered in words. */
  locale: Locale;
  /** The address of the app, which links lead to. */
  origin: string;
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

/** Reading what comes as a file. */
export type Fetching = Common & {
  method: "GET";
  output?: undefined;
  /** The media types that the file may have. */
  media: readonly string[];
  /** Null: there is no such thing. */
  fetch: (call: Call) => Promise<Response | null>;
};

/** A file that is sent instead of JSON. */
export type Upload = {
  media: readonly string[];
  /** Bytes. */
  most: number;
  /** Asked before the file is looked at; the command asks again. */
  mayRead: (actor: Actor, query: Readonly<Record<string, unknown>>) => boolean;
  /** The command's input, of the file and the parameters. */
  read: (bytes: Uint8Array, query: Readonly<Record<string, unknown>>) => Promise<Record<string, unknown>>;
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
  upload?: Upload;
  /** The command, where it has to know under which address the app is open. */
  at?: (origin: string) => Command<z.ZodType, unknown>;
};

export type Operation = Reading | Fetching | Writing;

/** The names in a path, each with its kind (params.ts): "{id}" is an `id` by name and kind, "{id:key}" a `key`. */
export function namesIn(path: string): { name: string; kind: string }[] {
  return [...path.matchAll(/\{(\w+)(?::(\w+))?\}/g)].map(([, name = "", kind = name]) => ({ name, kind }));
}

/** The fields of an operation's input that do not come in its body. */
export function outsideBody({ path, command, hidden = [] }: Pick<Writing, "path" | "command" | "hidden">): {
  names: string[];
  versioned: boolean;
} {
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
