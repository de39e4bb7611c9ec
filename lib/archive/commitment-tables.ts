import { visibleTo } from "#lib/commitments/policy.ts";
import { sql } from "#lib/db.ts";
import {
  Binding,
  Completion,
  Confidence,
  Evidence,
  Form,
  Kind,
  Lifecycle,
  MeetingRelation,
  MoneyStage,
  PartyRole,
  Strength,
} from "#prisma/generated/enums.ts";
import { choice, field, fuzzy, type Table, texts } from "./table.ts";

/** The commitments with everything that hangs on them, and the history of it all. */

const ofCommitment = field("commitment_id", "string", "x.commitment_id");
const commitment = { commitment_id: ["commitments", "id"] } as const;

export const commitmentTables: readonly Table[] = [
  {
    name: "commitments",
    description: "Anything that was agreed, signed or promised.",
    fields: [
      field("id", "string", "c.id"),
      field("reference", "string", "c.reference", { description: "What people call it." }),
      field("number", "integer", "c.number"),
      field("seed_key", "string", "c.seed_key"),
      choice("form", "c.form", Form),
      choice("kind", "c.kind", Kind),
      choice("strength", "c.strength", Strength, "How firm the wording is."),
      field("sector_id", "string", "c.sector_id"),
      ...texts("title", "c.title"),
      ...texts("statement", "c.statement"),
      field("draft_locales", "array", "c.draft_locales", { description: "Languages whose texts nobody has reviewed." }),
      field("owner_id", "string", "c.owner_id", { description: "Who answers for it." }),
      choice("completion", "c.completion", Completion),
      choice("evidence", "c.evidence", Evidence),
      choice("lifecycle", "c.lifecycle", Lifecycle, "Of instruments."),
      choice("confidence", "c.confidence", Confidence, "The owner's outlook."),
      field("confidence_on", "date", "c.confidence_on"),
      field("reported_on", "date", "c.reported_on", { description: "The day of the last progress report." }),
      ...fuzzy("deadline", "c"),
      field("deadline_anchor_id", "string", "c.deadline_anchor_id", { description: "The meeting that it is tied to." }),
      ...texts("deadline_inferred", "c.deadline_inferred", "Why we say so, where the text does not."),
      field("parent_id", "string", "c.parent_id", { description: "What it was made under." }),
      field("predecessor_id", "string", "c.predecessor_id", { description: "What it continues." }),
      field("version", "integer", "c.version"),
      field("created_at", "datetime", "c.created_at"),
      field("updated_at", "datetime", "c.updated_at"),
    ],
    key: ["id"],
    refers: {
      sector_id: ["sectors", "id"],
      owner_id: ["people", "id"],
      deadline_anchor_id: ["meetings", "id"],
      parent_id: ["commitments", "id"],
      predecessor_id: ["commitments", "id"],
    },
    from: (actor, id) => sql`FROM commitment c WHERE ${visibleTo(actor, id)} ORDER BY c.number`,
  },
  part("instruments", "instrument", "What only a written commitment has.", {
    fields: [
      ofCommitment,
      field("signed", "string", "x.signed", { description: "EDTF." }),
      field("in_effect_from", "string", "x.in_effect_from", { description: "EDTF." }),
      field("ends", "string", "x.ends", { description: "EDTF." }),
      field("ends_latest", "date", "x.ends_latest"),
      field("notice_days", "integer", "x.notice_days"),
      choice("binding", "x.binding", Binding),
      field("text_held", "boolean", "x.text_held", { description: "Whether we hold the signed text." }),
      field("inferred", "object", "x.inferred"),
    ],
    key: ["commitment_id"],
  }),
  part("commitment_parties", "commitment_party", "Who takes part in a commitment, and how.", {
    fields: [ofCommitment, field("party_id", "string", "x.party_id"), choice("role", "x.role", PartyRole)],
    key: ["commitment_id", "party_id", "role"],
    refers: { party_id: ["parties", "id"] },
  }),
  part("commitment_places", "commitment_place", "Where a commitment is carried out.", {
    fields: [ofCommitment, field("place_id", "string", "x.place_id")],
    key: ["commitment_id", "place_id"],
    refers: { place_id: ["places", "id"] },
  }),
  part("commitment_meetings", "commitment_meeting", "Where a commitment was made, restated, reviewed or planned.", {
    fields: [
      ofCommitment,
      field("meeting_id", "string", "x.meeting_id"),
      choice("relation", "x.relation", MeetingRelation),
    ],
    key: ["commitment_id", "meeting_id", "relation"],
    refers: { meeting_id: ["meetings", "id"] },
  }),
  part("commitment_indicators", "commitment_indicator", "By what a commitment is measured.", {
    fields: [ofCommitment, field("indicator_id", "string", "x.indicator_id")],
    key: ["commitment_id", "indicator_id"],
    refers: { indicator_id: ["indicators", "id"] },
  }),
  part("targets", "target", "Numbers to reach.", {
    fields: [
      field("id", "string", "x.id"),
      ofCommitment,
      field("indicator_id", "string", "x.indicator_id"),
      field("value", "number", "x.value"),
      field("date_phrase", "string", "x.phrase"),
      field("date_edtf", "string", "x.edtf"),
      field("date_latest", "date", "x.latest"),
      field("source_id", "string", "x.source_id"),
      field("paragraph", "integer", "x.paragraph"),
    ],
    key: ["id"],
    refers: { indicator_id: ["indicators", "id"], source_id: ["sources", "id"] },
  }),
  part("money", "money", "Amounts, by the stage that they are at.", {
    fields: [
      field("id", "string", "x.id"),
      ofCommitment,
      field("amount", "number", "x.amount"),
      field("currency", "string", "x.currency", { description: "ISO 4217." }),
      choice("stage", "x.stage", MoneyStage),
    ],
    key: ["id"],
  }),
  part("milestones", "milestone", "Steps on the way.", {
    fields: [
      field("id", "string", "x.id"),
      ofCommitment,
      field("position", "integer", "x.position"),
      ...texts("title", "x.title"),
      ...fuzzy("date", "x", ""),
      field("done_on", "date", "x.done_on"),
    ],
    key: ["id"],
  }),
  part(
    "deadline_revisions",
    "deadline_revision",
    "Every deadline that there was; the one with seq 0 is the original.",
    {
      fields: [
        field("id", "string", "x.id"),
        ofCommitment,
        field("seq", "integer", "x.seq"),
        ...fuzzy("deadline", "x", ""),
        field("anchor_id", "string", "x.anchor_id"),
        field("reason", "string", "x.reason"),
        field("by_id", "string", "x.by_id"),
        field("by_name", "string", "x.by_name"),
        field("at", "datetime", "x.at"),
      ],
      key: ["id"],
      refers: { by_id: ["people", "id"] },
    },
  ),
  part("progress_reports", "progress_report", "What has been said since.", {
    fields: [
      field("id", "string", "x.id"),
      ofCommitment,
      field("as_of", "date", "x.as_of", { description: "The day that it speaks of." }),
      field("at", "datetime", "x.at", { description: "When it was entered." }),
      field("by_id", "string", "x.by_id"),
      field("by_name", "string", "x.by_name"),
      field("text", "string", "x.text"),
      choice("completion", "x.completion", Completion),
      choice("evidence", "x.evidence", Evidence),
      choice("confidence", "x.confidence", Confidence),
      field("evidence_url", "string", "x.evidence_url"),
    ],
    key: ["id"],
    refers: { by_id: ["people", "id"] },
  }),
  {
    name: "citations",
    description: "Where each fact comes from: a paragraph of a source, for a commitment or a meeting.",
    fields: [
      field("id", "string", "x.id"),
      field("source_id", "string", "x.source_id"),
      field("paragraph", "integer", "x.paragraph"),
      ...texts("note", "x.note"),
      field("supports", "string", "x.supports", { description: "Which field, where not the record as a whole." }),
      ofCommitment,
      field("meeting_id", "string", "x.meeting_id"),
    ],
    key: ["id"],
    refers: { source_id: ["sources", "id"], ...commitment, meeting_id: ["meetings", "id"] },
    from: (
      actor,
      id,
    ) => sql`FROM citation x JOIN source s ON s.id = x.source_id LEFT JOIN commitment c ON c.id = x.commitment_id
      WHERE s.portfolio_id = ${id} AND (x.commitment_id IS NULL OR ${visibleTo(actor, id)}) ORDER BY x.id`,
  },
  {
    name: "history",
    description:
      "Everything that was done, by whom, to what: {field: [before, after]}, only what changed. Subjects may be gone, and so may actors.",
    fields: [
      field("id", "integer", "a.id"),
      field("at", "datetime", "a.at"),
      field("actor_id", "string", "a.actor_id", { description: "Empty: a part of the system." }),
      field("actor_name", "string", "a.actor_name"),
      field("verb", "string", "a.verb"),
      field("subject_type", "string", "a.subject_type"),
      field("subject_id", "string", "a.subject_id"),
      field("changes", "object", "a.changes"),
      field("batch_id", "string", "a.batch_id", { description: "Ties the entries of one change of many together." }),
    ],
    key: ["id"],
    refers: {},
    // Parties and places belong to every register.
    from: (_actor, id) => sql`FROM audit_event a WHERE
      (a.portfolio_id = ${id} AND a.subject_type IN ('commitment', 'meeting', 'source', 'indicator', 'portfolio'))
      OR (a.portfolio_id IS NULL AND a.subject_type IN ('party', 'place', 'sector')) ORDER BY a.id`,
  },
];

/** A table of what hangs on a commitment. */
function part(
  name: string,
  table: string,
  description: string,
  { fields, key, refers = {} }: Pick<Table, "fields" | "key"> & Partial<Pick<Table, "refers">>,
): Table {
  return {
    ...{ name, description, fields, key },
    refers: { ...commitment, ...refers },
    from: (actor, id) => sql`FROM ${sql(table)} x JOIN commitment c ON c.id = x.commitment_id
      WHERE ${visibleTo(actor, id)} ORDER BY ${sql(key.map((column) => `x.${column}`))}`,
  };
}
