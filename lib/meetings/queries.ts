import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { within } from "#lib/portfolios/policy.ts";
import type { Meeting, MeetingDetail } from "./schema.ts";

/** The meetings in the order of their dates, those without one at the end; of one portfolio, or of all (null). */
export async function listMeetings(actor: Actor, portfolioId: string | null): Promise<Meeting[]> {
  return reading(actor)<Meeting[]>`
    SELECT ${meetingColumns(actor)} FROM meeting m WHERE ${within(actor, sql`m.portfolio_id`, portfolioId)}
    ORDER BY coalesce(m.latest, m.earliest) NULLS LAST, m.earliest NULLS FIRST, m.key`;
}

/** Null: no such meeting that the actor may see. */
export async function getMeeting(actor: Actor, portfolioId: string, key: string): Promise<MeetingDetail | null> {
  const [meeting] = await reading(actor)<MeetingDetail[]>`
    SELECT ${meetingColumns(actor)},
      coalesce((SELECT json_agg(json_build_object('id', c.id, 'reference', c.reference, 'title', c.title, 'form', c.form,
        'completion', c.completion, 'lifecycle', c.lifecycle, 'latest', c.deadline_latest, 'relation', cm.relation) ORDER BY cm.relation, c.number)
        FROM commitment_meeting cm JOIN commitment c ON c.id = cm.commitment_id
        WHERE cm.meeting_id = m.id AND ${visibleTo(actor, null)}), '[]') AS commitments,
      coalesce((SELECT json_agg(json_build_object('reference', c.reference, 'title', c.title, 'phrase', c.deadline_phrase,
        'latest', c.deadline_latest) ORDER BY c.number)
        FROM commitment c WHERE c.deadline_anchor_id = m.id AND ${visibleTo(actor, null)}), '[]') AS anchored
    FROM meeting m WHERE m.key = ${key} AND ${within(actor, sql`m.portfolio_id`, portfolioId)}`;
  return meeting ?? null;
}

function meetingColumns(actor: Actor): Fragment {
  return sql`m.id, m.portfolio_id AS "portfolioId", m.key, m.version, m.kind, m.name, m.statement, m.phrase, m.edtf, m.earliest, m.latest, m.inferred,
    (SELECT json_build_object('id', p.id, 'name', p.name) FROM place p WHERE p.id = m.place_id) AS place,
    coalesce((SELECT json_agg(json_build_object('id', p.id, 'name', p.name, 'side', p.side) ORDER BY p.side DESC NULLS LAST, p.id)
      FROM meeting_party mp JOIN party p ON p.id = mp.party_id WHERE mp.meeting_id = m.id), '[]') AS parties,
    coalesce((SELECT json_agg(json_build_object('paragraph', x.paragraph, 'note', x.note, 'source', json_build_object('id', s.id, 'key', s.key, 'label', s.label))
      ORDER BY s.date_latest, s.key, x.paragraph) FROM citation x JOIN source s ON s.id = x.source_id WHERE x.meeting_id = m.id), '[]') AS citations,
    coalesce((SELECT json_object_agg(n.relation, n.count) FROM (SELECT cm.relation, count(*)::int AS count
      FROM commitment_meeting cm JOIN commitment c ON c.id = cm.commitment_id
      WHERE cm.meeting_id = m.id AND ${visibleTo(actor, null)} GROUP BY cm.relation) n), '{}') AS counts`;
}
