/** What is told of a record, in words: as the record's page asks for it when it is to be shown. */
export type PlanLine = { when: string; why: string; how: string };
export type PlanLines = { coming: PlanLine[]; sent: PlanLine[] };
