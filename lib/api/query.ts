import { z } from "zod";
import { InvalidInput } from "#lib/errors.ts";
import type { Listed } from "./shapes.ts";

/** The query string, read strictly: a parameter that is unknown, given twice or wrong is named, never passed over. */

/** Parameters by name. Each schema takes the text that was sent, or undefined. */
export type Query = Readonly<Record<string, z.ZodType>>;

/**
 * The values of the parameters in `known`. Those in `lists` may be given several times, and are left to whoever reads them.
 * @throws InvalidInput
 */
export function readQuery<Q extends Query>(
  search: URLSearchParams,
  known: Q,
  lists: Query = {},
): { [name in keyof Q]: z.output<Q[name]> } {
  const wrong = new Map<string, string[]>();
  const names = [...new Set(search.keys())];
  const isKnown = (name: string) => Object.hasOwn(known, name) || Object.hasOwn(lists, name);
  // A few are enough to see what is wrong, and an answer should not be as long as whatever was sent.
  for (const name of names.filter((each) => !isKnown(each)).slice(0, 10))
    wrong.set(name.slice(0, 100), ["errors.unknownParameter"]);
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(known)) {
    const [value, ...more] = search.getAll(name);
    const parsed = schema.safeParse(value);
    if (more.length > 0) wrong.set(name, ["errors.twice"]);
    else if (parsed.success) values[name] = parsed.data;
    else
      wrong.set(
        name,
        parsed.error.issues.map(({ message }) => message),
      );
  }
  if (wrong.size > 0) throw new InvalidInput(Object.fromEntries(wrong));
  return values as { [name in keyof Q]: z.output<Q[name]> };
}

const limits = { most: 200, usual: 50 } as const;

export const portfolioParameter = z.string({ error: "errors.filter" }).regex(/^[a-z0-9-]{1,80}$/, "errors.filter");

/** The parameters of a list that comes in pages. */
export const paged = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, "errors.limit")
    .transform(Number)
    .refine((limit) => limit <= limits.most, "errors.limit")
    .default(limits.usual),
  cursor: z
    .string()
    .regex(/^[\w-]{1,4000}$/, "errors.cursor")
    .optional(),
} satisfies Query;

/** The same of what belongs to a portfolio: of one, or of all that the actor may see. */
export const ofPortfolio = { portfolio: portfolioParameter.optional(), ...paged } satisfies Query;

/** What a page was asked for, of values that `paged` has read. */
export function pageAsked(query: Readonly<Record<string, unknown>>): {
  portfolioId: string | null;
  limit: number;
  cursor: string | null;
} {
  const { portfolio = null, limit, cursor = null } = query as { portfolio?: string; limit: number; cursor?: string };
  return { portfolioId: portfolio, limit, cursor };
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
