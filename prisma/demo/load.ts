import type { Sql } from "postgres";
import type { Day } from "#lib/dates.ts";
import type { Texts } from "#lib/text.ts";
import type { Completion, Confidence, Evidence, Form, Kind, PartyRole, Role, Strength } from "#prisma/generated/enums.ts";
import { type Cell, copyRows } from "./copy.ts";

/**
 * Bulk loading of a portfolio through COPY, for demonstration and measurement. This is the one write that does not go
 * through a command: a hundred thousand commands would take an hour. It only ever fills an empty portfolio.
 */

export type LoadedPerson = { id: string; name: string; email: string; role: Role; agencyId: string | null };

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
  history: readonly { at: Date; actorName: string; verb: string; changes: Record<string, readonly [unknown, unknown]> }[];
  createdAt: Date;
};

export type Portfolio = { id: string; name: Texts; prefix: string };

/** `make(i)` gives the i-th record, the same each time: it is asked once per table, so that nothing is held in memory. */
export type Load = { portfolio: Portfolio; people: readonly LoadedPerson[]; count: number; make: (index: number) => LoadedCommitment };

/** Fills the portfolio in one transaction. @throws when it already has records */
export async function loadPortfolio(db: Sql, { portfolio, people, count, make }: Load, log: (line: string) => void): Promise<void> {
  await db.begin(async (transaction) => {
    const sql = transaction as unknown as Sql;
    await sql`INSERT INTO portfolio ${sql({ id: portfolio.id, name: sql.json(portfolio.name), prefix: portfolio.prefix, demo: true, last_number: count })}
      ON CONFLICT (id) DO UPDATE SET last_number = ${count}`;
    const [{ taken } = { taken: true }] = await sql<{ taken: boolean }[]>`SELECT EXISTS (SELECT FROM commitment WHERE portfolio_id = ${portfolio.id}) AS taken`;
    if (taken) throw new Error(`the portfolio ${portfolio.id} is not empty`);
    const table = async (name: string, columns: readonly string[], rows: (record: LoadedCommitment) => Iterable<readonly Cell[]>) => {
      const started = performance.now();
      const loaded = await copyRows(sql, name, columns, each(count, make, rows));
      log(`${name}: ${loaded} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    };
    await copyRows(sql, "person", ["id", "name", "email", "role", "agency_id", "demo"], people.map((p) => [p.id, p.name, p.email, p.role, p.agencyId, true]));
    const names = await partyNames(sql);
    await table("commitment", commitmentColumns, (record) => [commitmentRow(portfolio.id, record, names)]);
    await table("instrument", ["commitment_id"], ({ id, form }) => (form === "instrument" ? [[id]] : []));
    await table("commitment_party", ["commitment_id", "party_id", "role"], ({ id, parties }) => parties.map(({ partyId, role }) => [id, partyId, role]));
    await table("citation", ["id", "commitment_id", "source_id", "paragraph"], ({ id, citation }) => (citation ? [[related(id, "c"), id, citation.sourceId, citation.paragraph]] : []));
    await table("deadline_revision", ["id", "commitment_id", "seq", "phrase", "edtf", "earliest", "latest", "by_name", "at"], ({ id, deadline: d, createdAt }) =>
      d ? [[related(id, "d"), id, 0, d.phrase, d.edtf, d.earliest, d.latest, "demo", createdAt]] : []);
    await table("progress_report", ["id", "commitment_id", "as_of", "at", "by_name", "text", "completion", "evidence"], ({ id, reports }) =>
      reports.map((r) => [r.id, id, r.on, new Date(`${r.on}T03:00:00Z`), r.byName, r.text, r.completion, "reported"]));
    await table("audit_event", ["at", "portfolio_id", "actor_name", "verb", "subject_type", "subject_id", "changes"], ({ id, history }) =>
      history.map((h) => [h.at, portfolio.id, h.actorName, h.verb, "commitment", id, h.changes]));
  });
  // Without fresh statistics the first lists would be planned for an empty table.
  await db`ANALYZE`;
}

function* each(count: number, make: Load["make"], rows: (record: LoadedCommitment) => Iterable<readonly Cell[]>) {
  for (let index = 0; index < count; index++) yield* rows(make(index));
}

const commitmentColumns = ["id", "portfolio_id", "number", "reference", "form", "kind", "strength", "sector_id", "title", "statement", "draft_locales", "owner_id",
  "completion", "evidence", "lifecycle", "confidence", "confidence_on", "reported_on", "deadline_phrase", "deadline_edtf", "deadline_earliest", "deadline_latest",
  "party_text", "created_at", "updated_at"] as const;

function commitmentRow(portfolioId: string, c: LoadedCommitment, names: Map<string, string>): Cell[] {
  const reported = c.reports.at(-1)?.on ?? null;
  return [c.id, portfolioId, c.number, c.reference, c.form, c.kind, c.strength, c.sectorId, c.title, c.statement, [], c.ownerId,
    c.completion, c.evidence, c.form === "instrument" ? "signed" : null, c.confidence, c.confidence && reported, reported,
    c.deadline?.phrase ?? null, c.deadline?.edtf ?? null, c.deadline?.earliest ?? null, c.deadline?.latest ?? null,
    // What the trigger on commitment_party would write: given here, it finds nothing to do.
    [...new Set(c.parties.map(({ partyId }) => partyId))].map((id) => names.get(id) ?? "").join(" "), c.createdAt, c.history.at(-1)?.at ?? c.createdAt];
}

async function partyNames(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; text: string }[]>`
    SELECT id, concat_ws(' ', name->>'en', name->>'vi', name->>'lo', array_to_string(aliases, ' ')) AS text FROM party`;
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Another id made of a record's: its version nibble and last digits are kept apart by `letter`. */
function related(id: string, letter: "c" | "d"): string {
  return `${id.slice(0, 14)}4${id.slice(15, 35)}${letter}`;
}
