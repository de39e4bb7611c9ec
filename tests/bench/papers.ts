import postgres from "postgres";
import { reportHtml } from "#components/reports/report-body.ts";
import { systemActor } from "#lib/actor.ts";
import { closePools } from "#lib/pools.ts";
import { buildReport } from "#lib/reports/build.ts";
import { toFile } from "#lib/reports/files.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { requestSchema } from "#lib/reports/request.ts";
import { teamToday } from "#lib/team-day.ts";

/** What a status report costs: worked out from the history, and set in each format. */
export type Papers = {
  size: number;
  /** Of the records as they stand now, and as they stood a year ago. */
  built: Made;
  earlier: Made;
  formats: Record<string, Made>;
  /** The same numbers by nothing but SQL: seconds. */
  sql: number;
};

/** Seconds, the least of several; bytes of what came out. */
type Made = { seconds: number; bytes: number };

const actor = systemActor("bench");

export async function measurePapers(ownerUrl: string, size: number): Promise<Papers> {
  try {
    const now = new Date();
    const today = teamToday(now);
    const lastYear = `${Number(today.slice(0, 4)) - 1}-06-30`;
    const build = (day: string | null) =>
      buildReport(actor, requestSchema.parse({ template: "status", locale: "en", day }), { portfolioId: "demo", now });
    const { document } = await build(null);
    const bytesOf = (value: unknown) => Buffer.byteLength(typeof value === "string" ? value : JSON.stringify(value));
    const formats: Record<string, Made> = { page: await best(() => bytesOf(reportHtml(document))) };
    for (const format of reportFormats) {
      formats[format] = await best(
        async () => (await toFile(document, format, { origin: "http://localhost", at: now })).bytes.length,
      );
    }
    return {
      size,
      built: await best(async () => bytesOf((await build(null)).document)),
      earlier: await best(async () => bytesOf((await build(lastYear)).document)),
      formats,
      sql: (await best(() => bareSql(ownerUrl, today))).seconds,
    };
  } finally {
    await closePools();
  }
}

/** The least of at most five times, and of at least two; longer ones are not repeated for ever. */
async function best(work: () => number | Promise<number>): Promise<Made> {
  let [seconds, bytes, spent] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let round = 0; round < 5 && (round < 2 || spent < 5); round++) {
    const started = performance.now();
    bytes = await work();
    const took = (performance.now() - started) / 1000;
    spent += took;
    seconds = Math.min(seconds, took);
  }
  return { seconds, bytes };
}

/** The numbers and lists of the report as they stand today: counts by each group, and the rows of its tables. */
async function bareSql(ownerUrl: string, today: string): Promise<number> {
  const sql = postgres(ownerUrl, {
    max: 4,
    types: { day: { to: 1082, from: [1082], serialize: String, parse: String } },
  });
  const overdue = sql`c.rank = 0 AND c.deadline_latest < ${today}`;
  const row = sql`c.reference, c.title->>'en' AS title, o.name AS owner, c.completion, c.deadline_edtf, c.deadline_latest,
    (SELECT json_agg(p.name->>'en') FROM commitment_party cp JOIN party p ON p.id = cp.party_id WHERE cp.commitment_id = c.id AND cp.role = 'lead') AS leads,
    (SELECT json_agg(s.key || ' ' || x.paragraph) FROM citation x JOIN source s ON s.id = x.source_id WHERE x.commitment_id = c.id) AS citations`;
  const firm = sql`c.rank = 0 AND c.strength IN ('obligation', 'pledge')`;
  const from = sql`commitment c LEFT JOIN person o ON o.id = c.owner_id WHERE c.portfolio_id = 'demo'`;
  try {
    const answers = await Promise.all([
      sql`SELECT sector_id, form, completion, count(*), count(*) FILTER (WHERE ${overdue}) FROM commitment c
        WHERE portfolio_id = 'demo' GROUP BY GROUPING SETS ((sector_id, completion), (form, completion), (completion))`,
      sql`SELECT cp.party_id, c.completion, count(*), count(*) FILTER (WHERE ${overdue}) FROM commitment c
        JOIN commitment_party cp ON cp.commitment_id = c.id AND cp.role = 'lead' WHERE c.portfolio_id = 'demo' GROUP BY 1, 2`,
      sql`SELECT ${row}, (SELECT text FROM progress_report r WHERE r.commitment_id = c.id ORDER BY as_of DESC LIMIT 1) AS said
        FROM ${from} AND ${overdue} ORDER BY c.deadline_latest, c.number`,
      sql`SELECT ${row} FROM ${from} AND c.rank = 0 AND c.deadline_latest BETWEEN ${today} AND ${today}::date + 30 ORDER BY c.deadline_latest, c.number`,
      sql`SELECT ${row} FROM ${from} AND ${firm} AND c.owner_id IS NULL ORDER BY c.number`,
      sql`SELECT ${row} FROM ${from} AND ${firm} AND c.deadline_latest IS NULL ORDER BY c.number`,
      sql`SELECT ${row} FROM ${from} AND ${firm} AND NOT EXISTS (SELECT FROM progress_report r WHERE r.commitment_id = c.id
        AND r.as_of > ${today}::date - 60) ORDER BY c.number`,
    ]);
    return answers.reduce((all, rows) => all + rows.length, 0);
  } finally {
    await sql.end();
  }
}

export function papersTable(measured: readonly Papers[]): string {
  const names = ["page", ...reportFormats];
  const head = ["records", "built s", "a year ago s", "SQL s", "built / SQL", ...names.map((name) => `${name} s (kB)`)];
  const made = ({ seconds, bytes }: Made) => `${seconds.toFixed(seconds < 1 ? 3 : 1)} (${(bytes / 1000).toFixed(0)})`;
  const rows = measured.map(({ size, built, earlier, sql, formats }) => [
    `${size}`,
    built.seconds.toFixed(3),
    earlier.seconds.toFixed(3),
    sql.toFixed(3),
    (built.seconds / sql).toFixed(1),
    ...names.map((name) => made(formats[name] ?? { seconds: Number.NaN, bytes: 0 })),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["Status report", line(head), line(head.map(() => "---:")), ...rows.map(line)].join("\n");
}
