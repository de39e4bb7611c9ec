import { z } from "zod";
import { shapes } from "#lib/api/shapes.ts";
import { Completion, Direction } from "#prisma/generated/enums.ts";
import type { Indicator } from "./schema.ts";

/** An indicator with its figures, as the API gives it. */

const { texts, day } = shapes;

export const publishedIndicator = z.strictObject({
  id: z.uuid(),
  portfolio: z.string(),
  key: z.string(),
  version: z.int().positive(),
  name: texts,
  unit: z.string(),
  direction: z.enum(Direction),
  observations: z.array(
    z.strictObject({
      id: z.uuid(),
      value: z.number(),
      qualifier: z.string(),
      kind: z.string().nullable(),
      phrase: z.string().nullable(),
      edtf: z.string().nullable(),
      earliest: day.nullable(),
      latest: day.nullable(),
      inferred: texts.nullable(),
      note: texts.nullable(),
      paragraph: z.int(),
      /** The source's key. */
      source: z.string(),
    }),
  ),
  targets: z.array(
    z.strictObject({
      id: z.uuid(),
      value: z.number(),
      phrase: z.string().nullable(),
      edtf: z.string().nullable(),
      latest: day.nullable(),
      paragraph: z.int(),
      source: z.string(),
      commitment: z.strictObject({ reference: z.string(), title: texts }),
    }),
  ),
  commitments: z.array(
    z.strictObject({ id: z.uuid(), reference: z.string(), title: texts, completion: z.enum(Completion) }),
  ),
});

type PublishedIndicator = z.output<typeof publishedIndicator>;

export function publishIndicator(indicator: Indicator): PublishedIndicator {
  const { sources: _sources, portfolioId, observations, targets, ...rest } = indicator;
  return {
    ...rest,
    portfolio: portfolioId,
    observations: observations.map(({ sourceKey: source, ...observation }) => ({ ...observation, source })),
    targets: targets.map(({ sourceKey: source, ...target }) => ({ ...target, source })),
  };
}
