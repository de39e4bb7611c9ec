import type { Actor } from "#lib/actor.ts";
import { type Fragment, sql } from "#lib/db.ts";
import type { ReportState } from "#prisma/generated/enums.ts";

/** As much of a written report as the policy has to know. */
export type Written = { authorId: string | null; state: ReportState };

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
 * - Everybody reads what is issued. What is being written is for those who write: editors and up.
 * - An editor begins one, edits and submits their own, comments on all, and issues their own once it is approved.
 * - A manager edits, approves, sends back, issues and discards any.
 */
export function may(actor: Actor, verb: WrittenVerb, report?: Written): boolean {
  const own = actor.id !== null && report?.authorId === actor.id;
  switch (verb) {
    case "see":
      return report?.state === "issued" || writes(actor);
    case "write":
    case "comment":
      return writes(actor);
    case "edit":
    case "submit":
    case "discard":
    case "resolve":
      return isManager(actor) || (writes(actor) && own);
    case "approve":
    case "sendBack":
      return isManager(actor);
    case "issue":
      return isManager(actor) || (writes(actor) && own && report?.state === "approved");
  }
}

/** May the actor keep reports as templates for everybody, rename and delete them? Managers may. */
export const mayKeepTemplates = (actor: Actor): boolean => isManager(actor);

const isManager = (actor: Actor) => actor.role === "manager" || actor.role === "admin";
const writes = (actor: Actor) => actor.role === "editor" || isManager(actor);

/** The reports that the actor may see, of a portfolio or of all (null), as a condition on `report r`. */
export function visibleReports(actor: Actor, portfolioId: string | null): Fragment {
  const within = portfolioId === null ? sql`true` : sql`r.portfolio_id = ${portfolioId}`;
  return writes(actor) ? within : sql`${within} AND r.state = 'issued'`;
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
