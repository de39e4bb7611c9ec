import type { ReportDocument } from "./document.ts";
import type { ReportFormat } from "./formats.ts";

/** What a file of a report is called, and made of. */
export type ReportFile = { type: string; extension: string; bytes: Uint8Array };

type Options = {
  /** The address of the app, which links lead to. */
  origin: string;
  /** When it is made. */
  at: Date;
};

/** A report as a file. What makes each format is loaded when one is asked for. */
export async function toFile(document: ReportDocument, as: ReportFormat, options: Options): Promise<ReportFile> {
  switch (as) {
    case "pdf": {
      const { toPdf } = await import("./print/pdf.ts");
      return { type: "application/pdf", extension: "pdf", bytes: await toPdf(document, options) };
    }
    case "word": {
      const { toWord } = await import("./word.ts");
      return {
        type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        extension: "docx",
        bytes: await toWord(document, options),
      };
    }
    case "excel": {
      const { toExcel } = await import("./excel.ts");
      return {
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        extension: "xlsx",
        bytes: await toExcel(document, options),
      };
    }
    case "csv": {
      const { toCsv } = await import("./plain.ts");
      return { type: "text/csv; charset=utf-8", extension: "csv", bytes: Buffer.from(toCsv(document)) };
    }
    case "json":
      return {
        type: "application/json; charset=utf-8",
        extension: "json",
        bytes: Buffer.from(JSON.stringify(document, null, 2)),
      };
  }
}
