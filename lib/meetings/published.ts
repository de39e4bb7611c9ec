import { z } from "zod";
import { shapes } from "#lib/api.ts";
import { MeetingKind, MeetingRelation } from "#prisma/generated/enums.ts";
import type { Meeting } from "./schema.ts";

/** A meeting, as the API gives it. */

const { texts, day } = shapes;

export const publishedMeeting = z.strictObject({
  id: z.uuid(),
  portfolio: z.string(),
  key: z.string(),
  version: z.int().positive(),
  kind: z.enum(MeetingKind),
  name: texts,
  statement: texts,
  phrase: z.string().nullable(),
  edtf: z.string().nullable(),
  earliest: day.nullable(),
  latest: day.nullable(),
  inferred: texts.nullable(),
  place: z.strictObject({ id: z.string(), name: texts }).nullable(),
  parties: z.array(z.strictObject({ id: z.string(), name: texts, side: z.string().nullable() })),
  citations: z.array(
    z.strictObject({
      source: z.strictObject({ key: z.string(), label: texts }),
      paragraph: z.int(),
      note: texts.nullable(),
    }),
  ),
  /** How many commitments each relation has with it. */
  counts: z.partialRecord(z.enum(MeetingRelation), z.int()),
});

export type PublishedMeeting = z.output<typeof publishedMeeting>;

export function publishMeeting({ portfolioId, citations, ...meeting }: Meeting): PublishedMeeting {
  return {
    ...meeting,
    portfolio: portfolioId,
    citations: citations.map(({ source: { key, label }, ...rest }) => ({ ...rest, source: { key, label } })),
  };
}
