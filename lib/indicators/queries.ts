import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { within } from "#lib/portfolios/policy.ts";
import { uuid } from "#lib/text.ts";
import type { FigureEdited, Indicator, TargetEdited } from "./schema.ts";

/** The indicators with their figures, oldest figure first; of one portfolio, or of all (null). */
export async function listIndicators(actor: Actor, portfolioId: string | null): Promise<Indicator[]> {
  return reading(actor)<Indicator[]>`
    SELECT ${indicatorColumns(actor)} FROM indicator i WHERE ${within(actor, sql`i.portfolio_id`, portfolioId)} ORDER BY i.id`;
}

/** Null: no such indicator that the actor may see. */
export async function getIndicator(actor: Actor, portfolioId: string, key: string): Promise<Indicator | null> {
  const [indicator] = await reading(actor)<Indicator[]>`
    SELECT ${indicatorColumns(actor)} FROM indicator i
    WHERE i.key = ${key} AND ${within(actor, sql`i.portfolio_id`, portfolioId)}`;
  return indicator ?? null;
}

/** Null: no such figure of that indicator that the actor may see. */
export async function getFigure(actor: Actor, indicator: Indicator, id: string): Promise<FigureEdited | null> {
  if (!uuid.safeParse(id).success) return null;
  const [figure] = await reading(actor)<FigureEdited[]>`
    SELECT o.id, o.version, trim_scale(o.value)::float8 AS value, o.qualifier, o.kind, o.phrase, o.edtf, o.inferred, o.note,
      o.source_id AS "sourceId", o.paragraph
    FROM observation o JOIN indicator i ON i.id = o.indicator_id
    WHERE o.id = ${id} AND i.id = ${indicator.id} AND ${within(actor, sql`i.portfolio_id`, indicator.portfolioId)}`;
  return figure ?? null;
}

/** Null: no such target of that indicator that the actor may see. */
export async function getTarget(actor: Actor, indicator: Indicator, id: string): Promise<TargetEdited | null> {
  if (!uuid.safeParse(id).success) return null;
  const [target] = await reading(actor)<TargetEdited[]>`
    SELECT t.id, t.version, trim_scale(t.value)::float8 AS value, t.phrase, t.edtf, t.source_id AS "sourceId", t.paragraph,
      json_build_object('reference', c.reference, 'title', c.title) AS commitment
    FROM target t JOIN commitment c ON c.id = t.commitment_id
    WHERE t.id = ${id} AND t.indicator_id = ${indicator.id} AND ${visibleTo(actor, indicator.portfolioId)}`;
  return target ?? null;
}

function indicatorColumns(actor: Actor): Fragment {
  return sql`i.id, i.portfolio_id AS "portfolioId", i.key, i.version, i.name, i.unit, i.direction,
    coalesce((SELECT json_agg(json_build_object('id', o.id, 'value', trim_scale(o.value), 'qualifier', o.qualifier, 'kind', o.kind, 'phrase', o.phrase,
      'edtf', o.edtf, 'earliest', o.earliest, 'latest', o.latest, 'inferred', o.inferred, 'note', o.note, 'paragraph', o.paragraph, 'sourceKey', s.key)
      ORDER BY o.latest NULLS LAST, o.earliest, o.id) FROM observation o JOIN source s ON s.id = o.source_id WHERE o.indicator_id = i.id), '[]') AS observations,
    coalesce((SELECT json_agg(json_build_object('id', t.id, 'value', trim_scale(t.value), 'phrase', t.phrase, 'edtf', t.edtf, 'latest', t.latest, 'paragraph', t.paragraph,
      'sourceKey', s.key, 'commitment', json_build_object('reference', c.reference, 'title', c.title)) ORDER BY t.latest NULLS LAST, c.number)
      FROM target t JOIN source s ON s.id = t.source_id JOIN commitment c ON c.id = t.commitment_id
      WHERE t.indicator_id = i.id AND ${visibleTo(actor, null)}), '[]') AS targets,
    coalesce((SELECT json_agg(json_build_object('id', c.id, 'reference', c.reference, 'title', c.title, 'completion', c.completion) ORDER BY c.number)
      FROM commitment_indicator ci JOIN commitment c ON c.id = ci.commitment_id WHERE ci.indicator_id = i.id AND ${visibleTo(actor, null)}), '[]') AS commitments,
    coalesce((SELECT json_object_agg(s.key, s.label) FROM source s WHERE s.id IN (SELECT o.source_id FROM observation o WHERE o.indicator_id = i.id
      UNION SELECT t.source_id FROM target t WHERE t.indicator_id = i.id)), '{}') AS sources`;
}
