import type { Actor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import type { Texts } from "#lib/text.ts";
import type { Party, Place } from "./schema.ts";

/** What the records refer to, in all languages: for pickers and filters. There are few of them, so they come whole. */

export async function listParties(_actor: Actor): Promise<Party[]> {
  return sql<
    Party[]
  >`SELECT id, kind, name, aliases, parent_id AS "parentId", iso, side, version FROM party ORDER BY id`;
}

type Sector = { id: string; name: Texts /** OECD DAC codes. */; dac: string[] };

export async function listSectors(_actor: Actor): Promise<Sector[]> {
  return sql<Sector[]>`SELECT id, name, dac FROM sector ORDER BY position, id`;
}

export async function listPlaces(_actor: Actor): Promise<Place[]> {
  return sql<Place[]>`SELECT id, name, aliases, iso, country, version FROM place ORDER BY id`;
}
