import type { Actor } from "#lib/actor.ts";
import type { Day, Deadline } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { referencePattern } from "#lib/paths.ts";
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
import { recordJson } from "./record-json.ts";
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

type CitedSource = {
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

const portfolioPattern = /^[a-z0-9-]{1,80}$/;

type RecordFound = {
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
  const [row] = await reading(actor)<{ record: CommitmentRecord; history: HistoryEntry[] }[]>`
    SELECT ${recordJson()} AS record, (${historyJson(sql`c.id::text`, entries + 1)}) AS history
    FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, portfolioId)}`;
  return row
    ? { record: row.record, history: row.history.slice(0, entries), moreHistory: row.history.length > entries }
    : null;
}

/** The record with that id, in whichever portfolio the actor may see it; for the API and for live updates. */
export async function getRecordById(actor: Actor, id: string): Promise<CommitmentRecord | null> {
  const [row] = await reading(actor)<{ record: CommitmentRecord }[]>`
    SELECT ${recordJson()} AS record FROM commitment c WHERE c.id = ${id} AND ${visibleTo(actor, null)}`;
  return row?.record ?? null;
}

/** The record with that reference, in whichever portfolio the actor may see it; for the API. */
export async function getRecordByReference(actor: Actor, reference: string): Promise<CommitmentRecord | null> {
  const [row] = await reading(actor)<{ record: CommitmentRecord }[]>`
    SELECT ${recordJson()} AS record FROM commitment c WHERE c.reference = ${reference} AND ${visibleTo(actor, null)}`;
  return row?.record ?? null;
}

/** The record's present version and who made it, or null when there is no such record for the actor. */
export async function getVersion(actor: Actor, id: string): Promise<{ version: number; by: string | null } | null> {
  if (!uuid.safeParse(id).success) return null;
  const [row] = await reading(actor)<{ version: number; by: string | null }[]>`
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
  const rows = await reading(actor)<{ record: CommitmentRecord; keys: string[] }[]>`
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
