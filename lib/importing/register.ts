import type { Actor } from "#lib/actor.ts";
import { visibleTo } from "#lib/commitments/policy.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import { answerableIn } from "#lib/people/policy.ts";
import type { Texts } from "#lib/text.ts";
import type {
  Completion,
  Evidence,
  Form,
  Kind,
  Lifecycle,
  MoneyStage,
  PartyRole,
  Strength,
} from "#prisma/generated/enums.ts";

/** The register as an import is compared with it: the records that a file names, and everything that its words may mean. */

/** A record as far as an import may change it. A new one is blank at first. */
export type Present = {
  id: string;
  reference: string;
  version: number;
  /** "2026-11-22T01:02:03Z"; "" of a new one. */
  updatedAt: string;
  title: Texts;
  statement: Texts;
  form: Form | null;
  kind: Kind | null;
  strength: Strength | null;
  sectorId: string | null;
  lifecycle: Lifecycle | null;
  hasInstrument: boolean;
  ownerId: string | null;
  /** Also of somebody who can no longer answer for records. */
  ownerName: string | null;
  completion: Completion;
  evidence: Evidence;
  reportedOn: string | null;
  /** What the last progress report says. */
  report: string;
  phrase: string | null;
  edtf: string | null;
  earliest: string | null;
  latest: string | null;
  anchorId: string | null;
  inferred: Texts | null;
  parties: { partyId: string; role: PartyRole }[];
  places: string[];
  money: { amount: string; currency: string; stage: MoneyStage }[];
  citations: { sourceId: string; paragraph: number }[];
};

export type Named = { id: string; name: Texts; aliases: string[] };

/** What the words of a file may mean in a portfolio. */
export type Lookups = {
  sectors: Named[];
  parties: Named[];
  places: Named[];
  people: { id: string; name: string; email: string }[];
  sources: { id: string; key: string; paragraphs: number }[];
};

export async function readLookups(actor: Actor, portfolioId: string): Promise<Lookups> {
  const all = (rows: Fragment) => sql`(SELECT coalesce(json_agg(x), '[]') FROM (${rows}) x)`;
  const [row] = await reading(actor)<[Lookups]>`SELECT
    ${all(sql`SELECT id, name, '{}'::text[] AS aliases FROM sector ORDER BY position`)} AS sectors,
    ${all(sql`SELECT id, name, aliases FROM party ORDER BY id`)} AS parties,
    ${all(sql`SELECT id, name, aliases FROM place ORDER BY id`)} AS places,
    ${all(sql`SELECT p.id, p.name, p.email FROM person p WHERE ${answerableIn(portfolioId)} ORDER BY p.name, p.id`)} AS people,
    ${all(sql`SELECT id, key, paragraphs FROM source WHERE portfolio_id = ${portfolioId} ORDER BY key`)} AS sources`;
  return row;
}

/** The records of these references that are in the portfolio, in its order; all of them without a list. */
export async function readPresent(
  actor: Actor,
  portfolioId: string,
  references: readonly string[] | null,
): Promise<Present[]> {
  const rows = (of: Fragment) => sql`(SELECT coalesce(json_agg(x), '[]') FROM (${of}) x)`;
  return reading(actor)<Present[]>`
    SELECT c.id, c.reference, c.version, to_char(c.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updatedAt", c.title, c.statement, c.form, c.kind, c.strength, c.sector_id AS "sectorId", c.lifecycle,
      EXISTS (SELECT FROM instrument WHERE commitment_id = c.id) AS "hasInstrument", c.owner_id AS "ownerId", o.name AS "ownerName",
      c.completion, c.evidence, c.reported_on AS "reportedOn",
      coalesce((SELECT text FROM progress_report WHERE commitment_id = c.id ORDER BY as_of DESC, id DESC LIMIT 1), '') AS report,
      c.deadline_phrase AS phrase, c.deadline_edtf AS edtf, c.deadline_earliest AS earliest, c.deadline_latest AS latest,
      c.deadline_anchor_id AS "anchorId", c.deadline_inferred AS inferred,
      ${rows(sql`SELECT party_id AS "partyId", role FROM commitment_party WHERE commitment_id = c.id ORDER BY role, party_id COLLATE "C"`)} AS parties,
      (SELECT coalesce(json_agg(place_id ORDER BY place_id COLLATE "C"), '[]') FROM commitment_place WHERE commitment_id = c.id) AS places,
      ${rows(sql`SELECT trim_scale(amount)::text AS amount, currency, stage FROM money WHERE commitment_id = c.id ORDER BY id`)} AS money,
      ${rows(sql`SELECT source_id AS "sourceId", paragraph FROM citation WHERE commitment_id = c.id ORDER BY id`)} AS citations
    FROM commitment c LEFT JOIN person o ON o.id = c.owner_id
    WHERE ${visibleTo(actor, portfolioId)} ${references === null ? sql`` : sql`AND c.reference = ANY(${[...references]})`}
    ORDER BY c.number`;
}

const nothing: Texts = { en: "", vi: "", lo: "" };

/** A record of which nothing is said yet. */
export const blank: Present = {
  ...{ id: "", reference: "", version: 0, updatedAt: "", title: nothing, statement: nothing },
  ...{ form: null, kind: null, strength: null, sectorId: null, lifecycle: null, hasInstrument: false },
  ...{ ownerId: null, ownerName: null, completion: "not_reported", evidence: "none", reportedOn: null, report: "" },
  ...{ phrase: null, edtf: null, earliest: null, latest: null, anchorId: null, inferred: null },
  ...{ parties: [], places: [], money: [], citations: [] },
};
