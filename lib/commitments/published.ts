import { z } from "zod";
import { shapes } from "#lib/api/shapes.ts";
import type { Day } from "#lib/dates.ts";
import {
  Binding,
  Completion,
  Confidence,
  Direction,
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
import { schedules } from "./filters.ts";
import type { CommitmentRecord } from "./record.ts";
import { scheduleOf } from "./rules.ts";

/** A commitment as the API gives it: the shape once, for the types, the tests and a description of the API. */

const { texts, day, instant } = shapes;

/** What a vague date says: the words of the text, EDTF, and the first and last day that it allows. */
const vague = {
  phrase: z.string().nullable(),
  edtf: z.string().nullable(),
  earliest: day.nullable(),
  latest: day.nullable(),
};

const related = z.strictObject({ id: z.uuid(), reference: z.string(), title: texts, completion: z.enum(Completion) });

const observation = z.strictObject({
  value: z.number(),
  qualifier: z.string(),
  kind: z.string().nullable(),
  ...vague,
  inferred: texts.nullable(),
  note: texts.nullable(),
  paragraph: z.int(),
  /** The source's key. */
  source: z.string(),
});

export const publishedCommitment = z.strictObject({
  id: z.uuid(),
  portfolio: z.string(),
  reference: z.string(),
  form: z.enum(Form),
  kind: z.enum(Kind),
  strength: z.enum(Strength),
  title: texts,
  statement: texts,
  /** Languages whose texts nobody has reviewed yet. */
  draftLocales: z.array(z.enum(Locale)),
  sector: z.strictObject({ id: z.string(), name: texts }),
  parties: z.array(
    z.strictObject({ id: z.string(), name: texts, role: z.enum(PartyRole), side: z.string().nullable() }),
  ),
  places: z.array(z.strictObject({ id: z.string(), name: texts })),
  owner: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
  completion: z.enum(Completion),
  evidence: z.enum(Evidence),
  confidence: z.enum(Confidence).nullable(),
  reportedOn: day.nullable(),
  /** Derived, on the day of the answer. */
  schedule: z.enum(schedules),
  deadline: z.strictObject({
    ...vague,
    inferred: texts.nullable(),
    anchor: z.strictObject({ id: z.uuid(), key: z.string(), name: texts, ...vague }).nullable(),
  }),
  /** Null for what is no written commitment. */
  instrument: z
    .strictObject({
      signed: z.string().nullable(),
      inEffectFrom: z.string().nullable(),
      ends: z.string().nullable(),
      noticeDays: z.int().nullable(),
      binding: z.enum(Binding),
      textHeld: z.boolean(),
      lifecycle: z.enum(Lifecycle),
      inferred: z.record(z.string(), texts).nullable(),
    })
    .nullable(),
  money: z.array(z.strictObject({ amount: z.number(), currency: z.string(), stage: z.enum(MoneyStage) })),
  milestones: z.array(z.strictObject({ title: texts, ...vague, doneOn: day.nullable() })),
  parent: related.nullable(),
  children: z.array(related),
  predecessor: related.nullable(),
  /** The first; where several continue it, `successors` has them all. */
  successor: related.nullable(),
  successors: z.array(related),
  meetings: z.array(
    z.strictObject({
      id: z.uuid(),
      key: z.string(),
      name: texts,
      relation: z.enum(MeetingRelation),
      edtf: z.string().nullable(),
      latest: day.nullable(),
    }),
  ),
  citations: z.array(
    z.strictObject({
      id: z.uuid(),
      source: z.strictObject({
        id: z.uuid(),
        key: z.string(),
        title: z.string().nullable(),
        label: texts,
        publisher: z.string().nullable(),
        date: z.string().nullable(),
      }),
      paragraph: z.int(),
      note: texts.nullable(),
      supports: z.string().nullable(),
    }),
  ),
  indicators: z.array(
    z.strictObject({
      id: z.uuid(),
      key: z.string(),
      name: texts,
      unit: z.string(),
      direction: z.enum(Direction),
      observations: z.array(observation),
      target: z
        .strictObject({
          value: z.number(),
          phrase: z.string().nullable(),
          edtf: z.string().nullable(),
          latest: day.nullable(),
          paragraph: z.int(),
          source: z.string(),
        })
        .nullable(),
    }),
  ),
  /** What has been reported, newest first. */
  reports: z.array(
    z.strictObject({
      id: z.uuid(),
      asOf: day,
      at: instant,
      byName: z.string(),
      text: z.string(),
      completion: z.enum(Completion),
      evidence: z.enum(Evidence),
      confidence: z.enum(Confidence).nullable(),
      evidenceUrl: z.string().nullable(),
    }),
  ),
  /** The deadline as it was first, and each one since. */
  revisions: z.array(
    z.strictObject({
      ...vague,
      anchorId: z.uuid().nullable(),
      reason: z.string().nullable(),
      byName: z.string(),
      at: instant,
    }),
  ),
  version: z.int().positive(),
  createdAt: instant,
  updatedAt: instant,
});

type PublishedCommitment = z.output<typeof publishedCommitment>;

/** The record as others may have it: ids of rows that nothing can be done with are left out. */
export function publishCommitment(record: CommitmentRecord, today: Day): PublishedCommitment {
  const { owner, instrument, deadline } = record;
  return {
    id: record.id,
    portfolio: record.portfolioId,
    reference: record.reference,
    form: record.form,
    kind: record.kind,
    strength: record.strength,
    title: record.title,
    statement: record.statement,
    draftLocales: record.draftLocales,
    sector: record.sector,
    parties: record.parties,
    places: record.places,
    owner: owner && { id: owner.id, name: owner.name },
    completion: record.completion,
    evidence: record.evidence,
    confidence: record.confidence,
    reportedOn: record.reportedOn,
    schedule: scheduleOf(
      { completion: record.completion, lifecycle: record.lifecycle, latest: deadline.latest },
      today,
    ),
    deadline,
    instrument: instrument && { ...instrument, lifecycle: record.lifecycle ?? "unknown" },
    money: record.money.map(({ id: _id, ...money }) => money),
    milestones: record.milestones.map(({ id: _id, ...milestone }) => milestone),
    parent: record.parent,
    children: record.children,
    predecessor: record.predecessor,
    successor: record.successors[0] ?? null,
    successors: record.successors,
    meetings: record.meetings,
    citations: record.citations,
    indicators: record.indicators.map(({ observations, target, ...indicator }) => ({
      ...indicator,
      observations: observations.map(({ id: _id, sourceKey: source, ...observation }) => ({ ...observation, source })),
      target: target && publishTarget(target),
    })),
    reports: record.reports,
    revisions: record.revisions.map(({ id: _id, seq: _seq, anchor: _anchor, ...revision }) => revision),
    version: record.version,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}

function publishTarget({
  sourceKey: source,
  ...target
}: NonNullable<CommitmentRecord["indicators"][number]["target"]>) {
  return { ...target, source };
}
