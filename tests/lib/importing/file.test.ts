import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { readFile } from "#lib/importing/file.ts";

/** Files as people have them, and as nobody should send them. */

const text = (content: string) => new TextEncoder().encode(content);
const key = (reason: string) => ({ key: `importing.errors.${reason}` });
const headings = ["Reference", "Title (vi)"];

describe("CSV", () => {
  const rows = [["VL-001", 'Có dấu "nháy", phẩy\nvà hai dòng']];
  const csv = 'Reference,Title (vi)\r\nVL-001,"Có dấu ""nháy"", phẩy\nvà hai dòng"\r\n';

  test.each([
    ["plain", text(csv)],
    ["with a mark", text(`\ufeff${csv}`)],
    ["UTF-16, little", Buffer.from(`\ufeff${csv}`, "utf16le")],
    ["UTF-16, big", Buffer.from(`\ufeff${csv}`, "utf16le").swap16()],
    ["old line ends", text(csv.replaceAll("\r\n", "\r"))],
    ["semicolons", text('Reference;"Title (vi)"\nVL-001;"Có dấu ""nháy"", phẩy\nvà hai dòng"\n')],
    ["tabs", text('Reference\t"Title (vi)"\nVL-001\t"Có dấu ""nháy"", phẩy\nvà hai dòng"\n')],
    ["as Excel names its sign", text(`sep=;\n${'Reference;Title (vi)\nVL-001;"Có dấu ""nháy"", phẩy\nvà hai dòng"'}`)],
    ["empty rows and cells at the end", text(`${csv},,,\n\n,,\n`)],
  ])("%s", async (_name, bytes) => {
    expect(await readFile(bytes)).toEqual({ headings, rows });
  });

  test.each([
    ["nothing", "empty", text("")],
    ["headings alone", "empty", text("Reference,Title\n\n")],
    ["an old encoding", "encoding", Uint8Array.from([0x41, 0x2c, 0xe1, 0x0a, 0x42, 0x2c, 0xe0])],
    ["UTF-16 without a mark", "notTable", Buffer.from("Reference,Title\nVL-001,x\n", "utf16le")],
    ["NUL", "notTable", text("Reference\nVL-\x001\n")],
    ["a PDF", "encoding", Uint8Array.from([...text("%PDF-1.7\n"), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a, 0x00])],
    ["Excel of 1997, or with a password", "oldExcel", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ["a quotation mark without its other", "csv", text('Reference,Title\nVL-001,"open\nVL-002,x\n')],
    ["a cell of a megabyte", "cellTooLong", text(`Reference,Title\nVL-001,${"x".repeat(1024 * 1024)}\n`)],
    ["20,001 rows", "tooManyRows", text(`Reference\n${"x\n".repeat(20_001)}`)],
    ["101 columns", "tooManyColumns", text(`${"x,".repeat(101)}x\n1\n`)],
    ["eleven megabytes", "tooLarge", new Uint8Array(11 * 1024 * 1024)],
  ])("refuses %s", async (_name, reason, bytes) => {
    await expect(readFile(bytes)).rejects.toMatchObject(key(reason));
  });

  test("keeps headings that are there twice, or not at all", async () => {
    expect((await readFile(text("Title,,Title\na,b,c\n"))).headings).toEqual(["Title", "", "Title"]);
  });
});

describe("workbooks", () => {
  const sheet = (rows: string, extra: Record<string, Uint8Array> = {}) =>
    workbook(`<sheetData>${rows}</sheetData>`, extra);

  test("days, numbers, formulas, merged cells and truths are what they show", async () => {
    const bytes = await writeXlsxFile([
      ["Reference", "Day", "Amount", "Text", "Yes"].map((value) => ({ value })),
      [
        { value: "VL-001" },
        { value: new Date("2026-12-31T00:00:00Z"), format: "yyyy-mm-dd" },
        { value: 1500000.5 },
        { value: "=1+1", type: String },
        { value: true },
      ],
    ] as never).toBuffer();
    expect((await readFile(bytes)).rows).toEqual([["VL-001", "2026-12-31", "1500000.5", "=1+1", "true"]]);
    const file = sheet(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>Sum</t></is></c><c r="B1" t="inlineStr"><is><t>Merged</t></is></c></row>' +
        '<row r="2"><c r="A2"><f>SUM(1,2)</f><v>3</v></c><c r="B2" t="inlineStr"><is><t>both</t></is></c></row>',
    );
    expect(await readFile(file)).toEqual({ headings: ["Sum", "Merged"], rows: [["3", "both"]] });
  });

  test("a quote in the middle of a field is told by its line", async () => {
    await expect(readFile(Buffer.from('{"a":1}\n'))).rejects.toMatchObject(key("csv"));
  });

  test.each([
    ["no workbook at all", "notWorkbook", () => zipSync({ "readme.txt": strToU8("x") })],
    ["half of one", "notWorkbook", () => sheet('<row r="1"/>').slice(0, 300)],
    ["a cell a million rows down", "tooManyRows", () => sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')],
    ["a cell in column XFD", "tooManyColumns", () => sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')],
    ["a row number in disguise", "notWorkbook", () => sheet('<row r="&#57;99999"><c r="A1"><v>1</v></c></row>')],
    [
      "entities",
      "notWorkbook",
      () => sheet('<row r="1"/>', { "xl/x.xml": strToU8('<!DOCTYPE x [<!ENTITY a "b">]><x/>') }),
    ],
    ["a bomb of zeros", "bomb", () => sheet('<row r="1"/>', { "xl/media/x.xml": new Uint8Array(60 * 1024 * 1024) })],
    [
      "ten thousand entries",
      "bomb",
      () => zipSync(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`${n}`, new Uint8Array(0)]))),
    ],
    [
      "a bomb that says it is small",
      "bomb",
      () => lying(sheet('<row r="1"/>', { "xl/media/x.xml": new Uint8Array(60 * 1024 * 1024) })),
    ],
    ["one long text that all cells name", "tooMuchText", () => naming("x".repeat(19_999), 200, 100)],
    ["the same of spaces", "tooMuchText", () => naming(" ".repeat(19_999), 200, 100)],
  ])("refuses %s", async (_name, reason, bytes) => {
    await expect(readFile(bytes())).rejects.toMatchObject(key(reason));
  });

  test("20,000 rows of usual texts are read, also where cells share them", async () => {
    const { rows } = await readFile(naming("Vietnam will build the road to Vung Ang port by 2026.", 20_001, 15));
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)).toHaveLength(15);
  });

  /** One text, so many times: a workbook keeps it once. */
  function naming(shared: string, rows: number, columns: number): Uint8Array {
    const letters = Array.from({ length: columns }, (_, at) => column(at));
    const numbered = Array.from({ length: rows }, (_, at) => {
      const cells = letters.map((letter) => `<c r="${letter}${at + 1}" t="s"><v>0</v></c>`);
      return `<row r="${at + 1}">${cells.join("")}</row>`;
    });
    const folder = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const relations = ["worksheet", "sharedStrings"].map(
      (part, at) =>
        `<Relationship Id="rId${at + 1}" Type="${folder}/${part}" Target="${["worksheets/sheet1", part][at]}.xml"/>`,
    );
    return sheet(numbered.join(""), {
      "xl/_rels/workbook.xml.rels": strToU8(`<Relationships>${relations.join("")}</Relationships>`),
      "xl/sharedStrings.xml": strToU8(`<sst><si><t xml:space="preserve">${shared}</t></si></sst>`),
    });
  }
});

/** "A" to "Z", then "AA". */
const column = (at: number): string =>
  (at < 26 ? "" : column(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));

/** A workbook of one sheet, by hand. */
function workbook(content: string, extra: Record<string, Uint8Array>): Uint8Array {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return zipSync({
    "[Content_Types].xml": strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    "xl/workbook.xml": strToU8(
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `<Relationships><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    "xl/worksheets/sheet1.xml": strToU8(`<worksheet xmlns="${main}">${content}</worksheet>`),
    ...extra,
  });
}

/** The same archive, whose headers say of every large entry that it has ten bytes. */
function lying(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 46 < bytes.length; at++) {
    const signature = view.getUint32(at, true);
    const size = signature === 0x04034b50 ? at + 22 : signature === 0x02014b50 ? at + 24 : -1;
    if (size > 0 && view.getUint32(size, true) > 1024 * 1024) view.setUint32(size, 10, true);
  }
  return bytes;
}
