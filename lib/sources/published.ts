import { z } from "zod";
import { shapes } from "#lib/api/shapes.ts";
import { SourceKind } from "#prisma/generated/enums.ts";
import type { Source } from "./schema.ts";

/** A source with what is wrong in it, as the API gives it. */

const { texts } = shapes;

export const publishedSource = z.strictObject({
  id: z.uuid(),
  portfolio: z.string(),
  key: z.string(),
  version: z.int().positive(),
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

type PublishedSource = z.output<typeof publishedSource>;

export function publishSource({ portfolioId, ...source }: Source): PublishedSource {
  return { ...source, portfolio: portfolioId };
}

/** The same with every paragraph and what rests on it. */
export const publishedSourceInFull = publishedSource.extend({
  lines: z.array(
    z.strictObject({
      paragraph: z.int(),
      commitments: z.array(
        z.strictObject({
          id: z.uuid(),
          reference: z.string(),
          title: texts,
          note: texts.nullable(),
          supports: z.string().nullable(),
        }),
      ),
      meetings: z.array(z.strictObject({ key: z.string(), name: texts, note: texts.nullable() })),
      figures: z.array(
        z.strictObject({ key: z.string(), name: texts, unit: z.string(), value: z.number(), target: z.boolean() }),
      ),
      /** Keys of the errata that are about it. */
      errata: z.array(z.string()),
      /** Why it has no record, where somebody has said so. */
      silent: texts.nullable(),
    }),
  ),
});
