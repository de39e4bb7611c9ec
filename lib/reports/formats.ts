/** The files that a report can be had as. */
export const reportFormats = ["pdf", "word", "excel", "csv", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];
