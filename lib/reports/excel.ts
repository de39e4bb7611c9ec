import writeXlsxFile, { type Cell as ExcelCell, type Feature, type Sheet } from "write-excel-file/node";
import type { Cell, Column, Figure, Note, ReportDocument, Table } from "./document.ts";
import { plainProse, readMarkdown } from "./markdown.ts";

/**
 * A report as a workbook: a sheet for the summary, one for each table, one for the sources. Numbers are numbers, days are
 * days, every table has filters; a text is text even where it looks like a formula.
 */
export async function toExcel(document: ReportDocument, { origin }: { origin: string }): Promise<Buffer> {
  const tables = document.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === "table"));
  const names = sheetNames([document.title, ...tables.map(({ caption }) => caption), document.words.notes]);
  const sheets: Sheet<never>[] = [
    { ...summarySheet(document), sheet: names[0] ?? "1" },
    ...tables.map((table, at) => ({ ...tableSheet(table), sheet: names[at + 1] ?? `${at + 2}` })),
    { ...noteSheet(document.notes, origin), sheet: names.at(-1) ?? "" },
  ];
  return await writeXlsxFile(sheets as never, {
    fontFamily: "Noto Sans",
    fontSize: 10,
    features: [filters(tables) as never],
  }).toBuffer();
}

const bold = (text: string): ExcelCell => ({
  value: text,
  type: String,
  fontWeight: "bold",
  wrap: true,
  alignVertical: "top",
});
const plain = (text: string): ExcelCell => ({ value: text, type: String, wrap: true, alignVertical: "top" });

function summarySheet({ title, facts, sections }: ReportDocument) {
  const figures = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block): Figure[] => (block.kind === "figures" ? [...block.figures] : [])),
  );
  const remarks = sections.flatMap(({ title: section, blocks }) =>
    blocks.flatMap((block) =>
      block.kind === "remark" ? [[bold(section), plain(plainProse(readMarkdown(block.markdown)))]] : [],
    ),
  );
  return {
    data: [
      // Over the columns beside it: wrapped, a long one would be cut.
      [{ ...bold(title), wrap: false, fontSize: 16 } as ExcelCell],
      [],
      ...facts.map(({ term, text }) => [plain(term), bold(text)]),
      [],
      ...figures.map(({ label, value }) => [plain(label), { value, type: Number }]),
      ...(remarks.length > 0 ? [[], ...remarks] : []),
    ],
    columns: [{ width: 36 }, { width: 72 }],
  };
}

function tableSheet({ columns, rows }: Table) {
  return {
    data: [
      columns.map(({ label }) => ({ ...(bold(label) as object), bottomBorderStyle: "thin" }) as ExcelCell),
      ...rows.map((row) => row.map((cell, at) => excelCell(cell, columns[at]))),
    ],
    columns: columns.map(({ share }) => ({ width: Math.round(share * 9) + 3 })),
    stickyRowsCount: 1,
    orientation: "landscape" as const,
  };
}

function excelCell({ text, value }: Cell, column: Column | undefined): ExcelCell {
  if (typeof value === "number") return { value, type: Number, alignVertical: "top" };
  if (column?.type === "day" && value !== undefined)
    return {
      value: new Date(`${value}T00:00:00Z`),
      type: Date,
      format: "yyyy-mm-dd",
      align: "left",
      alignVertical: "top",
    };
  return plain(text);
}

function noteSheet(notes: readonly Note[], origin: string) {
  return {
    data: notes.map(
      ({ text, href }, at) => [{ value: at + 1, type: Number }, plain(text), plain(origin + href)] as ExcelCell[],
    ),
    columns: [{ width: 6 }, { width: 80 }, { width: 60 }],
  };
}

/** Excel takes 31 letters, none of a few, and no name twice. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((text) => {
    const base =
      text
        .replace(/[\\/?*[\]:']/g, " ")
        .trim()
        .slice(0, 28) || "-";
    let name = base;
    for (let next = 2; taken.has(name.toLowerCase()); next++) name = `${base} ${next}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** The arrows over a table's columns. The first sheet is the summary, the last the sources. */
function filters(tables: readonly Table[]): Feature<never> {
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform: (xml, _options, { sheetIndex }) => {
            const table = tables[sheetIndex - 1];
            if (!table) return xml;
            const corner = String.fromCharCode(64 + table.columns.length) + (table.rows.length + 1);
            return xml.replace("</sheetData>", `</sheetData><autoFilter ref="A1:${corner}"/>`);
          },
        },
      },
    },
  };
}
