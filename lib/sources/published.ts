import { z } from "zod";
import { shapes } from "#lib/api.ts";
import { SourceKind } from "#prisma/generated/enums.ts";
import type { Source } from "./schema.ts";

/** A source with what is wrong in it, as the API gives it. */

const { texts } = shapes;

export const publishedSource = z.strictObject({
  id: z.uuid(),
  portfolio: z.string(),
  key: z.string(),
  title: z.string().nullable(),
  label: texts,
  publisher: z.string().nullable(),
  /** EDTF. */
  date: z.string().nullable(),
  inferred: texts.nullable(),
  language: z.string(),
  kind: z.enum(SourceKind),
  paragraphs: z.int(),
  errata: z.array(
    z.strictObject({ key: z.string(), paragraph: z.int(), wrong: texts, right: texts, explanation: texts }),
  ),
  /** How much of the register rests on it. */
  commitments: z.int(),
  meetings: z.int(),
  figures: z.int(),
});

export type PublishedSource = z.output<typeof publishedSource>;

export function publishSource({ portfolioId, version: _version, ...source }: Source): PublishedSource {
  return { ...source, portfolio: portfolioId };
}
