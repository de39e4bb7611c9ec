import postgres from "postgres";
import type { Sample } from "./operations.ts";

/**
 * The bench's operations as nothing but their SQL, through postgres.js: the same records and columns as the pages show,
 * with no session, no permission and no page. What lies between this and the app is the app's own cost.
 */
type Statements = { [name: string]: (i: number) => Promise<unknown> };

const day = { to: 1082, from: [1082], serialize: String, parse: String };

export function openStatements(
  url: string,
  { filters, words, read, edited, people }: Sample,
): { statements: Statements; close(): Promise<void> } {
  const sql = postgres(url, { max: 8, types: { day }, onnotice: () => {} });
  const at = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

  const row = sql`c.id, c.reference, c.version, c.form, c.kind, c.strength, c.sector_id, s.name->>'en' AS sector, c.title->>'en' AS title,
    c.owner_id, o.name AS owner, o.agency_id, c.completion, c.evidence, c.lifecycle, c.deadline_phrase, c.deadline_edtf, c.deadline_latest,
    c.deadline_anchor_id, c.updated_at, (SELECT json_agg(json_build_object('id', p.id, 'name', p.name->>'en', 'role', cp.role) ORDER BY cp.role, p.id)
      FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = c.id) AS parties`;
  const from = sql`commitment c JOIN sector s ON s.id = c.sector_id LEFT JOIN person o ON o.id = c.owner_id`;
  const page = (where: postgres.PendingQuery<postgres.Row[]>) =>
    Promise.all([
      sql`SELECT ${row} FROM ${from} WHERE c.portfolio_id = 'demo' AND ${where} ORDER BY c.rank, c.due, c.number LIMIT 51`,
      sql`SELECT count(*) FROM (SELECT FROM commitment c WHERE c.portfolio_id = 'demo' AND ${where} LIMIT 1001) found`,
    ]);

  const statements: Statements = {
    register: () => page(sql`true`),
    filtered: (i) => page(sql`c.owner_id = ${at(filters, i).owner} AND c.completion = ${at(filters, i).status}`),
    search: (i) => page(sql`c.search LIKE '%' || search_key(${at(words, i).word}) || '%'`),
    record: async (i) => {
      const [found] =
        await sql`SELECT c.*, s.name AS sector, o.name AS owner FROM ${from} WHERE c.reference = ${at(read, i)}`;
      const id = found?.id;
      await Promise.all([
        sql`SELECT p.id, p.name, cp.role FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = ${id}`,
        sql`SELECT x.*, s.key, s.title, s.label FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = ${id}`,
        sql`SELECT * FROM progress_report WHERE commitment_id = ${id} ORDER BY as_of DESC`,
        sql`SELECT * FROM deadline_revision WHERE commitment_id = ${id} ORDER BY seq`,
        sql`SELECT * FROM audit_event WHERE subject_id = ${id} ORDER BY id DESC LIMIT 31`,
      ]);
    },
    // The same counts; of the months that are over only those that are overdue now, since that takes no history.
    overview: () => {
      const schedule = sql`CASE WHEN c.rank = 2 THEN 'done' WHEN c.rank = 1 THEN 'ended' WHEN c.deadline_latest IS NULL THEN 'undated'
        WHEN c.deadline_latest < current_date THEN 'overdue' WHEN c.deadline_latest <= current_date + 30 THEN 'due_soon' ELSE 'upcoming' END`;
      const demo = sql`c.portfolio_id = 'demo'`;
      return Promise.all([
        sql`SELECT c.form, c.sector_id, c.completion, c.evidence, schedule, count(*)
          FROM (SELECT c.*, ${schedule} AS schedule FROM commitment c WHERE ${demo}) c
          GROUP BY GROUPING SETS ((c.form, schedule), (c.sector_id, schedule), (c.completion), (c.evidence))`,
        sql`SELECT cp.party_id, ${schedule} AS schedule, count(*) FROM commitment_party cp JOIN commitment c ON c.id = cp.commitment_id
          WHERE cp.role = 'lead' AND ${demo} GROUP BY 1, 2`,
        sql`SELECT date_trunc('month', c.deadline_latest), count(*) FROM commitment c WHERE ${demo} AND c.rank = 0
          AND c.deadline_latest BETWEEN current_date AND current_date + 365 GROUP BY 1`,
        sql`SELECT date_trunc('month', c.deadline_latest), count(*) FROM commitment c WHERE ${demo} AND c.rank = 0
          AND c.deadline_latest < current_date GROUP BY 1`,
        sql`SELECT a.*, c.reference FROM audit_event a JOIN commitment c ON c.id::text = a.subject_id
          WHERE a.portfolio_id = 'demo' AND a.subject_type = 'commitment' ORDER BY a.id DESC LIMIT 12`,
      ]);
    },
    edit: (i) =>
      sql.begin("isolation level repeatable read", async (tx) => {
        const { id } = at(edited, 2 * i + 1);
        const [before] = await tx`SELECT version, owner_id FROM commitment WHERE id = ${id}`;
        const owner = people.find((person) => person !== before?.owner_id) ?? null;
        await tx`UPDATE commitment SET owner_id = ${owner}, version = version + 1, updated_at = now() WHERE id = ${id} AND version = ${before?.version}`;
        await tx`INSERT INTO audit_event (at, portfolio_id, actor_name, verb, subject_type, subject_id, changes)
          VALUES (now(), 'demo', 'Bench', 'commitment.assignOwner', 'commitment', ${id}, ${tx.json({ owner: [before?.owner_id, owner] })})`;
      }),
    csv: async () => {
      let rows = 0;
      for await (const some of sql`SELECT ${row} FROM ${from} WHERE c.portfolio_id = 'demo' ORDER BY c.rank, c.due, c.number`.cursor(
        1000,
      ))
        rows += some.length;
      return rows;
    },
  };
  return { statements, close: () => sql.end() };
}
