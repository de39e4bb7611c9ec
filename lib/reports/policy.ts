import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import { isEditor, isManager, isMember, within } from "#lib/portfolios/policy.ts";
import type { ReportState } from "#prisma/generated/enums.ts";

/** As much of a written report as the policy has to know. */
type Written = { portfolioId: string; authorId: string | null; state: ReportState };

export type WrittenVerb =
  | "see"
  | "write"
  | "edit"
  | "comment"
  | "resolve"
  | "submit"
  | "approve"
  | "sendBack"
  | "issue"
  | "discard";

/**
 * May the actor do this with a report that is being written, or was issued?
 * - Everybody reads what is issued. What is being written is for those who write, editors and up; so are the comments on
 *   it, also once it is issued.
 * - An editor begins one, edits and submits their own, comments on all, and issues their own once it is approved.
 * - A manager edits, approves, sends back, issues and discards any.
 */
export function may(actor: Actor, verb: Exclude<WrittenVerb, "write">, report: Written): boolean {
  const { portfolioId, authorId, state } = report;
  const [writes, manages] = [isEditor(actor, portfolioId), isManager(actor, portfolioId)];
  const own = actor.id !== null && authorId === actor.id;
  switch (verb) {
    case "see":
      return writes || (state === "issued" && isMember(actor, portfolioId));
    case "comment":
      return writes;
    case "edit":
    case "submit":
    case "discard":
    case "resolve":
      return manages || (writes && own);
    case "approve":
    case "sendBack":
      return manages;
    case "issue":
      return manages || (writes && own && state === "approved");
  }
}

/** May the actor begin a report? An editor may. */
export const mayWrite = (actor: Actor, portfolioId: string): boolean => isEditor(actor, portfolioId);

/** May the actor keep reports as templates for everybody, rename and delete them? Managers may. */
export const mayKeepTemplates = (actor: Actor, portfolioId: string): boolean => isManager(actor, portfolioId);

/** The reports that the actor may see, of a portfolio or of all (null), as a condition on `report r`. */
export function visibleReports(actor: Actor, portfolioId: string | null): Fragment {
  return sql`${within(actor, sql`r.portfolio_id`, portfolioId)} AND (r.state = 'issued' OR ${writesIn(actor)})`;
}

/** As a condition on `report r`: whether the actor writes reports where it belongs, and so reads what was said of the draft. */
export function writesIn(actor: Actor): Fragment {
  if (actor.admin) return sql`true`;
  return sql`r.portfolio_id = ANY (${Object.keys(actor.roles).filter((portfolioId) => isEditor(actor, portfolioId))})`;
}

const steps: Partial<Record<WrittenVerb, readonly ReportState[]>> = {
  edit: ["draft", "in_review", "approved"],
  comment: ["draft", "in_review", "approved"],
  resolve: ["draft", "in_review", "approved"],
  submit: ["draft"],
  approve: ["in_review"],
  sendBack: ["in_review", "approved"],
  issue: ["draft", "in_review", "approved"],
  discard: ["draft", "in_review", "approved"],
};

/** Whether a report's state lets it be done at all, whoever does it. */
export const isOpenTo = (verb: WrittenVerb, { state }: Pick<Written, "state">): boolean =>
  steps[verb]?.includes(state) ?? true;
