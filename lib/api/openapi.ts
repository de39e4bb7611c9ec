import { STATUS_CODES as phrases } from "node:http";
import { z } from "zod";
import { publishedCommitment } from "#lib/commitments/published.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type MessageKey, type Translator, translator } from "#lib/i18n/translator.ts";
import { publishedIndicator } from "#lib/indicators/published.ts";
import { publishedMeeting } from "#lib/meetings/published.ts";
import { publishedSource } from "#lib/sources/published.ts";
import { namesIn, type Operation, outsideBody, successOf, type Writing } from "./operation.ts";
import { operations } from "./operations.ts";
import { pathParameters } from "./params.ts";
import type { Query } from "./query.ts";
import { problemShape, shapes } from "./shapes.ts";

/** The description of the API (OpenAPI 3.1), made of the table of operations and the schemas that they go by. */

/** A JSON Schema, as far as we look into it. */
export type Schema = { [keyword: string]: unknown; properties?: Record<string, Schema>; required?: string[] };

export type Parameter = { name: string; in: "path" | "query" | "header"; required: boolean; schema: Schema };

export type Described = {
  operationId: string;
  tags: string[];
  summary: string;
  "x-least-role": string;
  parameters: Parameter[];
  /** JSON, or a file in one of these forms. */
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
};

export type Description = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> };
};

const made = new Map<Locale, Description>();

/** The description in one language. */
export function describeApi(locale: Locale): Description {
  const found = made.get(locale) ?? describe(translator(locale));
  made.set(locale, found);
  return found;
}

function describe(t: Translator): Description {
  const { names, schemas } = replies();
  const paths: Description["paths"] = {};
  for (const [id, operation] of Object.entries(operations)) {
    const path = operation.path.replace(/:\w+\}/g, "}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(id, operation, names, t) };
  }
  const nouns = [...new Set(Object.keys(operations).map(nounOf))];
  return {
    openapi: "3.1.0",
    info: { title: t("api.title"), version: "1", description: t("api.description") },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }],
    tags: nouns.map((name) => ({ name, description: t(`api.nouns.${name}` as MessageKey) })),
    paths,
    components: { schemas, securitySchemes: { token: { type: "http", scheme: "bearer" } } },
  };
}

const nounOf = (id: string) => id.slice(0, id.indexOf("."));

type Names = ReadonlyMap<z.ZodType, string>;

/** What answers look like: those that come up again by a name, the others by the operation's. */
function replies(): { names: Names; schemas: Record<string, Schema> } {
  const names = new Map<z.ZodType, string>([
    [shapes.texts, "Texts"],
    [shapes.edited, "Edited"],
    [problemShape, "Problem"],
    [publishedCommitment, "Commitment"],
    [publishedSource, "Source"],
    [publishedMeeting, "Meeting"],
    [publishedIndicator, "Indicator"],
  ]);
  for (const [id, { output }] of Object.entries(operations)) {
    if (output && !names.has(output)) names.set(output, id);
  }
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, io: "output" });
  return { names, schemas: Object.fromEntries(Object.entries(schemas).map(([id, each]) => [id, plain(each)])) };
}

/** Without what only a file of its own needs. */
function plain({ $schema: _schema, $id: _id, id: _name, ...schema }: Record<string, unknown>): Schema {
  return schema as Schema;
}

const inputSchema = (schema: z.ZodType) => plain(z.toJSONSchema(schema, { io: "input" }) as Record<string, unknown>);

function described(id: string, operation: Operation, names: Names, t: Translator): Described {
  const body = operation.method === "GET" ? null : contentOf(operation);
  return {
    operationId: id,
    tags: [nounOf(id)],
    summary: t(`api.operations.${id}` as MessageKey),
    "x-least-role": operation.least,
    parameters: [...inPath(operation), ...inQuery(operation), ...inHeaders(operation)],
    ...(body && { requestBody: { required: true, content: body } }),
    responses: responsesOf(operation, names),
  };
}

const inPath = ({ path }: Operation): Parameter[] =>
  namesIn(path).map(({ name, kind }) => ({
    name,
    in: "path",
    required: true,
    schema: inputSchema(pathParameters[kind] ?? z.string()),
  }));

function inQuery({ query = {}, lists = {} }: Operation): Parameter[] {
  const parameters = (of: Query) =>
    Object.entries(of).map(([name, schema]) => ({
      name,
      in: "query" as const,
      required: !schema.safeParse(undefined).success,
      schema: inputSchema(schema),
    }));
  return [...parameters(query), ...parameters(lists)];
}

function inHeaders(operation: Operation): Parameter[] {
  if (operation.method === "GET") return [];
  const version: Parameter = {
    name: "If-Match",
    in: "header",
    required: true,
    schema: { type: "string", pattern: '^(W/)?"\\d{1,9}"$' },
  };
  const key: Parameter = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
  };
  return [
    ...(outsideBody(operation).versioned ? [version] : []),
    ...(operation.method === "POST" && !operation.secret ? [key] : []),
  ];
}

const binary: Schema = { type: "string", format: "binary" };
const asFiles = (media: readonly string[]) =>
  Object.fromEntries(media.map((each) => [each.replace(/;.*/, ""), { schema: binary }]));

function contentOf(operation: Writing): Record<string, { schema: Schema }> | null {
  if (operation.upload) return asFiles(operation.upload.media);
  const schema = bodyOf(operation);
  return schema && { "application/json": { schema } };
}

/** The command's input without what comes from elsewhere; null: nothing is left. */
function bodyOf(operation: Writing): Schema | null {
  const { names } = outsideBody(operation);
  const { properties, required = [], ...schema } = inputSchema(operation.command.input);
  if (!properties) return operation.method === "DELETE" ? null : schema;
  const left = Object.entries(properties).filter(([name]) => !names.includes(name));
  if (left.length === 0) return null;
  return {
    ...schema,
    properties: Object.fromEntries(left),
    required: required.filter((each) => !names.includes(each)),
  };
}

/** What may be answered, by status. The phrases are HTTP's own. */
function responsesOf(operation: Operation, names: Names): Described["responses"] {
  const { output, method } = operation;
  const versioned = operation.method !== "GET" && outsideBody(operation).versioned;
  const refusals = [
    ...[401, 403, 404, 406, 422, 429, 500, 503],
    ...(method === "GET" ? [] : [400, 409, 413, 415]),
    ...(versioned ? [412, 428] : []),
  ].sort();
  const good = successOf(operation);
  const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
  return {
    [good]: {
      description: phrases[good] ?? "",
      ...(output && { content: { "application/json": { schema: refTo(names.get(output) ?? "") } } }),
      ...("media" in operation && { content: asFiles(operation.media) }),
    },
    ...Object.fromEntries(
      refusals.map((status) => [
        status,
        { description: phrases[status] ?? "", content: { "application/problem+json": { schema: refTo("Problem") } } },
      ]),
    ),
  };
}
