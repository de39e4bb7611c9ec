import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  HeadingLevel,
  type INumberingOptions,
  LevelFormat,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  TextRun,
} from "docx";
import { type Prose, type Run, readMarkdown } from "./markdown.ts";

/** What an author wrote, in Word: real lists and headings, which people can go on editing. */
type ProseWriter = {
  paragraphs(markdown: string): Paragraph[];
  /** The lists that were written so far, as the file has to name them. */
  numbering(): INumberingOptions;
};

/** Where a paragraph stands: in which list, how deep, whether it begins a point. */
type Place = { depth: number; list?: { reference: string; instance: number }; quoted?: true };

/** Twentieths of a point by which each level of a list or quotation is moved in. */
const step = 360;
const levels = [0, 1, 2, 3, 4, 5];

/** A writer for one file: every numbered list counts for itself. */
export function proseWriter(): ProseWriter {
  const starts = new Set<number>();
  let instances = 0;

  function write(block: Prose, place: Place): Paragraph[] {
    switch (block.kind) {
      case "paragraph":
        return [new Paragraph({ ...styleOf(place), children: block.runs.map(runOf) })];
      case "heading":
        return [new Paragraph({ heading: HeadingLevel.HEADING_2, children: block.runs.map(runOf) })];
      case "list": {
        if (block.ordered) starts.add(block.start);
        const list = { reference: block.ordered ? `numbers-${block.start}` : "points", instance: ++instances };
        const depth = place.list || place.quoted ? place.depth + 1 : place.depth;
        return block.items.flatMap(([first, ...rest]) => [
          ...(first ? write(first, { depth, list }) : []),
          ...rest.flatMap((each) => write(each, { depth: depth + 1, quoted: true })),
        ]);
      }
      case "quote":
        return block.blocks.flatMap((each) => write(each, { depth: place.depth + 1, quoted: true }));
      case "code":
        return block.text.split("\n").map(
          (line) =>
            new Paragraph({
              ...styleOf(place),
              spacing: { after: 0 },
              shading: { type: ShadingType.CLEAR, fill: "F2F2F2" },
              children: [new TextRun({ text: line, font: codeFont })],
            }),
        );
      case "rule":
        return [new Paragraph({ border: { bottom: { style: BorderStyle.SINGLE, size: 4, color: "BFBFBF" } } })];
    }
  }

  return {
    paragraphs: (markdown) => readMarkdown(markdown).flatMap((block) => write(block, { depth: 0 })),
    numbering: () => ({
      config: [
        listOf("points", LevelFormat.BULLET, 1),
        ...[...starts].map((start) => listOf(`numbers-${start}`, LevelFormat.DECIMAL, start)),
      ],
    }),
  };
}

const codeFont = "Courier New";

function styleOf({ depth, list, quoted }: Place) {
  const level = Math.min(depth, levels.length - 1);
  return {
    spacing: { after: 120 },
    ...(list && { numbering: { ...list, level } }),
    ...(quoted && { indent: { left: level * step } }),
  };
}

function listOf(reference: string, format: (typeof LevelFormat)[keyof typeof LevelFormat], start: number) {
  return {
    reference,
    levels: levels.map((level) => ({
      level,
      format,
      start: level === 0 ? start : 1,
      text: format === LevelFormat.BULLET ? "•" : `%${level + 1}.`,
      alignment: AlignmentType.LEFT,
      style: { paragraph: { indent: { left: (level + 1) * step, hanging: step } } },
    })),
  };
}

function runOf({ text, strong, emphasis, code, href }: Run): ParagraphChild {
  if (text === "\n") return new TextRun({ break: 1 });
  const run = new TextRun({
    text,
    ...(strong && { bold: true }),
    ...(emphasis && { italics: true }),
    ...(code && { font: codeFont }),
    ...(href && { underline: {}, color: "1F4E9E" }),
  });
  return href ? new ExternalHyperlink({ link: href, children: [run] }) : run;
}
