import type { Actor } from "#lib/actor.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { matching } from "#lib/commitments/where.ts";
import type { Day } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { answerableIn } from "#lib/people/policy.ts";
import { isMember } from "#lib/portfolios/policy.ts";
import type { RuleRow } from "./rule-row.ts";

/** The rules, as people read and change them. */

const columns = () => sql`r.id, r.name, r.active, r.query, r.date, r.report_every AS "reportEvery", r.offsets,
  r.repeat_every AS "repeatEvery", r.counting, r.countries, r.recipients, r.person_id AS "personId", r.escalate_after AS "escalateAfter",
  r.escalate_to AS "escalateTo", r.escalate_person_id AS "escalatePersonId", r.version, p.name AS person, e.name AS "escalatePerson"`;

const joined = () =>
  sql`reminder_rule r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN person e ON e.id = r.escalate_person_id`;

/** All rules of a portfolio, in their order; also those that are switched off. Everybody may read them. */
export async function listRules(actor: Actor, portfolioId: string): Promise<RuleRow[]> {
  return await reading(actor)<RuleRow[]>`
    SELECT ${columns()} FROM ${joined()} WHERE r.portfolio_id = ${portfolioId} ORDER BY r.position, r.id`;
}

/** One rule; null where the portfolio has none with that id. */
export async function getRule(actor: Actor, portfolioId: string, id: string): Promise<RuleRow | null> {
  const [row] = await reading(actor)<RuleRow[]>`
    SELECT ${columns()} FROM ${joined()} WHERE r.portfolio_id = ${portfolioId} AND r.id::text = ${id}`;
  return row ?? null;
}

/** Those whom a rule can name. */
export async function listTellable(actor: Actor, portfolioId: string): Promise<{ id: string; name: string }[]> {
  return await sql<{ id: string; name: string }[]>`
    SELECT p.id, p.name FROM person p WHERE ${answerableIn(portfolioId)} AND ${isMember(actor, portfolioId)} ORDER BY fold(p.name), p.id LIMIT 1000`;
}

type Matches = { total: number; open: number; more: boolean };

/** Counting stops here, as in the register. */
const most = 1000;

/** How many records a rule's filter lets through, and how many of them are open. */
export async function countMatches(actor: Actor, portfolioId: string, query: string, today: Day): Promise<Matches> {
  const { listing } = parseListing(new URLSearchParams(query));
  const [row] = await reading(actor)<{ total: number; open: number }[]>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE rank = 0)::int AS open
    FROM (SELECT c.rank FROM commitment c WHERE ${matching(actor, portfolioId, listing.filters, today)} LIMIT 1001) c`;
  const { total = 0, open = 0 } = row ?? {};
  return { total: Math.min(total, most), open: Math.min(open, most), more: total > most };
}
