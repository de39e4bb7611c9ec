import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type Described, describeApi, type Schema } from "#lib/api/openapi.ts";

/** The API's description, and whether what is asked and answered is as it says. */

export const document = describeApi("en");

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat("uuid", /^[0-9a-f-]{36}$/i);
ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/);
ajv.addSchema({ $id: "api", components: document.components });

const compiled = new Map<string, ValidateFunction>();

/** Why a value does not fit a schema of the document; null: it does. */
export function misfit(schema: Schema, value: unknown): string | null {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
  compiled.set(text, validate);
  return validate(value) ? null : ajv.errorsText(validate.errors);
}

/** What an operation takes as JSON; undefined: nothing, or a file. */
export const jsonOf = ({ requestBody }: Described): Schema | undefined =>
  requestBody?.content["application/json"]?.schema;

/** Every operation of the document, with its method and path. */
export const described: readonly (Described & { method: string; path: string })[] = Object.entries(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, each]) => ({ ...each, method: method.toUpperCase(), path })),
);

/** Reads an answer, and holds it against what the document says of that status. */
export async function asDescribed(operation: Described, response: Response): Promise<unknown> {
  const said = operation.responses[response.status];
  if (!said)
    throw new Error(`${operation.operationId}: ${response.status} is not in the document: ${await response.text()}`);
  const text = await response.text();
  if (!said.content) {
    if (text !== "") throw new Error(`${operation.operationId}: ${response.status} with a body`);
    return null;
  }
  const [[type, { schema }] = ["", { schema: {} }]] = Object.entries(said.content);
  if (schema.format === "binary") {
    const given = response.headers.get("content-type")?.replace(/;.*/, "") ?? "";
    if (!(given in said.content)) throw new Error(`${operation.operationId}: ${given} is not in the document`);
    if (text === "") throw new Error(`${operation.operationId}: an empty file`);
    return null;
  }
  if (response.headers.get("content-type") !== type)
    throw new Error(`${operation.operationId}: ${response.headers.get("content-type")} instead of ${type}`);
  const value: unknown = JSON.parse(text);
  const wrong = misfit(schema, value);
  if (wrong) throw new Error(`${operation.operationId} ${response.status}: ${wrong}: ${text.slice(0, 600)}`);
  return value;
}
