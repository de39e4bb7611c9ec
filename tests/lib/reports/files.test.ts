import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { reportHtml } from "#components/reports/report-body.ts";
import { systemActor } from "#lib/actor.ts";
import { reportProgress } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";
import { type Built, buildReport } from "#lib/reports/build.ts";
import type { Cell, ReportDocument } from "#lib/reports/document.ts";
import { toExcel } from "#lib/reports/excel.ts";
import { toFile } from "#lib/reports/files.ts";
import { reportFormats } from "#lib/reports/formats.ts";
import { toCsv } from "#lib/reports/plain.ts";
import { toPdf } from "#lib/reports/print/pdf.ts";
import { type ReportRequest, requestSchema, templates } from "#lib/reports/request.ts";
import { toWord } from "#lib/reports/word.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase({ catalogue: true });

const actor = systemActor("test");
const portfolioId = "viet-nam-laos";
/** After everything that the tests do. */
const now = new Date("2030-01-01T05:00:00Z");
const day = "2026-11-21";
const build = async (locale: Locale, over: Partial<ReportRequest> = {}): Promise<Built["document"]> => {
  const request = requestSchema.parse({ template: "status", locale, day, ...over });
  return (await buildReport(actor, request, { portfolioId, now })).document;
};
const origin = "https://kept.example";
const at = new Date("2026-11-21T00:00:00Z");

/** Texts that mean something to one format or another. */
const hostile = [
  '=HYPERLINK("https://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  "@SUM(1)",
  "<script>alert(1)</script><b>&amp;",
  '#panic("no") $x^2$ *bold* _it_ `raw` @ref <label> \\ ] } #{',
  "{{ x }} $x %s [x](javascript:alert(1))",
  "]]> <w:p/> </w:t>",
  "x".repeat(300),
];

let report: ReportDocument;
const cellsOf = ({ sections }: ReportDocument): Cell[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "table" ? block.rows.flat() : [])));

beforeAll(async () => {
  for (const text of hostile) {
    await createCommitment(
      actor,
      {
        portfolioId,
        form: "pledge",
        kind: "deliverable",
        strength: "pledge",
        sectorId: "health",
        title: { en: text, vi: "", lo: "" },
        statement: { en: text, vi: "", lo: "" },
        deadline: { phrase: null, edtf: "2026-01", anchorId: null },
      },
      { now: at },
    );
  }
  report = await build("en");
});

test.each(templates)("every number of %s leads to the register with exactly so many records", async (template) => {
  const document = await build("en", { template, record: "VL-048" });
  const numbers = [
    ...cellsOf(document).filter(({ href, value }) => href?.includes("numbers=") && typeof value === "number"),
    ...document.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "figures" ? block.figures : [])),
    ),
  ];
  expect(numbers.length).toBeGreaterThan({ status: 30, indicators: -1, brief: -1 }[template as string] ?? 3);
  for (const { href = "", value } of numbers) {
    const { listing, refused } = parseListing(new URL(href, origin).searchParams);
    expect(refused).toEqual([]);
    const page = await listCommitments(actor, portfolioId, listing, { locale: "en", today: day });
    expect(page.total, href).toBe(value);
  }
});

test.each(templates)("%s is a file of every format in every language", async (template) => {
  for (const locale of locales) {
    const document = await build(locale, { template, record: "VL-048" });
    for (const format of reportFormats) {
      const { bytes } = await toFile(document, format, { origin, at });
      expect(bytes.length).toBeGreaterThan(500);
    }
  }
});

test("every record in a table has its sources as notes, and each note is there", async () => {
  const cited = cellsOf(report).filter(({ notes }) => notes?.length);
  expect(cited.length).toBeGreaterThan(50);
  for (const { notes = [] } of cited)
    for (const note of notes) expect(report.notes[note - 1]?.href).toMatch(/\/sources\/.+#p\d+$/);
});

test("what nobody reported on is said as such", async () => {
  const [row] = await everything<{ count: number }[]>`
    SELECT count(*)::int AS count FROM commitment WHERE portfolio_id = ${portfolioId} AND completion = 'not_reported'`;
  const figures = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "figures" ? block.figures : [])),
  );
  expect(figures.find(({ label }) => label === "Not reported on")?.value).toBe(row?.count);
});

describe("hostile texts are texts", () => {
  test("on the page", () => {
    const html = reportHtml(report);
    expect(html).not.toContain("<script>");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;amp;");
  });

  test("as PDF, tagged, in the same bytes each time", async () => {
    const [one, two] = [await toPdf(report, { origin, at }), await toPdf(report, { origin, at })];
    expect(one.equals(two)).toBe(true);
    expect(one.subarray(0, 5).toString()).toBe("%PDF-");
    expect(one.includes("/StructTreeRoot")).toBe(true);
    expect(one.includes("pdfuaid")).toBe(true);
  });

  test("as Word: inside of text elements only", async () => {
    const files = unzipSync(await toWord(report, { origin }));
    const body = strFromU8(files["word/document.xml"] ?? new Uint8Array());
    expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(body).toContain("]]&gt; &lt;w:p/&gt;");
    expect(body).toContain("w:footnoteReference");
    expect(strFromU8(files["word/footnotes.xml"] ?? new Uint8Array())).toContain("paragraph");
  });

  test("as Excel: no cell is a formula, days and numbers are such, tables have filters", async () => {
    const files = unzipSync(await toExcel(report, { origin }));
    const sheets = Object.keys(files).filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name));
    const all = sheets.map((name) => strFromU8(files[name] ?? new Uint8Array()));
    expect(all.join("")).not.toMatch(/<f[ >]/);
    expect(all.filter((xml) => xml.includes("<autoFilter")).length).toBe(sheets.length - 2);
    expect(strFromU8(files["xl/sharedStrings.xml"] ?? new Uint8Array())).toContain("=HYPERLINK(");
  });

  test("as CSV: what begins a formula is marked", () => {
    for (const line of toCsv(report).split("\r\n")) expect(line).not.toMatch(/(^|,)"?[=+@]/);
  });
});

test("the same in every language", async () => {
  for (const locale of locales) {
    const other = await build(locale);
    expect(other.sections.map(({ id }) => id)).toEqual(report.sections.map(({ id }) => id));
    expect(cellsOf(other).map(({ value, href }) => [value, href])).toEqual(
      cellsOf(report).map(({ value, href }) => [value, href]),
    );
    expect((await toPdf(other, { origin, at })).length).toBeGreaterThan(10_000);
  }
});

test("a report as of an earlier day is the same after later edits", async () => {
  const then = { day: "2026-06-30", known: "2026-11-20" };
  const before = await build("en", then);
  const records = await everything<{ id: string; version: number }[]>`
    SELECT id, version FROM commitment WHERE portfolio_id = ${portfolioId} AND completion = 'not_reported' LIMIT 30`;
  for (const { id, version } of records) {
    await reportProgress(actor, {
      id,
      version,
      completion: "limited",
      evidence: "reported",
      confidence: null,
      text: "later",
      evidenceUrl: "",
    });
  }
  expect(await build("en", then)).toEqual(before);
});
