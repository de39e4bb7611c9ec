import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { reading, sql } from "#lib/db.ts";
import { type Mapping, planOf, referencesIn, type Ticked } from "./plan.ts";
import { may, visibleImports } from "./policy.ts";
import { readLookups, readPresent } from "./register.ts";
import type { ImportFound, ImportShown, Planned } from "./shown.ts";
import { vocabularyOf } from "./words.ts";

/** Imports, as those see them who may bring records in. */

/** So many are listed; older ones are in the history. */
const listedMost = 50;

const shown =
  () => sql`i.id, i.version, i.file_name AS "fileName", i.file_bytes AS "fileBytes", p.name AS person, i.state,
  i.row_count AS "rowCount", i.created, i.changed, i.unchanged, i.refused,
  i.created_at AS "createdAt", i.done_at AS "doneAt", i.undone_at AS "undoneAt"`;

/** Those of a portfolio, the newest first. */
export async function listImports(actor: Actor, portfolioId: string): Promise<ImportShown[]> {
  return reading(actor)<ImportShown[]>`SELECT ${shown()} FROM import_batch i JOIN person p ON p.id = i.person_id
    WHERE ${visibleImports(actor, portfolioId)} ORDER BY i.id DESC LIMIT ${listedMost}`;
}

export async function findImport(actor: Actor, portfolioId: string, id: string): Promise<ImportFound | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await reading(actor)<ImportFound[]>`
    SELECT ${shown()}, i.headings, i.mapping, jsonb_path_query_array(i.cells, '$[0 to 2]') AS sample, i.batch_id AS "batchId"
    FROM import_batch i JOIN person p ON p.id = i.person_id WHERE ${visibleImports(actor, portfolioId)} AND i.id = ${id}`;
  return row ?? null;
}

/** What a file would do to the register as it stands. */
export async function planFor(
  actor: Actor,
  portfolioId: string,
  cells: readonly (readonly string[])[],
  mapping: Mapping,
  ticked: Ticked = {},
): Promise<Planned> {
  const [lookups, present] = await Promise.all([
    readLookups(actor, portfolioId),
    readPresent(actor, portfolioId, referencesIn(cells, mapping)),
  ]);
  const vocabulary = vocabularyOf(lookups);
  const byReference = new Map(present.map((record) => [record.reference, record]));
  return { plan: planOf(cells, { portfolioId, mapping, present: byReference, vocabulary, ticked }), vocabulary };
}

/** The plan of an import whose columns have been mapped. */
export async function previewImport(actor: Actor, portfolioId: string, id: string): Promise<Planned | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await reading(actor)<{ cells: string[][]; mapping: Mapping; ticked: Ticked }[]>`
    SELECT i.cells, i.mapping, i.ticked FROM import_batch i
    WHERE ${visibleImports(actor, portfolioId)} AND i.id = ${id} AND i.state = 'previewed'`;
  return row ? planFor(actor, portfolioId, row.cells, row.mapping, row.ticked) : null;
}

/** Who changed these records last, and when: record → name and moment. */
export async function lastChanges(
  actor: Actor,
  portfolioId: string,
  ids: readonly string[],
): Promise<Map<string, { by: string; at: Date }>> {
  if (ids.length === 0 || !may(actor, portfolioId)) return new Map();
  const rows = await reading(actor)<{ id: string; by: string; at: Date }[]>`
    SELECT DISTINCT ON (e.subject_id) e.subject_id AS id, e.actor_name AS by, e.at FROM audit_event e
    WHERE e.subject_id = ANY(${[...ids]}) AND e.subject_type = 'commitment' AND e.portfolio_id = ${portfolioId}
    ORDER BY e.subject_id, e.id DESC`;
  return new Map(rows.map(({ id, ...last }) => [id, last]));
}

/** Whether the background is at an import, or is to be. */
export async function isUnderWay(actor: Actor, portfolioId: string, importId: string): Promise<boolean> {
  if (!may(actor, portfolioId)) return false;
  const [row] = await reading(actor)<{ open: boolean }[]>`
    SELECT EXISTS (SELECT FROM task WHERE portfolio_id = ${portfolioId} AND kind = 'import' AND state IN ('waiting', 'running') AND input->>'importId' = ${importId}) AS open`;
  return row?.open ?? false;
}

/** What the columns of a file with just these headings were the last time in this portfolio. */
export async function rememberedColumns(
  actor: Actor,
  portfolioId: string,
  headings: readonly string[],
): Promise<Mapping["columns"] | null> {
  const [row] = await reading(actor)<{ columns: Mapping["columns"] }[]>`
    SELECT i.mapping->'columns' AS columns FROM import_batch i
    WHERE ${visibleImports(actor, portfolioId)} AND i.state <> 'uploaded' AND i.headings = ${[...headings]} ORDER BY i.id DESC LIMIT 1`;
  return row?.columns ?? null;
}

/** A record that an import touched: what is needed to put it back. */
export type Touched = { id: string; reference: string; version: number };

/** Those of these records which somebody has changed, deleted or built on since: what stands in the way of an undo. */
export async function changedSince(
  actor: Actor,
  touched: readonly (Touched & { created: boolean })[],
): Promise<string[]> {
  const ids = touched.map(({ id }) => id);
  const rows = await reading(actor)<{ id: string; version: number; builtOn: boolean }[]>`
    SELECT c.id, c.version, EXISTS (SELECT FROM commitment o WHERE o.parent_id = c.id OR o.predecessor_id = c.id)
      OR EXISTS (SELECT FROM target t WHERE t.commitment_id = c.id) AS "builtOn"
    FROM commitment c WHERE c.id = ANY(${ids}::uuid[])`;
  const now = new Map(rows.map((row) => [row.id, row]));
  return touched
    .filter(({ id, version, created }) => {
      const row = now.get(id);
      return !row || row.version !== version || (created && row.builtOn);
    })
    .map(({ reference }) => reference);
}

/** The references of records that stand in the way of undoing an import. */
export async function inTheWay(actor: Actor, portfolioId: string, id: string): Promise<string[]> {
  const [row] = await reading(actor)<{ before: (Touched & { created: boolean })[] | null }[]>`
    SELECT (SELECT json_agg(json_build_object('id', b->'id', 'reference', b->'reference', 'version', b->'version', 'created', b->'created'))
      FROM jsonb_array_elements(i.before) b) AS before
    FROM import_batch i WHERE ${visibleImports(actor, portfolioId)} AND i.id = ${id} AND i.state = 'done'`;
  return row?.before ? changedSince(actor, row.before) : [];
}
