/**
 * What changes are told of: subjects of the history that belong to one portfolio, and that everybody who may keep a webhook
 * may read. Never people, sessions, tokens and settings, nor what is one person's own (views, background work).
 */
export const kinds = ["commitment", "meeting", "source", "indicator", "report", "import"] as const;
export type Kind = (typeof kinds)[number];
