import type { Actor } from "#lib/actor.ts";
import type { Day, Deadline } from "#lib/dates.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { type Texts, uuid } from "#lib/text.ts";
import type {
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
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Listing } from "./filters.ts";
import { type HistoryEntry, historyJson, historyPage } from "./history.ts";
import { visibleTo } from "./policy.ts";
import { matching, orderOf } from "./where.ts";

/** Whole records: everything that the register knows of a commitment, for its page and for the API. */

export type Related = { id: string; reference: string; title: Texts; completion: Completion };

export type CommitmentRecord = {
  id: string;
  portfolioId: string;
  reference: string;
  version: number;
  form: Form;
  kind: Kind;
  strength: Strength;
  sector: { id: string; name: Texts };
  title: Texts;
  statement: Texts;
  /** Languages whose texts nobody has reviewed yet. */
  draftLocales: Locale[];
  owner: { id: string; name: string; agencyId: string | null } | null;
  completion: Completion;
  evidence: Evidence;
  confidence: Confidence | null;
  confidenceOn: Day | null;
  reportedOn: Day | null;
  deadline: Deadline & {
    inferred: Texts | null;
    anchor: (Omit<Deadline, "phrase"> & { id: string; key: string; name: Texts; phrase: string | null }) | null;
  };
  lifecycle: Lifecycle | null;
  instrument: {
    signed: string | null;
    inEffectFrom: string | null;
    ends: string | null;
    noticeDays: number | null;
    binding: Binding;
    textHeld: boolean;
    inferred: Record<string, Texts> | null;
  } | null;
  parent: Related | null;
  children: Related[];
  predecessor: Related | null;
  successors: Related[];
  parties: { id: string; name: Texts; role: PartyRole; side: string | null }[];
  places: { id: string; name: Texts }[];
  money: { id: string; amount: number; currency: string; stage: MoneyStage }[];
  milestones: (Deadline & { id: string; title: Texts; doneOn: Day | null })[];
  meetings: {
    id: string;
    key: string;
    name: Texts;
    relation: MeetingRelation;
    edtf: string | null;
    latest: Day | null;
  }[];
  citations: { id: string; paragraph: number; note: Texts | null; supports: string | null; source: CitedSource }[];
  indicators: IndicatorFigures[];
  /** The names of the sources that give the figures, by key. */
  figureSources: Record<string, Texts>;
  reports: {
    id: string;
    asOf: Day;
    at: string;
    byName: string;
    text: string;
    completion: Completion;
    evidence: Evidence;
    confidence: Confidence | null;
    evidenceUrl: string | null;
  }[];
  revisions: (Deadline & {
    id: string;
    seq: number;
    anchorId: string | null;
    anchor: Texts | null;
    reason: string | null;
    byName: string;
    at: string;
  })[];
  createdAt: string;
  updatedAt: string;
};

export type CitedSource = {
  id: string;
  key: string;
  title: string | null;
  label: Texts;
  publisher: string | null;
  date: string | null;
};

export type IndicatorFigures = {
  id: string;
  key: string;
  name: Texts;
  unit: string;
  direction: Direction;
  observations: (Deadline & {
    id: string;
    value: number;
    qualifier: string;
    kind: string | null;
    inferred: Texts | null;
    note: Texts | null;
    paragraph: number;
    sourceKey: string;
  })[];
  target:
    | (Pick<Deadline, "phrase" | "edtf" | "latest"> & { value: number; paragraph: number; sourceKey: string })
    | null;
};

const referencePattern = /^[A-Z]{2,6}-\d{1,9}$/;
const portfolioPattern = /^[a-z0-9-]{1,80}$/;

export type RecordFound = {
  record: CommitmentRecord;
  /** Newest first. */
  history: HistoryEntry[];
  /** Whether there is more of it than was asked for. */
  moreHistory: boolean;
};

/** The record with that reference and the newest `entries` of its history, in one round trip; null: none that the actor may see. */
export async function getRecord(
  actor: Actor,
  portfolioId: string,
  reference: string,
  entries: number = historyPage,
): Promise<RecordFound | null> {
  // Both come from an address, which may hold what a database does not take.
  if (!referencePattern.test(reference) || !portfolioPattern.test(portfolioId)) return null;
  const [row] = await sql<{ record: CommitmentRecord; history: HistoryEntry[] }[]>`
    SELECT ${recordJson()} AS record, (${historyJson(sql`c.id::text`, entries + 1)}) AS history
    FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, portfolioId)}`;
  return row
    ? { record: row.record, history: row.history.slice(0, entries), moreHistory: row.history.length > entries }
    : null;
}

/** The record with that id, in whichever portfolio the actor may see it; for the API and for live updates. */
export async function getRecordById(actor: Actor, id: string): Promise<CommitmentRecord | null> {
  const [row] = await sql<{ record: CommitmentRecord }[]>`
    SELECT ${recordJson()} AS record FROM commitment c WHERE c.id = ${id} AND ${visibleTo(actor, null)}`;
  return row?.record ?? null;
}

/** The record with that reference, in whichever portfolio the actor may see it; for the API. */
export async function getRecordByReference(actor: Actor, reference: string): Promise<CommitmentRecord | null> {
  const [row] = await sql<{ record: CommitmentRecord }[]>`
    SELECT ${recordJson()} AS record FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, null)}`;
  return row?.record ?? null;
}

/** The record's present version and who made it, or null when there is no such record for the actor. */
export async function getVersion(actor: Actor, id: string): Promise<{ version: number; by: string | null } | null> {
  if (!uuid.safeParse(id).success) return null;
  const [row] = await sql<{ version: number; by: string | null }[]>`
    SELECT c.version, (SELECT a.actor_name FROM audit_event a WHERE a.subject_id = c.id::text AND a.subject_type = 'commitment'
      ORDER BY a.id DESC LIMIT 1) AS by
    FROM commitment c WHERE c.id = ${id} AND ${visibleTo(actor, null)}`;
  return row ?? null;
}

/** A page of whole records, for the API. `after`: a cursor that an earlier page gave, or null. */
export async function listRecords(
  actor: Actor,
  portfolioId: string | null,
  { filters, sort, descending, after }: Listing,
  { today, limit }: { today: Day; limit: number },
): Promise<{ records: CommitmentRecord[]; next: string | null }> {
  const order = orderOf(sort, "en");
  const list = (parts: Fragment[]) => parts.reduce((all, next) => sql`${all}, ${next}`);
  const from =
    after === null
      ? null
      : decodeCursor(
          after,
          sort,
          order.map(({ fits }) => fits),
        );
  const rows = await sql<{ record: CommitmentRecord; keys: string[] }[]>`
    SELECT ${recordJson()} AS record, array[${list(order.map(({ expression }) => sql`(${expression})::text`))}] AS keys
    FROM commitment c WHERE ${matching(actor, portfolioId, filters, today)}
    ${from ? sql`AND (${list(order.map(({ expression }) => expression))}) ${descending ? sql`<` : sql`>`} (${list(order.map(({ cast }, at) => sql`${from[at] ?? ""}::text::${cast}`))})` : sql``}
    ORDER BY ${list(order.map(({ expression }) => (descending ? sql`${expression} DESC` : expression)))} LIMIT ${limit + 1}`;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    records: rows.slice(0, limit).map(({ record }) => record),
    next: last ? encodeCursor(sort, last.keys) : null,
  };
}

const related = (condition: Fragment) =>
  sql`SELECT json_build_object('id', r.id, 'reference', r.reference, 'title', r.title, 'completion', r.completion) AS it FROM commitment r WHERE ${condition} ORDER BY r.number`;

const all = (rows: Fragment) => sql`(SELECT coalesce(json_agg(it), '[]') FROM (${rows}) x)`;

/** `commitment c` as the JSON of a CommitmentRecord. */
function recordJson(): Fragment {
  return sql`json_build_object(
    'id', c.id, 'portfolioId', c.portfolio_id, 'reference', c.reference, 'version', c.version, 'form', c.form, 'kind', c.kind, 'strength', c.strength,
    'sector', (SELECT json_build_object('id', s.id, 'name', s.name) FROM sector s WHERE s.id = c.sector_id),
    'title', c.title, 'statement', c.statement, 'draftLocales', c.draft_locales,
    'owner', (SELECT json_build_object('id', p.id, 'name', p.name, 'agencyId', p.agency_id) FROM person p WHERE p.id = c.owner_id),
    'completion', c.completion, 'evidence', c.evidence, 'confidence', c.confidence, 'confidenceOn', c.confidence_on, 'reportedOn', c.reported_on,
    'deadline', json_build_object('phrase', c.deadline_phrase, 'edtf', c.deadline_edtf, 'earliest', c.deadline_earliest, 'latest', c.deadline_latest,
      'inferred', c.deadline_inferred, 'anchor', (SELECT json_build_object('id', m.id, 'key', m.key, 'name', m.name, 'phrase', m.phrase, 'edtf', m.edtf,
        'earliest', m.earliest, 'latest', m.latest) FROM meeting m WHERE m.id = c.deadline_anchor_id)),
    'lifecycle', c.lifecycle,
    'instrument', (SELECT json_build_object('signed', i.signed, 'inEffectFrom', i.in_effect_from, 'ends', i.ends, 'noticeDays', i.notice_days,
      'binding', i.binding, 'textHeld', i.text_held, 'inferred', i.inferred) FROM instrument i WHERE i.commitment_id = c.id AND c.form = 'instrument'),
    'parent', (${related(sql`r.id = c.parent_id`)}), 'children', ${all(related(sql`r.parent_id = c.id`))},
    'predecessor', (${related(sql`r.id = c.predecessor_id`)}), 'successors', ${all(related(sql`r.predecessor_id = c.id`))},
    'parties', ${all(sql`SELECT json_build_object('id', p.id, 'name', p.name, 'role', cp.role, 'side', p.side) AS it
      FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = c.id ORDER BY cp.role, p.id`)},
    'places', ${all(sql`SELECT json_build_object('id', p.id, 'name', p.name) AS it
      FROM commitment_place cp JOIN place p ON p.id = cp.place_id WHERE cp.commitment_id = c.id ORDER BY p.id`)},
    'money', ${all(sql`SELECT json_build_object('id', m.id, 'amount', trim_scale(m.amount), 'currency', m.currency, 'stage', m.stage) AS it
      FROM money m WHERE m.commitment_id = c.id ORDER BY m.id`)},
    'milestones', ${all(sql`SELECT json_build_object('id', m.id, 'title', m.title, 'phrase', m.phrase, 'edtf', m.edtf, 'earliest', m.earliest, 'latest', m.latest,
      'doneOn', m.done_on) AS it FROM milestone m WHERE m.commitment_id = c.id ORDER BY m.position`)},
    'meetings', ${all(sql`SELECT json_build_object('id', m.id, 'key', m.key, 'name', m.name, 'relation', cm.relation, 'edtf', m.edtf, 'latest', m.latest) AS it
      FROM commitment_meeting cm JOIN meeting m ON m.id = cm.meeting_id WHERE cm.commitment_id = c.id ORDER BY m.earliest, m.key`)},
    'citations', ${all(sql`SELECT json_build_object('id', x.id, 'paragraph', x.paragraph, 'note', x.note, 'supports', x.supports, 'source', json_build_object(
      'id', s.id, 'key', s.key, 'title', s.title, 'label', s.label, 'publisher', s.publisher, 'date', s.date_edtf)) AS it
      FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id ORDER BY s.date_latest, s.key, x.paragraph`)},
    'indicators', ${all(sql`SELECT json_build_object('id', i.id, 'key', i.key, 'name', i.name, 'unit', i.unit, 'direction', i.direction,
      'observations', ${all(sql`SELECT json_build_object('id', o.id, 'value', trim_scale(o.value), 'qualifier', o.qualifier, 'kind', o.kind, 'phrase', o.phrase, 'edtf', o.edtf,
        'earliest', o.earliest, 'latest', o.latest, 'inferred', o.inferred, 'note', o.note, 'paragraph', o.paragraph, 'sourceKey', s.key) AS it
        FROM observation o JOIN source s ON s.id = o.source_id WHERE o.indicator_id = i.id ORDER BY o.latest, o.id`)},
      'target', (SELECT json_build_object('value', trim_scale(t.value), 'phrase', t.phrase, 'edtf', t.edtf, 'latest', t.latest, 'paragraph', t.paragraph,
        'sourceKey', s.key) FROM target t JOIN source s ON s.id = t.source_id WHERE t.indicator_id = i.id AND t.commitment_id = c.id)) AS it
      FROM commitment_indicator ci JOIN indicator i ON i.id = ci.indicator_id WHERE ci.commitment_id = c.id ORDER BY i.key`)},
    'figureSources', (SELECT coalesce(json_object_agg(s.key, s.label), '{}') FROM source s WHERE s.id IN (
      SELECT o.source_id FROM commitment_indicator ci JOIN observation o ON o.indicator_id = ci.indicator_id WHERE ci.commitment_id = c.id)),
    'reports', ${all(sql`SELECT json_build_object('id', r.id, 'asOf', r.as_of, 'at', r.at, 'byName', r.by_name, 'text', r.text, 'completion', r.completion,
      'evidence', r.evidence, 'confidence', r.confidence, 'evidenceUrl', r.evidence_url) AS it
      FROM progress_report r WHERE r.commitment_id = c.id ORDER BY r.as_of DESC, r.at DESC LIMIT 100`)},
    'revisions', ${all(sql`SELECT json_build_object('id', r.id, 'seq', r.seq, 'phrase', r.phrase, 'edtf', r.edtf, 'earliest', r.earliest, 'latest', r.latest,
      'anchorId', r.anchor_id, 'anchor', (SELECT m.name FROM meeting m WHERE m.id = r.anchor_id), 'reason', r.reason, 'byName', r.by_name, 'at', r.at) AS it
      FROM deadline_revision r WHERE r.commitment_id = c.id ORDER BY r.seq`)},
    'createdAt', c.created_at, 'updatedAt', c.updated_at)`;
}
