import { createHash } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser, eventually } from "#tests/support/window.ts";

/** A report from its first draft to the issued one: in the browser. */

const portfolio = "/viet-nam-laos";
const app = appInBrowser();

const close = (page: Page) => page.context().close();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const state = (page: Page, name: string) =>
  page.getByRole("article").getByText(name, { exact: true }).first().waitFor();

/** Nothing is wider than a telephone, and nothing keeps anybody out. */
async function accessible(page: Page) {
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1440, height: 900 });
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
}

/** Writes a report up as the editor, and gives its address and id. */
async function begin(page: Page, title: string): Promise<{ path: string; id: string }> {
  await press(page, "Write this up");
  await page.getByLabel("Title").fill(title);
  await press(page, "Begin");
  await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/);
  const path = new URL(page.url()).pathname;
  return { path, id: path.split("/").at(-1) ?? "" };
}

const view = `${portfolio}/reports/view?template=status&lang=en`;

describe("a report", () => {
  let issued: string;

  test("is written by one, commented on by another, sent back, approved and issued", async () => {
    const author = await app.open(view, "editor");
    const { path, id } = await begin(author, "Where we stand");
    await state(author, "Draft");
    await press(author, "Add key messages");
    await author.getByRole("textbox", { name: "Key messages" }).fill("**Much** is <b>done</b>.\n\n- one");
    await press(author, "Preview");
    await author.locator(".remark strong", { hasText: "Much" }).waitFor();
    await accessible(author);
    await press(author, "Save");
    await author.locator(".remark li", { hasText: "one" }).waitFor();
    expect(await author.locator(".remark b").count()).toBe(0);
    const overdue = author.locator("#overdue");
    await overdue.getByRole("button", { name: "Add a remark" }).click();
    await overdue.getByLabel("Remarks on “Overdue, and why”").fill("Said in [the minutes](https://example.org/).");
    await overdue.getByRole("button", { name: "Save" }).click();
    await overdue.getByRole("link", { name: "the minutes" }).waitFor();
    await press(author, "Submit for approval");
    await state(author, "In review");

    const manager = await app.open(path);
    await manager
      .locator("#overdue")
      .getByRole("button", { name: /^Comment/ })
      .click();
    await manager.getByLabel(/^Your comment/).fill("Which minutes?");
    await press(manager, "Send");
    await manager.getByText("Which minutes?").waitFor();
    await accessible(manager);
    await press(manager, "Send back");
    await manager.getByLabel(/^What is missing/).fill("Name the minutes.");
    await manager.getByRole("dialog").getByRole("button", { name: "Send back" }).click();
    await state(manager, "Draft");

    await author.reload();
    await author.getByText("Name the minutes.").waitFor();
    await overdue.getByRole("button", { name: /^Dealt with/ }).click();
    await overdue.getByText("1 comment dealt with").waitFor();
    await press(author, "Submit for approval");
    await state(author, "In review");
    expect(await author.getByRole("button", { name: /^(Approve|Issue)$/ }).count()).toBe(0);

    await manager.reload();
    await press(manager, "Approve");
    await state(manager, "Approved");
    await author.reload();
    await press(author, "Issue");
    await author.getByText("1 comment is not dealt with.").waitFor();
    await author.getByRole("dialog").getByRole("button", { name: "Issue" }).click();
    await state(author, "Issued");
    await author.getByText("It covers the document, its records and every file.", { exact: false }).waitFor();
    await accessible(author);
    issued = path;
    expect(await app.historyOf(id)).toEqual(
      ["write", "edit", "edit", "submit", "comment", "sendBack", "resolve", "submit", "approve", "issue"].map(
        (verb) => `report.${verb}`,
      ),
    );
    await close(manager);
    await close(author);
  }, 240_000);

  test("once issued, is the same bytes for everybody, with their hash", async () => {
    const page = await app.open(issued, "viewer");
    await state(page, "Issued");
    expect(await page.getByRole("button", { name: /Edit|Comment|Issue|new one/ }).count()).toBe(0);
    for (const as of ["pdf", "word", "excel", "csv", "json"]) {
      const address = app.url(`${issued}/download?as=${as}`);
      const [first, second] = [await page.request.get(address), await page.request.get(address)];
      const bytes = await first.body();
      expect(bytes.equals(await second.body())).toBe(true);
      const hash = createHash("sha256").update(bytes).digest();
      expect(first.headers()["content-digest"]).toBe(`sha-256=:${hash.toString("base64")}:`);
      const etag = first.headers().etag ?? "";
      expect(etag).toBe(`"${hash.toString("hex")}"`);
      expect((await page.request.get(address, { headers: { "if-none-match": etag } })).status()).toBe(304);
      expect(await page.getByText(hash.toString("hex")).count()).toBe(1);
    }
    await close(page);
  });

  test("that is a draft is nobody's who does not write", async () => {
    const author = await app.open(view, "editor");
    const { path } = await begin(author, "Not yet");
    const viewer = await app.open(`${portfolio}/reports`, "viewer");
    expect(await viewer.getByText("Not yet").count()).toBe(0);
    for (const address of [path, `${path}/download?as=csv`])
      expect((await viewer.request.get(app.url(address))).status()).toBe(404);
    expect(await (await author.request.get(app.url(`${path}/download?as=csv`))).text()).toContain("Draft, not issued");
    await close(viewer);
    await close(author);
  });
});

test("of two who write the same text, the second sees both; other texts go together", async () => {
  const first = await app.open(view, "manager");
  const { path, id } = await begin(first, "Two hands");
  const second = await app.open(path, "admin");
  for (const page of [first, second]) await press(page, "Add key messages");
  await second.locator("#silent").getByRole("button", { name: "Add a remark" }).click();
  await first.getByRole("textbox", { name: "Key messages" }).fill("The first");
  await press(first, "Save");
  await first.locator(".remark", { hasText: "The first" }).waitFor();

  await second
    .locator("#silent")
    .getByLabel(/^Remarks on/)
    .fill("Quiet");
  await second.locator("#silent").getByRole("button", { name: "Save" }).click();
  await second.locator("#silent .remark", { hasText: "Quiet" }).waitFor();
  await second.getByRole("textbox", { name: "Key messages" }).fill("The second");
  await press(second, "Save");
  await second.getByText("The first").first().waitFor();
  await second.getByLabel("Mine").check();
  await press(second, "Save my choice");
  await second.locator(".remark", { hasText: "The second" }).waitFor();
  await eventually(() => app.sql("SELECT summary, remarks FROM report WHERE id = $1", [id])).toEqual([
    { summary: "The second", remarks: { silent: "Quiet" } },
  ]);
  await close(second);
  await close(first);
}, 120_000);

test("an issued report is compared with how things stand now, and a new one is written from it", async () => {
  const page = await app.open(view);
  const { path } = await begin(page, "In autumn");
  await press(page, "Issue");
  await page.getByRole("dialog").getByRole("button", { name: "Issue" }).click();
  await state(page, "Issued");
  await app.changeElsewhere("reviseDeadline", "VL-001", {
    ...{ phrase: "by 2041", edtf: "2041", anchorId: null, reason: "Agreed so" },
  });
  await page.getByRole("link", { name: /^Compare with/ }).click();
  const changed = page.getByRole("listitem").filter({ hasText: "VL-001" });
  await changed.getByText("2041").first().waitFor();
  await page.getByRole("table", { name: "" }).first().waitFor();
  await accessible(page);
  await page.goto(app.url(path));
  await press(page, "Write a new one from it");
  await page.waitForURL((url) => url.pathname !== path);
  await state(page, "Draft");
  await page.goto(app.url(`${portfolio}/reports`));
  await page.getByRole("heading", { name: "Being written" }).waitFor();
  expect(await page.getByRole("link", { name: "In autumn" }).count()).toBe(2);
  await accessible(page);
  await close(page);
}, 120_000);
