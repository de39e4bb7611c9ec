import type pg from "pg";
import type { MemberRole } from "#lib/actor.ts";
import type { Day } from "#lib/dates.ts";
import type { Texts } from "#lib/text.ts";
import type { Completion, Confidence, Evidence, Form, Kind, PartyRole, Strength } from "#prisma/generated/enums.ts";
import { type Cell, copyRows } from "./copy.ts";

/**
 * Bulk loading of a portfolio through COPY, for demonstration and measurement. This is the one write that does not go
 * through a command: a hundred thousand commands would take an hour. It only ever fills an empty portfolio.
 */

export type LoadedPerson = { id: string; name: string; email: string; role: MemberRole; agencyId: string | null };

export type LoadedCommitment = {
  id: string;
  number: number;
  reference: string;
  form: Form;
  kind: Kind;
  strength: Strength;
  sectorId: string;
  title: Texts;
  statement: Texts;
  ownerId: string | null;
  completion: Completion;
  evidence: Evidence;
  confidence: Confidence | null;
  deadline: { phrase: string | null; edtf: string | null; earliest: Day | null; latest: Day | null } | null;
  parties: readonly { partyId: string; role: PartyRole }[];
  citation: { sourceId: string; paragraph: number } | null;
  /** Oldest first. */
  reports: readonly { id: string; on: Day; byName: string; text: string; completion: Completion }[];
  history: readonly {
    at: Date;
    actorName: string;
    verb: string;
    changes: Record<string, readonly [unknown, unknown]>;
  }[];
  createdAt: Date;
};

export type Portfolio = { id: string; name: Texts; prefix: string };

type Load = {
  portfolio: Portfolio;
  people: readonly LoadedPerson[];
  count: number;
  /** The i-th record. Asked for once each, in order. */
  make: (index: number) => LoadedCommitment;
};

/** So many records are in memory at a time. */
const batchSize = 5000;

/**
 * Fills the portfolio, all or nothing. `db` is one connection, of the tables' owner, for the sake of the VACUUM at the
 * end. Nothing is locked: the app may run beside it.
 * @throws when the portfolio already has records
 */
export async function loadPortfolio(
  db: pg.Client,
  { portfolio, people, count, make }: Load,
  log: (line: string) => void,
): Promise<void> {
  const started = performance.now();
  // New rows wait for the search index in a list, which is entered into it at one go: several times as quick.
  await db.query("SET gin_pending_list_limit = '1GB'; SET maintenance_work_mem = '512MB'");
  await db.query("BEGIN");
  try {
    await db.query(
      `INSERT INTO portfolio (id, name, prefix, demo, last_number) VALUES ($1, $2, $3, true, $4)
        ON CONFLICT (id) DO UPDATE SET last_number = excluded.last_number`,
      [portfolio.id, portfolio.name, portfolio.prefix, count],
    );
    const { rowCount } = await db.query("SELECT FROM commitment WHERE portfolio_id = $1 LIMIT 1", [portfolio.id]);
    if (rowCount) throw new Error(`the portfolio ${portfolio.id} is not empty`);
    const columns = ["id", "name", "email", "agency_id", "demo"];
    await copyRows(
      db,
      "person",
      columns,
      people.map((p) => [p.id, p.name, p.email, p.agencyId, true]),
    );
    await copyRows(
      db,
      "membership",
      ["person_id", "portfolio_id", "role"],
      people.map((p) => [p.id, portfolio.id, p.role]),
    );
    const tables = tablesOf(portfolio.id, await partyNames(db));
    for (let done = 0; done < count; ) {
      const batch = Array.from({ length: Math.min(batchSize, count - done) }, (_, at) => make(done + at));
      for (const { name, columns, rows } of tables) await copyRows(db, name, columns, batch.flatMap(rows));
      done += batch.length;
      log(`  ${done} of ${count} records (${seconds(started)})`);
    }
    await db.query("COMMIT");
  } catch (error) {
    await db.query("ROLLBACK");
    throw error;
  }
  log("  entering them into the indexes ...");
  // Empties that list, and without fresh statistics the first lists would be planned for an empty table.
  await db.query(
    "VACUUM (ANALYZE) commitment, commitment_party, citation, deadline_revision, progress_report, audit_event, person, membership, instrument",
  );
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

type Table = {
  name: string;
  columns: readonly string[];
  rows: (record: LoadedCommitment) => readonly (readonly Cell[])[];
};

function tablesOf(portfolioId: string, names: Map<string, string>): Table[] {
  return [
    { name: "commitment", columns: commitmentColumns, rows: (record) => [commitmentRow(portfolioId, record, names)] },
    { name: "instrument", columns: ["commitment_id"], rows: ({ id, form }) => (form === "instrument" ? [[id]] : []) },
    {
      name: "commitment_party",
      columns: ["commitment_id", "party_id", "role"],
      rows: ({ id, parties }) => parties.map(({ partyId, role }) => [id, partyId, role]),
    },
    {
      name: "citation",
      columns: ["id", "commitment_id", "source_id", "paragraph"],
      rows: ({ id, citation }) => (citation ? [[related(id, "c"), id, citation.sourceId, citation.paragraph]] : []),
    },
    {
      name: "deadline_revision",
      columns: ["id", "commitment_id", "seq", "phrase", "edtf", "earliest", "latest", "by_name", "at"],
      rows: ({ id, deadline: d, createdAt }) =>
        d ? [[related(id, "d"), id, 0, d.phrase, d.edtf, d.earliest, d.latest, "demo", createdAt]] : [],
    },
    {
      name: "progress_report",
      columns: ["id", "commitment_id", "as_of", "at", "by_name", "text", "completion", "evidence"],
      rows: ({ id, reports }) =>
        reports.map((r) => [r.id, id, r.on, new Date(`${r.on}T03:00:00Z`), r.byName, r.text, r.completion, "reported"]),
    },
    {
      name: "audit_event",
      columns: ["at", "portfolio_id", "actor_name", "verb", "subject_type", "subject_id", "changes"],
      rows: ({ id, history }) =>
        history.map((h) => [h.at, portfolioId, h.actorName, h.verb, "commitment", id, h.changes]),
    },
  ];
}

const commitmentColumns = [
  "id",
  "portfolio_id",
  "number",
  "reference",
  "form",
  "kind",
  "strength",
  "sector_id",
  "title",
  "statement",
  "draft_locales",
  "owner_id",
  "completion",
  "evidence",
  "lifecycle",
  "confidence",
  "confidence_on",
  "reported_on",
  "deadline_phrase",
  "deadline_edtf",
  "deadline_earliest",
  "deadline_latest",
  "party_text",
  "created_at",
  "updated_at",
] as const;

function commitmentRow(portfolioId: string, c: LoadedCommitment, names: Map<string, string>): Cell[] {
  const reported = c.reports.at(-1)?.on ?? null;
  return [
    c.id,
    portfolioId,
    c.number,
    c.reference,
    c.form,
    c.kind,
    c.strength,
    c.sectorId,
    c.title,
    c.statement,
    [],
    c.ownerId,
    c.completion,
    c.evidence,
    c.form === "instrument" ? "signed" : null,
    c.confidence,
    c.confidence && reported,
    reported,
    c.deadline?.phrase ?? null,
    c.deadline?.edtf ?? null,
    c.deadline?.earliest ?? null,
    c.deadline?.latest ?? null,
    // What the trigger on commitment_party would write: given here, it finds nothing to do.
    [...new Set(c.parties.map(({ partyId }) => partyId))].map((id) => names.get(id) ?? "").join(" "),
    c.createdAt,
    c.history.at(-1)?.at ?? c.createdAt,
  ];
}

async function partyNames(db: pg.Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; text: string }>(
    "SELECT id, concat_ws(' ', name->>'en', name->>'vi', name->>'lo', array_to_string(aliases, ' ')) AS text FROM party",
  );
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Another id made of a record's: its version nibble and last digits are kept apart by `letter`. */
function related(id: string, letter: "c" | "d"): string {
  return `${id.slice(0, 14)}4${id.slice(15, 35)}${letter}`;
}
