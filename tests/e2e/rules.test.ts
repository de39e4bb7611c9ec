import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { appInBrowser } from "#tests/support/window.ts";

/** By which rules people are reminded, what will be sent, and which days are holidays: in the browser. */

const portfolio = "/viet-nam-laos";
const app = appInBrowser();

const at = (path: string, role?: "viewer" | "editor" | "manager") => app.open(`${portfolio}/reminders${path}`, role);
const close = (page: Page) => page.context().close();
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
const says = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor();
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
}

describe("rules", () => {
  test("everybody reads them in sentences; who may not change them has no button for it", async () => {
    const page = await at("", "viewer");
    await says(page, "Deadline: 90, 30, 7 and 1 days before and on the day.");
    await says(page, "Deadline: 7 days after, then every 7 days while it is open.");
    await says(page, "If it is still open 30 days after, also to: the managers.");
    await says(page, "60 days without a report: on the day, then every 30 days while it is open.");
    await says(page, "On the first day of each quarter, one list of what has no owner or no deadline.");
    expect(await page.getByRole("link", { name: "Add a rule" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: /Switch off/ }).count()).toBe(0);
    await close(page);
  });

  test("a manager adds one for some records, sees it in words and how many it means, and switches it off", async () => {
    const page = await at("/new");
    await heading(page, "A new rule");
    await page.getByLabel("Name in English").fill("Health, early");
    await page.getByLabel("Those of an address of the register").check();
    await page.getByLabel("Address", { exact: true }).fill(app.url(`${portfolio}/register?sector=health&sort=-title`));
    await page.getByText("Sector: Health").waitFor();
    await page.getByText(/^\d+ records?, \d+ of them open\./).waitFor();
    await page.getByLabel("Days before").fill("120, soon");
    await page.getByLabel("Working days").check();
    await press(page, "Save");
    await says(page, "Give whole days, as numbers: 90, 30, 7.");
    await page.getByLabel("Days before").fill("120, 45");
    await says(page, "Deadline: 120 and 45 working days before and on the day.");
    await page.getByLabel("Pass it on when it stays open").check();
    await accessible(page);
    await press(page, "Save");
    await heading(page, "Reminders");
    const rule = page.getByRole("listitem").filter({ hasText: "Health, early" });
    await rule.getByText("Only of records with Sector: Health").waitFor();
    await rule.getByText("If it is still open 30 working days after, also to: the managers.").waitFor();
    expect(await app.sql("SELECT query, offsets FROM reminder_rule WHERE seed_key IS NULL")).toEqual([
      { query: "sector=health", offsets: [-120, -45, 0] },
    ]);
    await rule.getByRole("button", { name: /^Switch off ?: Health, early/ }).click();
    await rule.getByText("Switched off").waitFor();
    await rule.getByRole("button", { name: /^Switch on ?: Health, early/ }).waitFor();
    await close(page);
  });

  test("of two who change one, the second sees what the first made of it, and may replace it", async () => {
    const first = await at("");
    const second = await at("");
    for (const page of [first, second]) await page.getByRole("link", { name: /^Edit ?: Before a deadline/ }).click();
    await first.getByLabel("Days before").fill("60");
    await press(first, "Save");
    await heading(first, "Reminders");
    await says(first, "Deadline: 60 days before and on the day.");
    await second.getByLabel("Days before").fill("14");
    await second.setViewportSize({ width: 1000, height: 500 });
    await press(second, "Save");
    const alert = second.getByRole("alert").filter({ hasText: "Meanwhile it says" });
    await alert.getByText("Deadline: 60 days before and on the day.").waitFor();
    // It stands above a form that is longer than the window.
    const inView = (box: Element) =>
      box.getBoundingClientRect().top >= 0 && box.getBoundingClientRect().bottom <= innerHeight;
    await expect.poll(() => alert.locator("div").evaluate(inView)).toBe(true);
    await press(second, "Save");
    await heading(second, "Reminders");
    await says(second, "Deadline: 14 days before and on the day.");
    await Promise.all([close(first), close(second)]);
  });
});

describe("what will be sent", () => {
  test("managers see everybody's, by person; others only their own", async () => {
    const [record] = await app.sql<{ id: string; reference: string }>(
      `UPDATE commitment SET owner_id = $1, deadline_edtf = to_char(now() + interval '40 days', 'YYYY-MM-DD'), deadline_latest = (now() + interval '40 days')::date
        WHERE reference = 'VL-101' RETURNING id, reference`,
      [app.idOf("editor")],
    );
    const page = await at("/plan");
    await page.getByText(/^\d+ reminders in the next 90 days$/).waitFor();
    await page
      .getByRole("link", { name: /^VL-101 / })
      .first()
      .waitFor();
    await accessible(page);
    await page.getByLabel("To whom").selectOption({ label: await optionOf(page, "Test editor") });
    await press(page, "Show");
    await page
      .getByRole("link", { name: new RegExp(`^${record?.reference} `) })
      .first()
      .waitFor();
    const names = await page.getByRole("listitem").filter({ hasText: "Test manager" }).count();
    expect(names).toBe(0);
    await close(page);

    const own = await at("/plan", "editor");
    await own
      .getByRole("link", { name: /^VL-101 / })
      .first()
      .waitFor();
    expect(await own.getByLabel("To whom").count()).toBe(0);
    expect(await own.getByText("Test manager").count()).toBe(0);
    await close(own);

    const nothing = await at("/plan", "viewer");
    await nothing.getByRole("heading", { name: "Nothing will be sent" }).waitFor();
    await close(nothing);
  });

  async function optionOf(page: Page, name: string): Promise<string> {
    const options = await page.getByLabel("To whom").getByRole("option").allTextContents();
    return options.find((option) => option.startsWith(name)) ?? name;
  }
});

test("holidays are added, renamed and struck out by managers, and read by everybody", async () => {
  const page = await at("/holidays?year=2027");
  await page.getByText("Add a holiday").click();
  await accessible(page);
  await page.getByLabel("Day", { exact: true }).fill("2027-09-03");
  await page.getByLabel("Name in English").fill("Second day of National Day");
  await press(page, "Add");
  await says(page, "The holiday is added.");
  await press(page, "Add");
  await page.getByText("Give a day as year-month-day: 2026-12-31.").waitFor();
  await press(page, /^Rename ?: Second day/);
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name in English").fill("National Day, too");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("National Day, too").first().waitFor();
  await press(page, /^Strike out ?: National Day, too/);
  await says(page, "It is a working day now.");
  await page.getByRole("button", { name: /^Restore ?: National Day, too/ }).waitFor();
  expect(await app.sql("SELECT country, works FROM holiday WHERE day = '2027-09-03'")).toEqual([
    { country: "VN", works: true },
  ]);
  await close(page);

  const read = await at("/holidays?year=2027", "viewer");
  await read.getByText("National Day, too").waitFor();
  expect(await read.getByRole("button", { name: /Strike out/ }).count()).toBe(0);
  await close(read);
});
