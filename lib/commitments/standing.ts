import type { Actor } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import type {
  Binding,
  Completion,
  Confidence,
  Evidence,
  Form,
  Kind,
  Lifecycle,
  Locale,
  Strength,
} from "#prisma/generated/enums.ts";

/** How a record stands, in the words of its history: what reports as of an earlier day are worked out from. */

/** A record, field by field as the history names them, so that its entries can be undone. Lists are in order. */
export type Standing = {
  form: Form;
  kind: Kind;
  strength: Strength;
  sectorId: string;
  lifecycle: Lifecycle | null;
  completion: Completion;
  evidence: Evidence;
  confidence: Confidence | null;
  /** The owner's name. */
  owner: string | null;
  deadline: { phrase: string | null; edtf: string | null; earliest: Day | null; latest: Day | null };
  "title.en": string;
  "title.vi": string;
  "title.lo": string;
  "statement.en": string;
  "statement.vi": string;
  "statement.lo": string;
  draftLocales: Locale[];
  /** "lead:moit". */
  parties: string[];
  places: string[];
  /** "5.5 USD pledged". */
  money: string[];
  milestones: { title: Record<Locale, string>; phrase: string | null; edtf: string | null; doneOn: Day | null }[];
  /** "made:session-47". */
  meetings: string[];
  indicators: string[];
  /** "moit-2024-01 7". */
  citations: string[];
  parentId: string | null;
  predecessorId: string | null;
  signed: string | null;
  inEffectFrom: string | null;
  ends: string | null;
  noticeDays: number | null;
  binding: Binding;
  textHeld: boolean;
};

const sorted = (values: Fragment) =>
  sql`(SELECT coalesce(json_agg(v ORDER BY v COLLATE "C"), '[]') FROM (${values}) x)`;

/** `commitment c` as a Standing, in the very words of the history. */
export function standingJson(): Fragment {
  return sql`(SELECT json_build_object(
    'form', c.form, 'kind', c.kind, 'strength', c.strength, 'sectorId', c.sector_id, 'lifecycle', c.lifecycle,
    'completion', c.completion, 'evidence', c.evidence, 'confidence', c.confidence,
    'owner', (SELECT name FROM person WHERE id = c.owner_id),
    'deadline', json_build_object('phrase', c.deadline_phrase, 'edtf', c.deadline_edtf, 'earliest', c.deadline_earliest, 'latest', c.deadline_latest),
    'title.en', c.title->'en', 'title.vi', c.title->'vi', 'title.lo', c.title->'lo',
    'statement.en', c.statement->'en', 'statement.vi', c.statement->'vi', 'statement.lo', c.statement->'lo',
    'draftLocales', c.draft_locales,
    'parties', ${sorted(sql`SELECT role || ':' || party_id AS v FROM commitment_party WHERE commitment_id = c.id`)},
    'places', ${sorted(sql`SELECT place_id AS v FROM commitment_place WHERE commitment_id = c.id`)},
    'money', ${sorted(sql`SELECT trim_scale(amount) || ' ' || currency || ' ' || stage AS v FROM money WHERE commitment_id = c.id`)},
    'milestones', (SELECT coalesce(json_agg(json_build_object('title', title, 'phrase', phrase, 'edtf', edtf, 'doneOn', done_on) ORDER BY position), '[]')
      FROM milestone WHERE commitment_id = c.id),
    'meetings', ${sorted(sql`SELECT cm.relation || ':' || m.key AS v FROM commitment_meeting cm JOIN meeting m ON m.id = cm.meeting_id WHERE cm.commitment_id = c.id`)},
    'indicators', ${sorted(sql`SELECT i.key AS v FROM commitment_indicator ci JOIN indicator i ON i.id = ci.indicator_id WHERE ci.commitment_id = c.id`)},
    'citations', ${sorted(sql`SELECT s.key || ' ' || x.paragraph AS v FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id`)},
    'parentId', c.parent_id, 'predecessorId', c.predecessor_id,
    'signed', i.signed, 'inEffectFrom', i.in_effect_from, 'ends', i.ends, 'noticeDays', i.notice_days,
    'binding', coalesce(i.binding, 'unknown'), 'textHeld', coalesce(i.text_held, false))
    FROM (SELECT) one LEFT JOIN instrument i ON i.commitment_id = c.id)`;
}

/** A record now, or null. For what is about to be deleted: the history keeps it. */
export async function readStanding(actor: Actor, id: string): Promise<Standing | null> {
  const [row] = await reading(actor)<
    { standing: Standing }[]
  >`SELECT ${standingJson()} AS standing FROM commitment c WHERE c.id = ${id}`;
  return row?.standing ?? null;
}
