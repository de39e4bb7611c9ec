import { type Fragment, sql } from "#lib/db.ts";

const related = (condition: Fragment) =>
  sql`SELECT json_build_object('id', r.id, 'reference', r.reference, 'title', r.title, 'completion', r.completion) AS it FROM commitment r WHERE ${condition} ORDER BY r.number`;

const all = (rows: Fragment) => sql`(SELECT coalesce(json_agg(it), '[]') FROM (${rows}) x)`;

/** `commitment c` as the JSON of a CommitmentRecord (record.ts): one expression, so that a record is one round trip. */
export function recordJson(): Fragment {
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
