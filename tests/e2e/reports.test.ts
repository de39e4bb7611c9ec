import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { templates } from "#lib/reports/request.ts";
import { appInBrowser } from "#tests/support/window.ts";

/** Asking for a report, and keeping what was asked for: in the browser. */

const portfolio = "/viet-nam-laos";
const view = `${portfolio}/reports/view`;
const app = appInBrowser();

const close = (page: Page) => page.context().close();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const titles = (page: Page) => page.locator(".report section > h2").allInnerTexts();

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
}

describe("a report is asked for", () => {
  test.each(templates)("as %s, from the hub or by its address, and every file of it is there", async (template) => {
    const page = await app.open(`${view}?template=${template}&record=VL-048&lang=en`);
    await page.locator(".report section").first().waitFor();
    await accessible(page);
    for (const link of await page.getByRole("list", { name: "Download" }).getByRole("link").all()) {
      const { href } = new URL((await link.getAttribute("href")) ?? "", page.url());
      const answer = await page.request.get(href);
      expect(answer.status(), (await link.textContent()) ?? "").toBe(200);
      expect((await answer.body()).length).toBeGreaterThan(500);
      const { "content-type": type, "content-disposition": name } = (await page.request.head(href)).headers();
      // What it is called is known once it is made, which asking about it does not do.
      expect([type, name]).toEqual([answer.headers()["content-type"], undefined]);
    }
    await close(page);
  });

  test("by the form: another template, a scope, a period, a day", async () => {
    const page = await app.open(`${portfolio}/reports`);
    await page.getByRole("link", { name: "Status of commitments" }).click();
    await page.getByLabel("Report", { exact: true }).selectOption("between");
    await page.getByLabel("Period").selectOption("days");
    await page.getByLabel("From", { exact: true }).fill("2025-04-01");
    await page.getByLabel("To", { exact: true }).fill("2025-12-31");
    await press(page, "Show");
    await page.getByRole("heading", { level: 1, name: "Between two sessions" }).waitFor();
    expect(await page.locator("dl").textContent()).toContain("31 December 2025");
    await page.getByLabel("Period").selectOption("meetings");
    await page.getByLabel("From the meeting").selectOption("committee-48");
    await press(page, "Show");
    await page.locator("dl", { hasText: "since" }).waitFor();
    await close(page);
  });

  test("sections are chosen and put in another order", async () => {
    const page = await app.open(`${view}?template=risk&lang=en`);
    await page.getByText("Sections and their order").click();
    await page.getByRole("checkbox", { name: "Summary" }).uncheck();
    await page.getByRole("button", { name: "Move “Without news” up" }).click();
    await press(page, "Show");
    await page.waitForURL(/section=/);
    const shown = await titles(page);
    expect(shown).not.toContain("Summary");
    expect(shown.indexOf("Without news")).toBe(shown.indexOf("Slipped more than once") - 1);
    await close(page);
  });

  test("what cannot be made says why beside its field, and nothing is lost", async () => {
    const page = await app.open(`${view}?template=brief&record=VL-9999&lang=en`);
    await page.getByText("Give the reference of a commitment that was there on that day.").waitFor();
    expect(await page.getByLabel("Reference").inputValue()).toBe("VL-9999");
    await accessible(page);
    await page.getByLabel("Reference").fill("vl-048");
    await press(page, "Show");
    await page.getByRole("heading", { level: 1, name: "VL-048 Two-way trade of USD 5 billion" }).waitFor();
    for (const wrong of ["template=none", "period=days&template=between", "day=2999-01-01", "day=x", "section=none"]) {
      await page.goto(app.url(`${view}?${wrong}`));
      await page.getByText("The report cannot be made like this.").waitFor();
    }
    await close(page);
  });

  test("of what the register shows", async () => {
    const page = await app.open(`${portfolio}/register?sector=health`);
    await page.getByRole("button", { name: "Download" }).click();
    await page.getByRole("link", { name: "A report on these" }).click();
    await page.locator("dl", { hasText: "Sector: Health" }).waitFor();
    expect(await page.getByLabel("Which records").inputValue()).toBe("sector=health");
    await close(page);
  });
});

test("managers keep what they asked for, rename and delete it; others choose it", async () => {
  const address = `${view}?template=scorecard&scope=${encodeURIComponent("strength=obligation,pledge")}&lang=en`;
  const page = await app.open(address);
  await press(page, "Keep as a template");
  await page.getByRole("dialog").getByLabel("Name").fill("Firm ones by agency");
  await press(page, "Save");
  await page.getByText("Template kept").waitFor();
  await press(page, "Keep as a template");
  await page.getByRole("dialog").getByLabel("Name").fill("Firm ones by agency");
  await press(page, "Save");
  await page.getByText("There is a template of this name already.").waitFor();

  const viewer = await app.open(`${portfolio}/reports`, "viewer");
  await viewer.getByRole("link", { name: "Firm ones by agency" }).click();
  await viewer.getByRole("heading", { level: 1, name: "Agency scorecard" }).waitFor();
  expect(await viewer.getByRole("button", { name: "Keep as a template" }).count()).toBe(0);
  await close(viewer);

  await page.goto(app.url(`${portfolio}/reports`));
  await page.getByRole("button", { name: "Rename: Firm ones by agency" }).click();
  await page.getByLabel("Name").fill("Scorecard of firm ones");
  await press(page, "Save");
  await page.getByRole("link", { name: "Scorecard of firm ones" }).waitFor();
  await accessible(page);
  await page.getByRole("button", { name: "Delete: Scorecard of firm ones" }).click();
  await press(page, "Delete");
  await page.getByText("Template deleted").waitFor();
  await expect.poll(() => page.getByRole("link", { name: "Scorecard of firm ones" }).count()).toBe(0);
  await close(page);
});
