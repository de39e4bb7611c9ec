import { z } from "zod";
import { isDay, parseEdtf } from "#lib/dates.ts";
import { key, line, name, once, optionalLine, optionalLink, prose, texts, uuid } from "#lib/text.ts";
import {
  Binding,
  Completion,
  Confidence,
  Evidence,
  Form,
  Kind,
  Lifecycle,
  Locale,
  MeetingRelation,
  MoneyStage,
  PartyRole,
  Strength,
} from "#prisma/generated/enums.ts";

/**
 * What may be said about a commitment: one schema for the form, the API, the importers and the seed. Issues are message
 * keys (lib/i18n/messages, `errors.*`).
 */

export const completions = Object.values(Completion);
export const evidences = Object.values(Evidence);
export const confidences = Object.values(Confidence);
export const forms = Object.values(Form);
export const kinds = Object.values(Kind);
export const strengths = Object.values(Strength);
export const lifecycles = Object.values(Lifecycle);
export const bindings = Object.values(Binding);
export const partyRoles = Object.values(PartyRole);
export const moneyStages = Object.values(MoneyStage);
export const meetingRelations = Object.values(MeetingRelation);
export const locales = Object.values(Locale);

/** Which kinds a form can be of. */
export const kindsOf: Record<Form, readonly Kind[]> = {
  instrument: ["agreement", "protocol", "mou", "letter_of_intent", "plan", "joint_statement", "licence"],
  pledge: ["deliverable", "project", "level_of_effort"],
  target: ["number"],
};

const oneOf = <T extends Record<string, string>>(values: T) => z.enum(values, { error: "errors.choice" });
const flag = z.boolean({ error: "errors.choice" });

/** A calendar day, "2026-12-31". */
export const day = z.string({ error: "errors.date.notDay" }).refine(isDay, "errors.date.notDay");

/** An EDTF value in its normal spelling, or null where the text gives no date. */
export const edtf = z
  .union([z.null(), line(64)], { error: "errors.date.notEdtf" })
  .optional()
  .transform((text, context) => {
    if (!text) return null;
    const parsed = parseEdtf(text);
    if (parsed.ok) return parsed.value.edtf;
    context.addIssue({ code: "custom", message: parsed.error });
    return z.NEVER;
  });

/** Why we say something that the text does not. */
const reasons = texts(1000);

/** The version of the record that the person saw. */
const version = z.int({ error: "errors.choice" }).positive();
const target = { id: uuid, version };

const deadlineFields = {
  /** The words of the text: "by 2026", "in the coming years". */
  phrase: optionalLine(200),
  edtf,
  /** The event that the deadline depends on. */
  anchorId: z
    .union([z.null(), uuid])
    .optional()
    .transform((id) => id ?? null),
};

const partyRow = z.strictObject({ partyId: key, role: oneOf(PartyRole) });
const moneyRow = z.strictObject({
  amount: z
    .union([z.string(), z.number()], { error: "errors.amount" })
    .transform((amount) => String(amount).trim())
    .refine((amount) => /^\d{1,16}(\.\d{1,2})?$/.test(amount), "errors.amount"),
  currency: z.string().regex(/^[A-Z]{3}$/, "errors.currency"),
  stage: oneOf(MoneyStage),
});
const milestoneRow = z.strictObject({
  title: texts(300, line),
  phrase: optionalLine(200),
  edtf,
  doneOn: z
    .union([z.null(), day])
    .optional()
    .transform((value) => value ?? null),
});
const meetingRow = z.strictObject({ meetingId: uuid, relation: oneOf(MeetingRelation) });
const citationRow = z.strictObject({
  sourceId: uuid,
  paragraph: z.int({ error: "errors.paragraph" }).min(1, "errors.paragraph").max(100_000, "errors.paragraph"),
  note: z
    .union([z.null(), texts(1000)])
    .optional()
    .transform((note) => note ?? null),
  supports: z
    .union([z.null(), z.enum(["completion", "deadline"])])
    .optional()
    .transform((field) => field ?? null),
});
const instrumentFields = z.strictObject({
  signed: edtf,
  inEffectFrom: edtf,
  ends: edtf,
  noticeDays: z.union(
    [z.null(), z.int({ error: "errors.number" }).min(0, "errors.number").max(3660, "errors.number")],
    {
      error: "errors.number",
    },
  ),
  binding: oneOf(Binding),
  textHeld: flag,
  lifecycle: oneOf(Lifecycle),
});

const unique = <T>(rows: readonly T[]) => once(rows.map((row) => JSON.stringify(row)));
const parties = z.array(partyRow).max(60, "errors.tooMany").refine(unique, "errors.twice");
const money = z.array(moneyRow).max(50, "errors.tooMany");
const milestones = z.array(milestoneRow).max(200, "errors.tooMany");
const meetings = z.array(meetingRow).max(100, "errors.tooMany").refine(unique, "errors.twice");
const indicatorIds = z.array(uuid).max(50, "errors.tooMany").refine(unique, "errors.twice");
const places = z.array(key).max(50, "errors.tooMany").refine(unique, "errors.twice");

const classification = { form: oneOf(Form), kind: oneOf(Kind), strength: oneOf(Strength), sectorId: key };
const kindFits = (value: { form: Form; kind: Kind }) => kindsOf[value.form].includes(value.kind);
const kindIssue = { path: ["kind"], message: "errors.kind" };

/** A new record. Everything after `statement` can come later. */
export const createInput = z
  .strictObject({
    portfolioId: key,
    ...classification,
    title: texts(300, line),
    statement: texts(4000),
    draftLocales: z
      .array(oneOf(Locale))
      .max(3)
      .default([...locales]),
    ownerId: z.union([z.null(), uuid]).default(null),
    deadline: z
      .strictObject({ ...deadlineFields, inferred: z.union([z.null(), reasons]).default(null) })
      .nullable()
      .default(null),
    instrument: instrumentFields
      .extend({
        inferred: z
          .union([z.null(), z.partialRecord(z.enum(["signed", "inEffectFrom", "ends", "lifecycle"]), reasons)])
          .default(null),
      })
      .nullable()
      .default(null),
    completion: oneOf(Completion).default("not_reported"),
    evidence: oneOf(Evidence).default("none"),
    parties: parties.default([]),
    money: money.default([]),
    places: places.default([]),
    milestones: milestones.default([]),
    citations: z.array(citationRow).max(200, "errors.tooMany").default([]),
    meetings: meetings.default([]),
    indicatorIds: indicatorIds.default([]),
    parentId: z.union([z.null(), uuid]).default(null),
    predecessorId: z.union([z.null(), uuid]).default(null),
    /** Only the seed gives these: what the record is called in the catalogue, and its number. */
    seed: z.strictObject({ key, number: z.int().positive() }).nullable().default(null),
  })
  .refine(kindFits, kindIssue)
  .refine((value) => value.form === "instrument" || value.instrument === null, {
    path: ["instrument"],
    message: "errors.notInstrument",
  });

export const textsInput = z.strictObject({
  ...target,
  title: texts(300, line),
  statement: texts(4000),
  draftLocales: z.array(oneOf(Locale)).max(3).refine(unique, "errors.twice"),
});
export const classifyInput = z.strictObject({ ...target, ...classification }).refine(kindFits, kindIssue);
export const ownerInput = z.strictObject({ ...target, ownerId: z.union([z.null(), uuid]) });
export const progressInput = z.strictObject({
  ...target,
  completion: oneOf(Completion),
  evidence: oneOf(Evidence),
  confidence: z.union([z.null(), oneOf(Confidence)]).default(null),
  /** What has been done. May be empty where only the status is set in the table. */
  text: prose(8000).default(""),
  evidenceUrl: optionalLink,
  /** The day that the report speaks of; today if not said. */
  asOf: z.union([z.null(), day]).default(null),
});
export const deadlineInput = z.strictObject({ ...target, ...deadlineFields, reason: prose(2000).default("") });
export const partiesInput = z.strictObject({ ...target, parties, places });
export const moneyInput = z.strictObject({ ...target, money });
export const milestonesInput = z.strictObject({ ...target, milestones });
export const instrumentInput = z.strictObject({ ...target, ...instrumentFields.shape });
export const relationsInput = z.strictObject({
  ...target,
  parentId: z.union([z.null(), uuid]),
  predecessorId: z.union([z.null(), uuid]),
});
export const meetingsInput = z.strictObject({ ...target, meetings });
export const indicatorsInput = z.strictObject({ ...target, indicatorIds });
export const citationInput = z.strictObject({ ...target, ...citationRow.shape });
export const removeCitationInput = z.strictObject({ ...target, citationId: uuid });
export const withdrawInput = z.strictObject({
  ...target,
  reason: prose(2000).refine((text) => text !== "", "errors.text.empty"),
});
export const supersedeInput = z.strictObject({ ...target, successorId: z.uuid("errors.choice") });
export const targetInput = z.strictObject(target);

/** One change for many records. `rows` are the records with the versions that the preview showed. */
export const bulkInput = z.strictObject({
  rows: z.array(z.strictObject(target)).min(1, "errors.nothingChosen").max(500, "errors.tooMany"),
  change: z.discriminatedUnion(
    "field",
    [
      z.strictObject({ field: z.literal("completion"), completion: oneOf(Completion), text: prose(8000).default("") }),
      z.strictObject({ field: z.literal("owner"), ownerId: z.union([z.null(), uuid]) }),
      z.strictObject({ field: z.literal("deadline"), ...deadlineFields, reason: name(2000) }),
    ],
    { error: "errors.choice" },
  ),
});
