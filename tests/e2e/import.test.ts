import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser, eventually, scriptsRun } from "#tests/support/window.ts";

/** Bringing records in from a file, looking first at what would change, and taking them back. */

const base = "/viet-nam-laos/import";
const app = appInBrowser();
const close = (page: Page) => page.context().close();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
}

async function upload(page: Page, name: string, content: string | Uint8Array) {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });
  await press(page, "Read the file");
}

const file = `Reference;Title (en);Statement (en);Form;Kind;Strength;Sector;Lead;Status;Deadline;Deadline (EDTF);Remarks
VL-001;;;;;;;;Limited;by 2029;2029;ours
;A bridge that a file brought;They build it;Pledge;Project;Obligation;Health;Laos;;by 2030;2030;
`;

describe("a manager", () => {
  test("sees what is wrong with a file, row by row, and nothing is brought in", async () => {
    const page = await app.open(base);
    await upload(page, "scan.csv", Uint8Array.from([0x41, 0x2c, 0xe1, 0x0a, 0x42]));
    await page.getByText("The letters of this file can’t be read.").waitFor();
    await upload(page, "wrong.csv", `${file}VL-002;;;;;;;Atlantis;Withdrawn;;2026-13;\n`);
    await press(page, "Show what would change");
    await page.getByText("Lead: There is no party of this name.").waitFor();
    await page.getByText("Deadline (EDTF): There is no such day in the calendar. (2026-13)").waitFor();
    await page.getByText("2 rows have errors.").or(page.getByText("One row has an error.")).waitFor();
    expect(await page.getByRole("button", { name: /^Import / }).count()).toBe(0);
    await accessible(page);
    await close(page);
  });

  test("maps the columns, looks at the changes, brings them in and takes them back", async () => {
    const page = await app.open(base);
    await upload(page, "thoả thuận.csv", file);
    await page.getByRole("heading", { level: 1, name: "thoả thuận.csv" }).waitFor();
    await scriptsRun(page);
    expect(await page.getByLabel("Column L, Remarks, is").inputValue()).toBe("");
    expect(await page.getByLabel("Column I, Status, is").inputValue()).toBe("completion");
    await accessible(page);
    await page.getByLabel("Reason for changed deadlines").fill("Agreed at the session");
    await press(page, "Show what would change");
    await page.getByText("Nothing has been written yet").waitFor();
    await page.getByText("A bridge that a file brought").first().waitFor();
    await accessible(page);
    const before = await app.sql("SELECT completion, deadline_edtf, title FROM commitment WHERE reference = 'VL-001'");
    await press(page, "Import 2 records");
    await page.getByRole("button", { name: "Undo the import" }).waitFor();
    expect(await app.historyOf("VL-001")).toEqual(["reviseDeadline", "reportProgress"]);
    await accessible(page);

    await press(page, "Undo the import");
    await page.getByRole("dialog").getByRole("button", { name: "Undo the import" }).click();
    await page.getByText("Undone on").waitFor();
    expect(await app.sql("SELECT completion, deadline_edtf, title FROM commitment WHERE reference = 'VL-001'")).toEqual(
      before,
    );
    expect(await app.sql("SELECT FROM commitment WHERE title->>'en' = 'A bridge that a file brought'")).toEqual([]);
    await close(page);
  });

  test("throws a file away, and gets the template", async () => {
    const page = await app.open(base);
    await upload(page, "away.csv", file);
    await press(page, "Throw this file away");
    await page.getByRole("dialog").getByRole("button", { name: "Throw this file away" }).click();
    await page.getByRole("heading", { level: 1, name: "Import" }).waitFor();
    await eventually(() => page.getByText("away.csv").count()).toBe(0);
    const workbook = await page.context().request.get(app.url(`${base}/template?as=xlsx`));
    expect((await workbook.body()).subarray(0, 2).toString()).toBe("PK");
    await close(page);
  });
});

test("nobody else brings anything in", async () => {
  for (const role of ["viewer", "editor"] as const) {
    const page = await app.open("/viet-nam-laos/register", role);
    expect(await page.getByRole("link", { name: "Import", exact: true }).count()).toBe(0);
    const response = await page.context().request.post(app.url(`${base}/upload?name=x.csv`), {
      data: file,
      headers: { origin: new URL(app.url("/")).origin },
    });
    expect(response.status()).toBe(403);
    await page.goto(app.url(base));
    expect(await page.locator("input[type=file]").count()).toBe(0);
    await close(page);
  }
});
