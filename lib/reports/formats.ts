/** The files that a report can be had as. */
export const reportFormats = ["pdf", "word", "excel", "csv", "json"] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** What a file is served as, and how its name ends. */
export const fileKinds = {
  pdf: { type: "application/pdf", extension: "pdf" },
  word: { type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", extension: "docx" },
  excel: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", extension: "xlsx" },
  csv: { type: "text/csv; charset=utf-8", extension: "csv" },
  json: { type: "application/json; charset=utf-8", extension: "json" },
} as const satisfies Record<ReportFormat, { type: string; extension: string }>;
