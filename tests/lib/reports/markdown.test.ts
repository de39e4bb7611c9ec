import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { reportHtml } from "#components/reports/report-body.ts";
import type { ReportDocument } from "#lib/reports/document.ts";
import { toExcel } from "#lib/reports/excel.ts";
import { type Prose, plainProse, type Run, readMarkdown } from "#lib/reports/markdown.ts";
import { toCsv } from "#lib/reports/plain.ts";
import { toPdf } from "#lib/reports/print/pdf.ts";
import { toWord } from "#lib/reports/word.ts";

const origin = "https://kept.example";
const at = new Date("2026-11-21T00:00:00Z");

const reportOf = (markdown: string): ReportDocument => ({
  locale: "en",
  title: "A report",
  facts: [{ term: "Register", text: "Ours" }],
  sections: [{ id: "summary", title: "Summary", blocks: [{ kind: "remark", markdown }] }],
  notes: [],
  words: { contents: "Contents", notes: "Sources", page: "Page", nothing: "-", chartData: "Data" },
});

function runsIn(blocks: readonly Prose[]): Run[] {
  return blocks.flatMap((block) => {
    if (block.kind === "list") return runsIn(block.items.flat());
    if (block.kind === "quote") return runsIn(block.blocks);
    if (block.kind === "code") return [{ text: block.text }];
    return block.kind === "rule" ? [] : [...block.runs];
  });
}

describe("what authors write", () => {
  test("has headings, lists, quotations, marks and links", () => {
    const markdown =
      "## Now\n\nA **bold *word*** and `code`, [a link](https://a.example/x).\nNext line\n\n- one\n  1. in it\n\n7. seven\n\n> said\n\n---";
    expect(readMarkdown(markdown)).toEqual([
      { kind: "heading", runs: [{ text: "Now" }] },
      {
        kind: "paragraph",
        runs: [
          { text: "A " },
          { text: "bold ", strong: true },
          { text: "word", strong: true, emphasis: true },
          { text: " and " },
          { text: "code", code: true },
          { text: ", " },
          { text: "a link", href: "https://a.example/x" },
          { text: "." },
          { text: "\n" },
          { text: "Next line" },
        ],
      },
      {
        kind: "list",
        ordered: false,
        start: 1,
        items: [
          [
            { kind: "paragraph", runs: [{ text: "one" }] },
            { kind: "list", ordered: true, start: 1, items: [[{ kind: "paragraph", runs: [{ text: "in it" }] }]] },
          ],
        ],
      },
      { kind: "list", ordered: true, start: 7, items: [[{ kind: "paragraph", runs: [{ text: "seven" }] }]] },
      { kind: "quote", blocks: [{ kind: "paragraph", runs: [{ text: "said" }] }] },
      { kind: "rule" },
    ]);
  });

  test("in cells it is lines, and no line begins a formula by its own mark", () => {
    expect(plainProse(readMarkdown("Hi [x](https://a.example) <https://b.example>\n\n- one\n- two\n\n3. three"))).toBe(
      "Hi x (https://a.example/) https://b.example\n\n• one\n• two\n\n3. three",
    );
  });

  test("raw HTML and images are text; other addresses than of the web and of mail are none", () => {
    const markdown =
      '<script>alert(1)</script>\n\n<b onclick="x">b</b> ![alt](https://a.example/x.png) [j](javascript:alert(1)) [d](data:text/html,x) [f](file:///etc) [r](/register) [u](https://me:secret@a.example) [m](mailto:a@b.example) [ref][1]\n\n[1]: javascript:alert(2)';
    const runs = runsIn(readMarkdown(markdown));
    expect(runs.filter(({ href }) => href).map(({ href }) => href)).toEqual(["mailto:a@b.example"]);
    expect(runs.map(({ text }) => text).join("")).toContain("<script>alert(1)</script>");
    expect(runs.map(({ text }) => text).join("")).toContain("alt j d f r u m ref");
  });

  test("what is written as a number of a character brings none that fields refuse", () => {
    const runs = runsIn(readMarkdown("a&#x202e;b&#0;c&#x1b;d&#xd800;e"));
    expect(runs.map(({ text }) => text).join("")).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u);
  });

  test("however deep or odd, it is read", () => {
    const odd = ["> ".repeat(4000), ">".repeat(8000), "- ".repeat(4000), "> - 1. ".repeat(1100), "*_".repeat(4000)];
    for (const markdown of [...odd, "[".repeat(8000), "![](".repeat(2000), "<".repeat(8000)])
      expect(runsIn(readMarkdown(markdown)).length).toBeGreaterThanOrEqual(0);
    expect(plainProse(readMarkdown(`${">".repeat(39)} deep`))).toBe("deep");
  }, 120_000);
});

/** Pieces that mean something to Markdown or to one of the formats, in any order. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      "# ",
      "- ",
      "1. ",
      "> ",
      "\n",
      "\n\n",
      "**",
      "_",
      "`",
      "```\n",
      "---\n",
      "    ",
      "](",
      "[",
      "![",
      "](javascript:alert(1))",
    ],
    ...[
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "</w:t></w:r>",
      "]]>",
      "<!--",
      "&lt;script&gt;",
      "&#60;",
    ],
    ...['#panic("x")', "$x^2$", "@ref", "<label>", "\\", "#{", "=SUM(A1)", "+1", "@A1", "\u202e", "\u0000", "\t"],
    ...["](https://a.example/?q=<script>)", '](https://a.example/"onmouseover="x)', "](mailto:a@b.example)"],
    ...["ສະບາຍດີ", "Việt Nam", "العربية", "e\u0301", "😀"],
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const hostile = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

describe("hostile Markdown is text", () => {
  test("on the page: only our own tags, and addresses of the web and of mail", () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        const html = reportHtml(reportOf(markdown));
        const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
        for (const tag of tags) {
          expect(tag).toMatch(
            /^<\/?(nav|ol|ul|li|section|h[23]|div|p|blockquote|pre|hr|br|code|em|strong|a)( (class=\w+|tabindex=0|(class|id|href|rel|start|aria-label|aria-labelledby)='[^'<>"]*'))*>$/,
          );
        }
        for (const tag of tags.filter((each) => each.startsWith("<a ")))
          expect(tag).toMatch(/^<a href='(#summary|https?:\/\/[^']+|mailto:[^']*)'( rel='noopener noreferrer')?>$/);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  test("as PDF, it is set", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const pdf = await toPdf(reportOf(markdown), { origin, at });
        expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
        expect(pdf.includes("/JavaScript")).toBe(false);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test("as Word, Excel and CSV, it brings no element, formula or address of its own", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (markdown) => {
        const word = unzipSync(await toWord(reportOf(markdown), { origin }));
        const body = strFromU8(word["word/document.xml"] ?? new Uint8Array());
        expect(body).not.toMatch(/<(script|img|b)\b/i);
        const addresses = strFromU8(word["word/_rels/document.xml.rels"] ?? new Uint8Array());
        for (const [, target] of addresses.matchAll(/Target="([^"]*)" TargetMode="External"/g))
          expect(target).toMatch(/^(https?|mailto):/);
        const excel = unzipSync(await toExcel(reportOf(markdown), { origin }));
        for (const [name, bytes] of Object.entries(excel))
          if (name.startsWith("xl/worksheets/")) expect(strFromU8(bytes)).not.toMatch(/<f[ >]/);
        for (const cell of toCsv(reportOf(markdown)).matchAll(/(?:^|\r\n)"((?:[^"]|"")*)"/g))
          expect(cell[1]).not.toMatch(/^[=+\-@]/);
      }),
      { numRuns: 100 },
    );
  }, 120_000);
});
