import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { errorOf } from "#lib/action.ts";
import { type Actor, actorOfToken } from "#lib/actor.ts";
import { InvalidInput, NotSignedIn, TooMany } from "#lib/errors.ts";
import { networkOf } from "#lib/people/rules.ts";
import { rateLimits } from "#lib/rate-limit.ts";

/**
 * The plumbing of /api/v1: who asks (a bearer token and nothing else: a browser's session is not looked at, so no page
 * can make a browser ask), the query string read strictly, and every failure as a problem (RFC 9457).
 */

/** One page of a list. `next`: what to send as `cursor` for the page after it; null on the last one. */
export type Listed<T> = { data: T[]; next: string | null };

/** Answers with what `give` gives: a Response as it is, anything else as JSON. `give` may throw any KeptError. */
export async function respond(
  request: Request,
  give: (actor: Actor, query: URLSearchParams) => Promise<unknown>,
): Promise<Response> {
  try {
    const actor = await actorOf(request.headers);
    const given = await give(actor, new URL(request.url).searchParams);
    return given instanceof Response ? given : Response.json(given, { headers });
  } catch (error) {
    return problem(error, { challenge: request.headers.has("authorization") ? wrongToken : noToken });
  }
}

const headers = { "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff", Vary: "Authorization" };

const noToken = 'Bearer realm="Kept"';
const wrongToken = `${noToken}, error="invalid_token"`;

async function actorOf(given: Headers): Promise<Actor> {
  const [, secret] = /^Bearer +([\w.~+/-]+=*)$/i.exec(given.get("authorization") ?? "") ?? [];
  const actor = secret ? await actorOfToken(secret, new Date(), given.get("x-request-id")) : null;
  if (actor) return actor;
  // A token that is none counts against its sender, so that they can't be tried one after the other. One that is good is
  // let through all the same: others behind the same address are not to suffer.
  const verdict = secret ? await rateLimits().take("token", networkOf(given.get("x-forwarded-for") ?? "")) : null;
  if (verdict && !verdict.allowed) throw new TooMany(verdict.retryAfter);
  throw new NotSignedIn();
}

/** A failure as its answer: {type, title, status, code, parameters?}, `parameters` naming what of the query is wrong. */
function problem(error: unknown, { challenge }: { challenge: string }): Response {
  const { key, status, fields, retryAfter } = errorOf(error);
  const body = {
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    code: key.replace(/^errors\./, ""),
    parameters: fields,
  };
  return Response.json(body, {
    status,
    headers: {
      ...headers,
      "Content-Type": "application/problem+json",
      ...(status === 401 && { "WWW-Authenticate": challenge }),
      ...(retryAfter && { "Retry-After": String(retryAfter) }),
    },
  });
}

/** The parameters by name, each with its values. @throws InvalidInput naming those that are not in `known` */
export function readQuery<N extends string>(query: URLSearchParams, known: readonly N[]): Partial<Record<N, string[]>> {
  const unknown = [...new Set(query.keys())].filter((name) => !known.some((other) => other === name));
  // A few are enough to see what is wrong, and an answer should not be as long as whatever was sent.
  if (unknown.length > 0)
    throw new InvalidInput(
      Object.fromEntries(unknown.slice(0, 10).map((name) => [name.slice(0, 100), ["errors.unknownParameter"]])),
    );
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)])) as Partial<
    Record<N, string[]>
  >;
}

/** The one value of a parameter, or undefined. @throws InvalidInput when it is given twice or does not fit `schema` */
export function one<T>(query: Partial<Record<string, string[]>>, name: string, schema: z.ZodType<T>): T | undefined {
  const values = query[name];
  if (values === undefined) return undefined;
  const parsed = schema.safeParse(values[0]);
  if (values.length > 1) throw new InvalidInput({ [name]: ["errors.twice"] });
  if (!parsed.success) throw new InvalidInput({ [name]: parsed.error.issues.map(({ message }) => message) });
  return parsed.data;
}

/** The parameters that every list has. */
export const pageParameters = ["portfolio", "limit", "cursor"] as const;

export const limits = { least: 1, most: 200, usual: 50 } as const;

const portfolioParameter = z.string().regex(/^[a-z0-9-]{1,80}$/, "errors.filter");
const limitParameter = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, "errors.limit")
  .transform(Number)
  .refine((limit) => limit <= limits.most, "errors.limit");
const cursorParameter = z.string().regex(/^[\w-]{1,4000}$/, "errors.cursor");

/** @throws InvalidInput */
export function readPage(query: Partial<Record<string, string[]>>): {
  portfolioId: string | null;
  limit: number;
  cursor: string | null;
} {
  return {
    portfolioId: one(query, "portfolio", portfolioParameter) ?? null,
    limit: one(query, "limit", limitParameter) ?? limits.usual,
    cursor: one(query, "cursor", cursorParameter) ?? null,
  };
}

/** A page of a list short enough to be had whole. The cursor names its last item. @throws InvalidInput on any other */
export function pageOf<T extends { id: string }>(
  all: readonly T[],
  { limit, cursor }: { limit: number; cursor: string | null },
): Listed<T> {
  const before = cursor === null ? -1 : all.findIndex(({ id }) => cursorOf(id) === cursor);
  if (cursor !== null && before === -1) throw new InvalidInput({ cursor: ["errors.cursor"] });
  const data = all.slice(before + 1, before + 1 + limit);
  const last = data.at(-1);
  return { data, next: last && before + 1 + limit < all.length ? cursorOf(last.id) : null };
}

const cursorOf = (id: string) => Buffer.from(id).toString("base64url");

/** Pieces of the answers' shapes (lib/<noun>/published.ts). */
export const shapes = {
  texts: z.strictObject({ en: z.string(), vi: z.string(), lo: z.string() }),
  day: z.iso.date(),
  instant: z.iso.datetime({ offset: true }),
  /** A list's answer. */
  page: <T extends z.ZodType>(item: T) => z.strictObject({ data: z.array(item), next: z.string().nullable() }),
};
