import { stringify } from "csv-stringify/sync";
import { escapeCell } from "#lib/csv.ts";
import type { Cell, ReportDocument } from "./document.ts";
import { plainProse, readMarkdown } from "./markdown.ts";

/** The tables of a report for spreadsheets: one below the other, each under its section's title, days and numbers as such. */
export function toCsv({ title, facts, sections }: ReportDocument): string {
  const lines: (string | number)[][] = [[title], ...facts.map(({ term, text }) => [term, text])];
  for (const section of sections) {
    lines.push([], [section.title]);
    for (const block of section.blocks) {
      if (block.kind === "text") lines.push([block.text]);
      if (block.kind === "remark") lines.push([plainProse(readMarkdown(block.markdown))]);
      if (block.kind === "figures") lines.push(...block.figures.map(({ label, value }) => [label, value]));
      if (block.kind !== "table") continue;
      lines.push(
        block.columns.map(({ label }) => label),
        ...block.rows.map((row) => row.map(plain)),
      );
    }
  }
  const cells = lines.map((line) => line.map((cell) => (typeof cell === "string" ? escapeCell(cell) : cell)));
  return `\ufeff${stringify(cells, { quoted_string: true, record_delimiter: "\r\n" })}`;
}

const plain = ({ text, value }: Cell) => (typeof value === "number" ? value : text);
