import { randomUUID } from "node:crypto";
import { planDue } from "#lib/reminders/planning.ts";
import { portfolioId } from "#tests/lib/commitments/register.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

/** A rule, straight into the database: a month and a week before a deadline, on the day, and a week after it, to its owner. */
export async function enterRule(over: Record<string, unknown> = {}): Promise<string> {
  const rule = {
    id: randomUUID(),
    portfolio_id: portfolioId,
    name: { en: "A rule", vi: "", lo: "" },
    date: "deadline",
    offsets: [-30, -7, 0, 7],
    recipients: ["owner", "watchers"],
    escalate_to: [],
    ...over,
  };
  const columns = Object.keys(rule);
  const values = Object.values(rule);
  const typed = columns.map((column, at) =>
    column === "recipients" || column === "escalate_to" ? `$${at + 1}::text[]::"Recipient"[]` : `$${at + 1}`,
  );
  await query(
    process.env.KEPT_OWNER_URL ?? "",
    `INSERT INTO reminder_rule (${columns.join()}) VALUES (${typed.join()})`,
    values,
  );
  return rule.id;
}

/** Eight in the morning of a day in Viet Nam, when letters go. */
export const morning = (day: string) => new Date(`${day}T01:00:00Z`);

/** The planner as the worker runs it, once a day, from one day to another; what it recorded, in the order of telling. */
export async function liveThrough(from: string, to: string): Promise<void> {
  for (let at = morning(from).getTime(); at <= morning(to).getTime(); at += 86_400_000) await planDue(new Date(at));
}

export type Recorded = { occurrence: string; personId: string; dueAt: Date; topic: string; ruleId: string | null };

export const remindersOf = (commitmentId: string | null): Promise<Recorded[]> => everything<Recorded[]>`
  SELECT occurrence, person_id AS "personId", due_at AS "dueAt", topic, rule_id AS "ruleId"
  FROM reminder WHERE commitment_id IS NOT DISTINCT FROM ${commitmentId} ORDER BY due_at, occurrence, person_id`;
