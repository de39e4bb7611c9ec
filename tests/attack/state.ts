import { query } from "#tests/support/people.ts";

/** What changes by itself, or by a request being made at all: the clockwork of the worker, counters of tries. */
const passing = new Set(["audit_seal", "job", "rate_limit", "_prisma_migrations"]);

/**
 * A digest of every row of every table, by table; with `but`, of the rows that are not that person's. Two of them are equal
 * where nothing was written between.
 */
export async function stateOf(ownerUrl: string, { but }: { but?: string } = {}): Promise<Record<string, string>> {
  const columns = await query<{ table: string; columns: string[] }>(
    ownerUrl,
    `SELECT c.table_name AS table, array_agg(c.column_name::text) AS columns
      FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1`,
  );
  // Parts of what is a person's own have no column that says so.
  const parts = but ? ["task_chunk", "report_file"] : [];
  const tables = columns.filter(({ table }) => !passing.has(table) && !parts.includes(table));
  const digests = tables.map(({ table, columns }) => {
    const row = table === "session" ? "(to_jsonb(t) - 'last_seen_at')::text" : "t::text";
    const names = table === "person" ? ["id"] : ["person_id", "owner_id", "actor_id", "author_id"];
    // What a commitment is does not become somebody's own by their being written into it.
    const whose = table === "commitment" ? [] : names.filter((column) => columns.includes(column));
    const others = but ? whose.map((column) => `${column} IS DISTINCT FROM '${but}'`).join(" AND ") : "";
    const from = `SELECT md5(${row}) AS digest FROM "${table}" t${others && ` WHERE ${others}`}`;
    return `SELECT '${table}' AS table, coalesce(md5(string_agg(digest, '' ORDER BY digest)), '') AS digest FROM (${from}) x`;
  });
  const rows = await query<{ table: string; digest: string }>(ownerUrl, digests.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ table, digest }) => [table, digest]));
}
