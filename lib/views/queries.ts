import type { Actor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { may, visibleTo } from "./policy.ts";
import type { View } from "./view.ts";

const most = 200;

/** The actor's own views and those that others share, by name; their own first. */
export async function listViews(actor: Actor, portfolioId: string): Promise<View[]> {
  const rows = await reading(actor)<(Omit<View, "mine" | "mayDelete"> & { ownerId: string })[]>`
    SELECT v.id, v.name, v.query, v.shared, v.version, v.owner_id AS "ownerId", p.name AS owner,
      EXISTS (SELECT FROM watch w WHERE w.view_id = v.id AND w.person_id = ${actor.id}) AS watching
    FROM saved_view v JOIN person p ON p.id = v.owner_id
    WHERE ${visibleTo(actor, portfolioId)} ORDER BY v.owner_id <> ${actor.id}, fold(v.name), v.id LIMIT ${most}`;
  return rows.map(({ ownerId, ...view }) => ({
    ...view,
    mine: ownerId === actor.id,
    mayDelete: may(actor, "delete", { portfolioId, ownerId, shared: view.shared }),
  }));
}
