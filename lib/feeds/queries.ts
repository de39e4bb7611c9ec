import type { Actor, FeedOf } from "#lib/actor.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { matching } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import type { DatedRecord } from "./calendar.ts";

/** An address that is good; its secret can't be shown again. */
type OwnFeed = { id: string; portfolioId: string; view: { name: string } | null; createdAt: Date };

/** The actor's addresses, the newest first. */
export async function listOwnFeeds(actor: Actor): Promise<OwnFeed[]> {
  return reading(actor)<OwnFeed[]>`
    SELECT f.id, f.portfolio_id AS "portfolioId", f.created_at AS "createdAt",
      CASE WHEN v.id IS NOT NULL THEN json_build_object('name', v.name) END AS view
    FROM calendar_feed f LEFT JOIN saved_view v ON v.id = f.view_id
    WHERE f.person_id = ${actor.id} AND f.revoked_at IS NULL ORDER BY f.created_at DESC, f.id`;
}

/** No calendar holds more records than this: those that are due first. */
const feedMost = 1000;

/** The open records of a feed that have any date. The actor is the one whose feed it is. */
export async function listDated(
  actor: Actor,
  { portfolioId, view }: Pick<FeedOf, "portfolioId" | "view">,
  today: Day,
): Promise<DatedRecord[]> {
  const scope = view
    ? matching(actor, portfolioId, parseListing(new URLSearchParams(view.query)).listing.filters, today)
    : sql`${visibleTo(actor, portfolioId)} AND (c.owner_id = ${actor.id}
        OR c.id IN (SELECT w.commitment_id FROM watch w WHERE w.person_id = ${actor.id} AND w.commitment_id IS NOT NULL))`;
  return reading(actor)<DatedRecord[]>`
    SELECT c.id, c.portfolio_id AS "portfolioId", c.reference, c.version, c.updated_at AS "updatedAt", c.title,
      c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, c.deadline_latest AS latest, c.completion, o.name AS owner,
      i.ends, i.ends_latest AS "endsLatest", i.notice_days AS "noticeDays",
      (SELECT coalesce(json_agg(json_build_object('id', m.id, 'title', m.title, 'phrase', m.phrase, 'edtf', m.edtf,
          'latest', m.latest) ORDER BY m.position), '[]')
        FROM milestone m WHERE m.commitment_id = c.id AND m.done_on IS NULL AND m.latest IS NOT NULL) AS milestones
    FROM commitment c LEFT JOIN person o ON o.id = c.owner_id
    LEFT JOIN instrument i ON i.commitment_id = c.id AND c.form = 'instrument'
    WHERE ${scope} AND c.rank = 0 AND (c.due < 'infinity' OR i.ends_latest IS NOT NULL
      OR EXISTS (SELECT FROM milestone m WHERE m.commitment_id = c.id AND m.done_on IS NULL AND m.latest IS NOT NULL))
    ORDER BY c.due, c.number LIMIT ${feedMost}`;
}
