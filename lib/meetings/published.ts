import { z } from "zod";
import { shapes } from "#lib/api/shapes.ts";
import { Completion, Form, Lifecycle, MeetingKind, MeetingRelation } from "#prisma/generated/enums.ts";
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
      source: z.strictObject({ id: z.uuid(), key: z.string(), label: texts }),
      paragraph: z.int(),
      note: texts.nullable(),
    }),
  ),
  /** How many commitments each relation has with it. */
  counts: z.partialRecord(z.enum(MeetingRelation), z.int()),
});

type PublishedMeeting = z.output<typeof publishedMeeting>;

export function publishMeeting({ portfolioId, ...meeting }: Meeting): PublishedMeeting {
  return { ...meeting, portfolio: portfolioId };
}

/** The same with the commitments that it has to do with, and those whose deadline hangs on it. */
export const publishedMeetingInFull = publishedMeeting.extend({
  commitments: z.array(
    z.strictObject({
      id: z.uuid(),
      reference: z.string(),
      title: texts,
      form: z.enum(Form),
      completion: z.enum(Completion),
      lifecycle: z.enum(Lifecycle).nullable(),
      latest: day.nullable(),
      relation: z.enum(MeetingRelation),
    }),
  ),
  anchored: z.array(
    z.strictObject({ reference: z.string(), title: texts, phrase: z.string().nullable(), latest: day.nullable() }),
  ),
});
