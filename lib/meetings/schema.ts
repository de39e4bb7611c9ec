import { z } from "zod";
import { edtf } from "#lib/commitments/schema.ts";
import { place } from "#lib/sources/schema.ts";
import { key, line, optionalLine, prose, texts, uuid } from "#lib/text.ts";
import { MeetingKind } from "#prisma/generated/enums.ts";

const when = {
  /** The words of the text: "on 22 February 2025", "earlier in the year". */
  phrase: optionalLine(200),
  edtf,
  /** Why we give this date, where no text does. */
  inferred: z.union([z.null(), texts(1000)]),
};

/** A committee session, a visit, talks: where things are promised, restated and reviewed. */
export const meetingInput = z.strictObject({
  portfolioId: key,
  key,
  kind: z.enum(MeetingKind, { error: "errors.choice" }),
  name: texts(300, line),
  statement: texts(4000),
  ...when,
  placeId: z.union([z.null(), key]),
  partyIds: z.array(key).max(60, "errors.tooMany"),
  citations: z.array(z.strictObject({ ...place, note: z.union([z.null(), texts(1000)]) })).max(200, "errors.tooMany"),
});

/** A new date for a meeting. It moves the deadlines that hang on it, so it needs a reason. */
export const meetingDateInput = z.strictObject({
  id: uuid,
  version: z.int({ error: "errors.choice" }).positive(),
  ...when,
  reason: prose(2000).refine((text) => text !== "", "errors.text.empty"),
});
