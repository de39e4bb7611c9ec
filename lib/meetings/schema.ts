import { z } from "zod";
import { edtf } from "#lib/commitments/schema.ts";
import type { Day } from "#lib/dates.ts";
import { place } from "#lib/sources/schema.ts";
import { key, line, optionalLine, optionalTexts, prose, type Texts, texts, uuid } from "#lib/text.ts";
import { type Completion, type Form, type Lifecycle, MeetingKind, MeetingRelation } from "#prisma/generated/enums.ts";

/** What a commitment can have to do with a meeting, in the order that it is told. */
export const meetingRelations = Object.values(MeetingRelation);

const when = {
  /** The words of the text: "on 22 February 2025", "earlier in the year". */
  phrase: optionalLine(200),
  edtf,
  /** Why we give this date, where no text does. */
  inferred: optionalTexts(1000),
};

const fields = {
  kind: z.enum(MeetingKind, { error: "errors.choice" }),
  name: texts(300, line),
  statement: texts(4000),
  placeId: key.nullable(),
  partyIds: z.array(key).max(60, "errors.tooMany"),
  citations: z.array(z.strictObject({ ...place, note: optionalTexts(1000) })).max(200, "errors.tooMany"),
};

/** A committee session, a visit, talks: where things are promised, restated and reviewed. */
export const meetingInput = z.strictObject({
  portfolioId: key,
  /** Null: made of its name. */
  key: key.nullable().default(null),
  ...fields,
  ...when,
});

const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };

/** Everything but its date, which other things hang on. */
export const editMeetingInput = z.strictObject({ ...target, ...fields });

/** A new date for a meeting. It moves the deadlines that hang on it, so it needs a reason. */
export const meetingDateInput = z.strictObject({
  ...target,
  ...when,
  reason: prose(2000).refine((text) => text !== "", "errors.text.empty"),
});

/** A meeting. Texts are in all languages. */
export type Meeting = {
  id: string;
  portfolioId: string;
  key: string;
  version: number;
  kind: MeetingKind;
  name: Texts;
  statement: Texts;
  phrase: string | null;
  edtf: string | null;
  earliest: Day | null;
  latest: Day | null;
  /** Why we give this date, where no text does. */
  inferred: Texts | null;
  place: { id: string; name: Texts } | null;
  parties: { id: string; name: Texts; side: string | null }[];
  citations: { paragraph: number; note: Texts | null; source: { id: string; key: string; label: Texts } }[];
  /** How many commitments each relation has with it. */
  counts: Partial<Record<MeetingRelation, number>>;
};

type MeetingCommitment = {
  id: string;
  reference: string;
  title: Texts;
  form: Form;
  completion: Completion;
  lifecycle: Lifecycle | null;
  latest: Day | null;
  relation: MeetingRelation;
};

/** A meeting with the commitments that it has to do with, and those whose deadline hangs on it. */
export type MeetingDetail = Meeting & {
  commitments: MeetingCommitment[];
  anchored: { reference: string; title: Texts; phrase: string | null; latest: Day | null }[];
};
