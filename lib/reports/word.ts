import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  FootnoteReferenceRun,
  Header,
  HeadingLevel,
  Packer,
  PageBreak,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import {
  type Block,
  type Cell,
  type Chart,
  type ReportDocument,
  type Table as ReportTable,
  total,
} from "./document.ts";
import { pictureOf } from "./word-picture.ts";
import { proseWriter } from "./word-prose.ts";

/**
 * A report as a Word document that people can go on editing: real headings, tables whose heads repeat, and real footnotes
 * with the sources.
 */
export async function toWord(document: ReportDocument, { origin }: { origin: string }): Promise<Buffer> {
  const { locale, title, facts, sections, notes, words } = document;
  const language = { value: tags[locale], eastAsia: tags[locale], bidirectional: tags[locale] };
  const prose = proseWriter();
  const into: Into = { origin, cited: new Set() };
  const body = sections.flatMap((section) => [
    new Paragraph({ text: section.title, heading: HeadingLevel.HEADING_1 }),
    ...section.blocks.flatMap((block) =>
      block.kind === "remark" ? prose.paragraphs(block.markdown) : blockOf(block, into),
    ),
  ]);
  const file = new Document({
    title,
    creator: "Kept",
    features: { updateFields: true },
    styles: {
      default: {
        document: { run: { font: fonts, size: 20, language } },
        heading1: {
          run: { size: 30, bold: true },
          paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
        },
        heading2: { run: { size: 22, bold: true }, paragraph: { spacing: { before: 240, after: 80 }, keepNext: true } },
        title: {
          run: { size: document.brief ? 32 : 52, bold: true },
          paragraph: { spacing: { before: document.brief ? 0 : 3600, after: document.brief ? 160 : 400 } },
        },
      },
    },
    numbering: prose.numbering(),
    footnotes: Object.fromEntries(
      notes.map(({ text, href }, at) => [
        at + 1,
        { children: [new Paragraph({ children: [linked(` ${text}`, origin + href)] })] },
      ]),
    ),
    sections: [
      {
        properties: { titlePage: true, page: { margin: { top: 1300, bottom: 1200, left: 1000, right: 1000 } } },
        headers: {
          default: new Header({
            children: [new Paragraph({ children: [new TextRun({ text: title, color: grey, size: 16 })] })],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                children: [
                  new TextRun({
                    size: 16,
                    color: grey,
                    children: [`${words.page} `, PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          ...facts.map(
            ({ term, text }) =>
              new Paragraph({
                spacing: { after: 80 },
                children: [new TextRun({ text: `${term}: `, color: grey }), new TextRun({ text, bold: true })],
              }),
          ),
          ...(document.brief
            ? []
            : [
                new Paragraph({ children: [new PageBreak()] }),
                new TableOfContents(words.contents, { hyperlink: true, headingStyleRange: "1-1" }),
                new Paragraph({ children: [new PageBreak()] }),
              ]),
          ...body,
        ],
      },
    ],
  });
  return await Packer.toBuffer(file);
}

const tags = { en: "en-GB", vi: "vi-VN", lo: "lo-LA" } as const;
// Lao is set by the face for "complex scripts"; Word takes what the machine has where these are missing.
const fonts = { ascii: "Noto Sans", hAnsi: "Noto Sans", eastAsia: "Noto Sans Lao", cs: "Noto Sans Lao" };
const grey = "595959";

function blockOf(block: Exclude<Block, { kind: "remark" }>, into: Into): (Paragraph | Table)[] {
  switch (block.kind) {
    case "text":
      return [
        new Paragraph({
          spacing: { after: 120 },
          children: [new TextRun({ text: block.text, ...(block.muted && { color: grey }) })],
        }),
      ];
    case "figures":
      return [
        tableOf(
          [],
          block.figures.map(({ label, value, href }) => [{ text: label }, { text: String(value), href }]),
          { ...into, shares: [4, 1], types: ["text", "number"] },
        ),
        new Paragraph(""),
      ];
    case "chart":
      return chartOf(block);
    case "drawing":
      return [
        new Paragraph({ keepNext: true, children: [new TextRun({ text: block.caption, bold: true })] }),
        pictureOf(block),
      ];
    case "table":
      return [ofReport(block, into), new Paragraph("")];
  }
}

function ofReport({ columns, rows }: ReportTable, into: Into): Table {
  return tableOf(
    columns.map(({ label }) => label),
    rows,
    { ...into, shares: columns.map(({ share }) => share), types: columns.map(({ type }) => type) },
  );
}

/** Where what is set leads to, and the notes that have been set so far. */
type Into = { origin: string; cited: Set<number> };
type Layout = Into & { shares: readonly number[]; types: readonly string[] };

const line = { style: BorderStyle.SINGLE, size: 4, color: "BFBFBF" };
const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
/** Twentieths of a point between the margins of A4. */
const pageWidth = 9900;

function tableOf(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { shares, types, ...into }: Layout,
): Table {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.round((share / all) * pageWidth));
  const cell = (children: ParagraphChild[], at: number) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      children: [
        new Paragraph({ children, alignment: types[at] === "number" ? AlignmentType.RIGHT : AlignmentType.LEFT }),
      ],
    });
  return new Table({
    columnWidths: widths,
    width: { size: pageWidth, type: WidthType.DXA },
    borders: { top: line, bottom: line, left: none, right: none, insideHorizontal: line, insideVertical: none },
    rows: [
      ...(head.length > 0
        ? [
            new TableRow({
              tableHeader: true,
              cantSplit: true,
              children: head.map((text, at) => cell([new TextRun({ text, bold: true, size: 17 })], at)),
            }),
          ]
        : []),
      ...rows.map(
        (row) => new TableRow({ cantSplit: true, children: row.map((each, at) => cell(runsOf(each, into), at)) }),
      ),
    ],
  });
}

function runsOf({ text, href, lang, notes = [], tone }: Cell, { origin, cited }: Into): ParagraphChild[] {
  const style = {
    size: 17,
    ...(tone === "critical" && { bold: true }),
    ...(lang && { language: { value: tags[lang], eastAsia: tags[lang], bidirectional: tags[lang] } }),
  };
  return [
    href ? linked(text, origin + href, style) : new TextRun({ text, ...style }),
    ...notes.flatMap((note, at) => [...(at === 0 ? [] : [raised(",")]), noteRun(note, cited)]),
  ];
}

/** A footnote where it comes up first; after that its number, since a footnote can stand in one place only. */
function noteRun(note: number, cited: Set<number>): ParagraphChild {
  if (cited.has(note)) return raised(`${note}`);
  cited.add(note);
  return new FootnoteReferenceRun(note);
}

const raised = (text: string) => new TextRun({ text, superScript: true, size: 17 });

function linked(text: string, address: string, style: object = {}): ExternalHyperlink {
  return new ExternalHyperlink({ link: address, children: [new TextRun({ text, ...style })] });
}

const shades = {
  solid: "333333",
  half: "7F7F7F",
  light: "C7C7C7",
  striped: "E3E3E3",
  empty: "FFFFFF",
  dotted: "F2F2F2",
} as const;

/** Bars as shaded letters in a table: they print, and can be edited. Their numbers stand in the table below. */
function chartOf({ bars, series }: Chart): (Paragraph | Table)[] {
  const most = Math.max(1, ...bars.map(({ values }) => total(values)));
  const bar = (letters: number, fill: Chart["series"][number]["fill"]) =>
    new TextRun({
      text: "\u00a0".repeat(letters),
      size: 16,
      border: { style: BorderStyle.SINGLE, size: 4, color: "333333" },
      shading: { type: ShadingType.CLEAR, fill: shades[fill] },
    });
  const cell = (
    children: ParagraphChild[],
    share: number,
    alignment: (typeof AlignmentType)[keyof typeof AlignmentType],
  ) =>
    new TableCell({
      width: { size: pageWidth * share, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      children: [new Paragraph({ children, alignment })],
    });
  const rows = bars.map(({ label, values }) => {
    const parts = values.flatMap((value, at) =>
      value > 0 ? [bar(Math.max(1, Math.round((value / most) * 70)), series[at]?.fill ?? "empty")] : [],
    );
    const children = [
      cell([new TextRun({ text: label, size: 16 })], 0.34, AlignmentType.RIGHT),
      cell([...parts, new TextRun({ text: ` ${total(values)}`, size: 16 })], 0.66, AlignmentType.LEFT),
    ];
    return new TableRow({ cantSplit: true, children });
  });
  const legend = series.flatMap(({ label, fill }) => [bar(2, fill), new TextRun({ text: ` ${label}   `, size: 16 })]);
  return [
    new Table({
      columnWidths: [pageWidth * 0.34, pageWidth * 0.66],
      width: { size: pageWidth, type: WidthType.DXA },
      borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
      rows,
    }),
    new Paragraph({ children: legend, spacing: { before: 80, after: 160 } }),
  ];
}
