import type { ReportDocument } from "./document.ts";
import { fileKinds, type ReportFormat } from "./formats.ts";

/** What a file of a report is called, and made of. */
type ReportFile = { type: string; extension: string; bytes: Uint8Array };

type Options = {
  /** The address of the app, which links lead to. */
  origin: string;
  /** When it is made. */
  at: Date;
};

/** A report as a file. What makes each format is loaded when one is asked for. */
export async function toFile(document: ReportDocument, as: ReportFormat, options: Options): Promise<ReportFile> {
  return { ...fileKinds[as], bytes: await bytesOf(document, as, options) };
}

async function bytesOf(document: ReportDocument, as: ReportFormat, options: Options): Promise<Uint8Array> {
  switch (as) {
    case "pdf": {
      const { toPdf } = await import("./print/pdf.ts");
      return toPdf(document, options);
    }
    case "word": {
      const { toWord } = await import("./word.ts");
      return toWord(document, options);
    }
    case "excel": {
      const { toExcel } = await import("./excel.ts");
      return toExcel(document, options);
    }
    case "csv": {
      const { toCsv } = await import("./plain.ts");
      return Buffer.from(toCsv(document));
    }
    case "json":
      return Buffer.from(JSON.stringify(document, null, 2));
  }
}
