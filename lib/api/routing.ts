import { NotFound } from "#lib/errors.ts";
import { namesIn, type Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { pathParameters } from "./params.ts";
import { Refused } from "./refused.ts";

/** Which operation an address means. */

export type Found = { id: string; operation: Operation; params: Record<string, string | number> };

type Place = { parts: readonly string[]; methods: Map<string, { id: string; operation: Operation }> };

const isName = (part: string) => part.startsWith("{");

/** The paths, those with fewer names in them first: "/commitments/changes" is no "/commitments/{id}". */
const places: readonly Place[] = [
  ...Map.groupBy(Object.entries(operations), ([, { path }]) => path.replace(/\{[\w:]+\}/g, "{}")).values(),
]
  .map((same) => ({
    parts: (same[0]?.[1].path ?? "").slice(1).split("/"),
    methods: new Map(same.map(([id, operation]) => [operation.method as string, { id, operation }])),
  }))
  .sort((a, b) => a.parts.filter(isName).length - b.parts.filter(isName).length);

/** @throws NotFound, Refused 405 */
export function find(request: Request): Found {
  const parts = new URL(request.url).pathname.split("/").slice(3).map(decoded);
  const place = places.find(
    (each) => each.parts.length === parts.length && each.parts.every((part, at) => isName(part) || part === parts[at]),
  );
  if (!place) throw new NotFound();
  const method = request.method === "HEAD" ? "GET" : request.method;
  const found = place.methods.get(method);
  if (!found) throw new Refused(405, "api.errors.method", { Allow: allowed(place) });
  const { path } = found.operation;
  const values = parts.filter((_, at) => isName(place.parts[at] ?? ""));
  const params = namesIn(path).map(({ name, kind }, at) => [name, paramOf(kind, values[at])]);
  return { ...found, params: Object.fromEntries(params) };
}

const allowed = ({ methods }: Place) =>
  [...methods.keys()].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");

/** What does not fit is not there. */
function paramOf(kind: string, text: string | undefined): string | number {
  const parsed = pathParameters[kind]?.safeParse(text);
  if (!parsed?.success) throw new NotFound();
  return parsed.data;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new NotFound();
  }
}
