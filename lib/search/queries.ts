import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { found, words } from "#lib/commitments/where.ts";
import { sql } from "#lib/db.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { visibleTo as viewsVisibleTo } from "#lib/views/policy.ts";
import type { Hits } from "./hit.ts";

/** Weighed at most: of what a thousand records have, the first few hundred found do as well as any. */
const weighed = 300;
const shown = 8;

/**
 * Records, people and saved views that fit what was typed, the best of each, in one round trip. A record of that very
 * reference comes first, then those that have the words in their title, then those that have them elsewhere; open ones
 * before closed ones.
 */
export async function searchAll(actor: Actor, portfolioId: string, q: string, locale: Locale): Promise<Hits> {
  if (words(q).length === 0) return { records: [], people: [], views: [] };
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const title = sql`concat_ws(' ', c.title->>'en', c.title->>'vi', c.title->>'lo')`;
  const [hits] = await sql<Hits[]>`
    WITH hit AS MATERIALIZED (
      (SELECT c.id FROM commitment c WHERE ${visibleTo(actor, portfolioId)} AND c.reference = upper(${q}))
      UNION
      (SELECT c.id FROM commitment c WHERE ${visibleTo(actor, portfolioId)} ${found(q)} LIMIT ${weighed})),
    record AS (
      SELECT c.reference, coalesce(nullif(c.title->>${locale}, ''), nullif(c.title->>'en', ''), nullif(c.title->>'vi', ''), c.title->>'lo') AS title,
        CASE WHEN c.title->>${locale} <> '' THEN NULL WHEN c.title->>'en' <> '' THEN 'en' WHEN c.title->>'vi' <> '' THEN 'vi' ELSE 'lo' END AS lang
      FROM hit JOIN commitment c ON c.id = hit.id
      ORDER BY c.reference <> upper(${q}), search_key(${title}) NOT LIKE (SELECT search_key(${like})), c.rank, c.due, c.number LIMIT ${shown})
    SELECT (SELECT coalesce(json_agg(record), '[]') FROM record) AS records,
      (SELECT coalesce(json_agg(p), '[]') FROM (
        SELECT p.id, p.name FROM person p WHERE p.disabled_at IS NULL AND fold(p.name) LIKE (SELECT fold(${like})) ORDER BY fold(p.name), p.id LIMIT 5) p) AS people,
      (SELECT coalesce(json_agg(v), '[]') FROM (
        SELECT v.id, v.name, v.query FROM saved_view v
        WHERE ${viewsVisibleTo(actor, portfolioId)} AND fold(v.name) LIKE (SELECT fold(${like})) ORDER BY fold(v.name), v.id LIMIT 5) v) AS views`;
  if (!hits) throw new Error("an aggregate always has a row");
  return hits;
}
