import type { Template } from "./request.ts";

/** What each template consists of, by the ids of its sections, in its own order. */
export const sectionsOf = {
  status: ["summary", "bySector", "byAgency", "byForm", "overdue", "dueSoon", "unowned", "undated", "silent"],
  between: [
    "summary",
    "done",
    "started",
    "advanced",
    "slipped",
    "redated",
    "fellBack",
    "promised",
    "restated",
    "closed",
  ],
  risk: ["summary", "overdue", "unlikely", "atRisk", "notBegun", "slippedOften", "silent"],
  scorecard: ["summary", "vietNam", "laos", "elsewhere", "unled"],
  lapsing: ["summary", "lapsed", "ending", "carryOver", "endUnknown"],
  indicators: ["summary", "trajectories", "conflicts", "unassessed", "figures"],
  brief: ["what", "standing", "who", "said", "deadlines", "related", "measured"],
} as const satisfies Record<Template, readonly string[]>;

export type SectionOf<T extends Template> = (typeof sectionsOf)[T][number];
export type SectionId = SectionOf<Template>;

/** Whether a template tells of a period and not only of a day. */
export const looksBack = (template: Template): boolean => template === "between";

/** Whether a template is about one record instead of those in a scope. */
export const isOfOne = (template: Template): boolean => template === "brief";
