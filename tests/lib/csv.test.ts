import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeCell, restoreCell } from "#lib/csv.ts";

const starts = [..."=+-@＝＋－＠﹦﹢﹣﹫−\t\r\n"];
const strippable = ["", " ", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u0000", '"', "'", '"\t ', "''"];

/** Texts of which many look like formulas, like escaped ones, or nearly. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: fc.constantFrom(...starts, ...strippable, "a", "1", "(", ","), maxLength: 8 }),
);

describe("escapeCell", () => {
  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://127.0.0.1/?"&A1,"x")',
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tx",
    "\rx",
    " =1+1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u0000=1",
    '"=1+1"',
    "'=1+1",
    "''=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "- đường dây 500 kV",
  ])("puts an apostrophe before %j", (text) => {
    expect(escapeCell(text)).toBe(`'${text}`);
    expect(restoreCell(escapeCell(text))).toBe(text);
  });

  test.each([
    "",
    "Agreement",
    "2021–2025",
    "– a dash",
    "2026-12-31",
    "a=b",
    "1+1",
    "a@b.la",
    "Bệnh viện",
    "ໂຮງໝໍ",
    "'tis",
    "'",
    " x",
    "line\n=second",
  ])("leaves %j as it is", (text) => {
    expect(escapeCell(text)).toBe(text);
    expect(restoreCell(text)).toBe(text);
  });

  test("a number stays a number, the text of one does not become one", () => {
    expect(escapeCell(-5)).toBe("-5");
    expect(escapeCell(-5n)).toBe("-5");
    expect(escapeCell("-5")).toBe("'-5");
    expect(escapeCell(true)).toBe("true");
    expect(escapeCell(null)).toBe("");
    expect(escapeCell(undefined)).toBe("");
  });

  test("no cell begins a formula, whatever is stripped before it is looked at", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = escapeCell(text);
        // Written without regular expressions: what the first character is once everything strippable is gone.
        const visible = [...cell].filter((char) => char.trim() !== "" && !'"\u200b\u0000'.includes(char));
        expect(starts.includes(visible[0] ?? "")).toBe(false);
        expect(["\t", "\r", "\n"].includes(cell[0] ?? "")).toBe(false);
      }),
      { numRuns: 2000 },
    );
    for (const before of strippable) {
      for (const start of starts) expect(escapeCell(`${before}${start}1`).startsWith("'")).toBe(true);
    }
  });

  test("restoring gives the text back, exactly", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(restoreCell(escapeCell(text))).toBe(text);
      }),
      { numRuns: 5000 },
    );
  });

  test("escaping twice is undone by restoring twice", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(restoreCell(restoreCell(escapeCell(escapeCell(text))))).toBe(text);
      }),
    );
  });

  test("takes no time on long texts", () => {
    const started = performance.now();
    for (const text of [" '".repeat(500_000), `${" ".repeat(1_000_000)}x`, "=".repeat(1_000_000)]) {
      expect(restoreCell(escapeCell(text))).toBe(text);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

/** Reads RFC 4180: quoted fields with doubled quotes, rows that end in CRLF or LF. */
function readCsv(file: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < file.length) {
    const [, quoted, plain, end] = field.exec(file) ?? [];
    rows.at(-1)?.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end !== "," && field.lastIndex < file.length) rows.push([]);
  }
  return rows;
}

test("rows come back from a file as they were", () => {
  const anyRows = fc.array(fc.tuple(anyText, anyText, anyText), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(anyRows, (rows) => {
      const file = stringify(
        rows.map((row) => row.map(escapeCell)),
        { quoted_string: true },
      );
      expect(readCsv(file).map((row) => row.map(restoreCell))).toEqual(rows);
    }),
    { numRuns: 500 },
  );
});
