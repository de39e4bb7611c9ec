import type { Template } from "./request.ts";

/** What each template consists of, by the ids of its sections, in its own order. */
export const sectionsOf = {
  status: ["summary", "bySector", "byAgency", "byForm", "overdue", "dueSoon", "unowned", "undated", "silent"],
  between: ["summary"],
  risk: ["summary"],
  scorecard: ["summary"],
  lapsing: ["summary"],
  indicators: ["summary"],
  brief: ["summary"],
} as const satisfies Record<Template, readonly string[]>;

export type SectionId = (typeof sectionsOf)[Template][number];

/** Whether a template tells of a period and not only of a day. */
export const looksBack = (template: Template): boolean => template === "between";
