import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { within } from "#lib/portfolios/policy.ts";
import type { Paragraph, Source } from "./schema.ts";

/** The documents, oldest first; of one portfolio, or of all (null). */
export async function listSources(actor: Actor, portfolioId: string | null): Promise<Source[]> {
  return reading(actor)<Source[]>`
    SELECT ${sourceColumns(actor)} FROM source s WHERE ${within(actor, sql`s.portfolio_id`, portfolioId)}
    ORDER BY s.date_latest NULLS LAST, s.key`;
}

/** A document without its paragraphs, which can be many; null: none that the actor may see. */
export async function findSource(actor: Actor, portfolioId: string, key: string): Promise<Source | null> {
  const [source] = await reading(actor)<Source[]>`
    SELECT ${sourceColumns(actor)} FROM source s WHERE s.key = ${key} AND ${within(actor, sql`s.portfolio_id`, portfolioId)}`;
  return source ?? null;
}

/** A document with every paragraph, also those on which nothing rests; null: none that the actor may see. */
export async function getSource(
  actor: Actor,
  portfolioId: string,
  key: string,
): Promise<(Source & { lines: Paragraph[] }) | null> {
  const [source] = await reading(actor)<(Source & { lines: Paragraph[] })[]>`
    SELECT ${sourceColumns(actor)}, (${linesJson(actor)}) AS lines FROM source s
    WHERE s.key = ${key} AND ${within(actor, sql`s.portfolio_id`, portfolioId)}`;
  return source ?? null;
}

/** Every document of a portfolio with its paragraphs: for the coverage report. */
export async function listCoverage(actor: Actor, portfolioId: string): Promise<{ key: string; lines: Paragraph[] }[]> {
  return reading(actor)<{ key: string; lines: Paragraph[] }[]>`
    SELECT s.key, (${linesJson(actor)}) AS lines FROM source s WHERE ${within(actor, sql`s.portfolio_id`, portfolioId)}
    ORDER BY s.date_latest NULLS LAST, s.key`;
}

function sourceColumns(actor: Actor): Fragment {
  return sql`s.id, s.portfolio_id AS "portfolioId", s.key, s.version, s.title, s.label, s.publisher, s.date_edtf AS date, s.inferred,
    s.language, s.kind, s.paragraphs,
    coalesce((SELECT json_agg(json_build_object('key', e.key, 'paragraph', e.paragraph, 'wrong', e.wrong, 'right', e.right,
      'explanation', e.explanation) ORDER BY e.paragraph, e.key) FROM erratum e WHERE e.source_id = s.id), '[]') AS errata,
    (SELECT count(DISTINCT c.id)::int FROM citation x JOIN commitment c ON c.id = x.commitment_id
      WHERE x.source_id = s.id AND ${visibleTo(actor, null)}) AS commitments,
    (SELECT count(DISTINCT x.meeting_id)::int FROM citation x WHERE x.source_id = s.id) AS meetings,
    (SELECT count(*)::int FROM observation o WHERE o.source_id = s.id) + (SELECT count(*)::int FROM target t WHERE t.source_id = s.id) AS figures`;
}

function linesJson(actor: Actor): Fragment {
  const all = (rows: Fragment) => sql`(SELECT coalesce(json_agg(it), '[]') FROM (${rows}) r)`;
  return sql`SELECT json_agg(json_build_object('paragraph', n,
    'commitments', ${all(sql`SELECT json_build_object('id', c.id, 'reference', c.reference, 'title', c.title, 'note', x.note, 'supports', x.supports) AS it
      FROM citation x JOIN commitment c ON c.id = x.commitment_id
      WHERE x.source_id = s.id AND x.paragraph = n AND ${visibleTo(actor, null)} ORDER BY c.number, x.supports NULLS FIRST`)},
    'meetings', ${all(sql`SELECT json_build_object('key', m.key, 'name', m.name, 'note', x.note) AS it
      FROM citation x JOIN meeting m ON m.id = x.meeting_id WHERE x.source_id = s.id AND x.paragraph = n ORDER BY m.earliest, m.key`)},
    'figures', ${all(sql`SELECT json_build_object('key', i.key, 'name', i.name, 'unit', i.unit, 'value', trim_scale(f.value), 'target', f.target) AS it
      FROM (SELECT o.indicator_id, o.value, false AS target FROM observation o WHERE o.source_id = s.id AND o.paragraph = n
        UNION ALL SELECT t.indicator_id, t.value, true FROM target t WHERE t.source_id = s.id AND t.paragraph = n) f
      JOIN indicator i ON i.id = f.indicator_id ORDER BY i.key, f.value`)},
    'errata', ${all(sql`SELECT e.key AS it FROM erratum e WHERE e.source_id = s.id AND e.paragraph = n ORDER BY e.key`)},
    'silent', (SELECT q->'reason' FROM jsonb_array_elements(s.silent) q WHERE (q->>'paragraph')::int = n LIMIT 1)) ORDER BY n)
    FROM generate_series(1, s.paragraphs) n`;
}
