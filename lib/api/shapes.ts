import { z } from "zod";

/** Pieces of the answers' shapes (lib/<noun>/published.ts and lib/api/operations). */

/** One page of a list. `next`: what to send as `cursor` for the page after it; null on the last one. */
export type Listed<T> = { data: T[]; next: string | null };

export const shapes = {
  texts: z.strictObject({ en: z.string(), vi: z.string(), lo: z.string() }),
  day: z.iso.date(),
  instant: z.iso.datetime({ offset: true }),
  /** A list's answer. */
  page: <T extends z.ZodType>(item: T) => z.strictObject({ data: z.array(item), next: z.string().nullable() }),
  /** A list that comes whole. */
  whole: <T extends z.ZodType>(item: T) => z.strictObject({ data: z.array(item) }),
  /** What a change answers with: the version is for the If-Match of the next one. */
  edited: z.strictObject({ id: z.uuid(), version: z.int().positive() }),
};

/** Every failure (RFC 9457). `errors` names what of the request is wrong, `current` what stands there now. */
export const problemShape = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.strictObject({ field: z.string(), code: z.string(), detail: z.string() })).optional(),
  current: z.strictObject({ version: z.int(), values: z.record(z.string(), z.unknown()) }).optional(),
});
