import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { join, query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** The register in pictures: in numbers, over the years, by month. */

let app: RunningApp;
let browser: Browser;
let viewer: SignedIn;

beforeAll(async () => {
  app = await startApp();
  browser = await openBrowser();
  viewer = await signedIn(app.ownerUrl, "viewer");
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const portfolio = "/viet-nam-laos";

async function open(
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const [name = "", value = ""] = viewer.cookie.split("=");
  await context.addCookies([
    { name, value, url: app.url },
    { name: "kept-locale", value: "en", url: app.url },
  ]);
  return { context, page: await context.newPage() };
}

/** How many records a page of the register says it lists. */
async function listedAt(address: string): Promise<number> {
  const answer = await fetch(app.url + address, { headers: { cookie: `${viewer.cookie}; kept-locale=en` } });
  expect(answer.status, address).toBe(200);
  const text = /role="status"[^>]*>([^<]+)</.exec(await answer.text())?.[1] ?? "";
  return text.startsWith("No") ? 0 : Number(/\d+/.exec(text)?.[0]);
}

test("a portfolio opens with its overview, and every mark leads to as many records as it says", async () => {
  const { context, page } = await open();
  await page.goto(app.url + portfolio);
  expect(new URL(page.url()).pathname).toBe(`${portfolio}/overview`);
  const numbers = await page
    .locator("td.number a")
    .evaluateAll((links) => links.map((link) => [link.getAttribute("href") ?? "", Number(link.textContent)] as const));
  expect(numbers.length).toBeGreaterThan(50);
  const told = new Map(numbers);
  for (const [address, number] of told) expect(await listedAt(address), address).toBe(number);
  const marks = await page
    .locator("td.picture a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  expect(marks.length).toBeGreaterThan(40);
  expect(marks.filter((address) => !told.has(address))).toEqual([]);
  const columns = await page
    .locator(".columns a")
    .evaluateAll((links) =>
      links.map((link) => [link.getAttribute("href") ?? "", link.getAttribute("aria-label") ?? ""] as const),
    );
  expect(columns).toHaveLength(13);
  for (const [address, says] of columns)
    expect(`: ${await listedAt(address)} overdue`, says).toBe(says.slice(says.lastIndexOf(":")));
  await context.close();
}, 300_000);

describe("the timeline", () => {
  const many = 5000;

  beforeAll(async () => {
    await query(
      app.ownerUrl,
      `INSERT INTO portfolio (id, name, prefix, demo, last_number) VALUES ('many', '{"en": "Many", "vi": "", "lo": ""}', 'MANY', true, $1)`,
      [many],
    );
    await join(app.ownerUrl, viewer.id, "viewer", ["many"]);
    await query(
      app.ownerUrl,
      `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales,
          deadline_phrase, deadline_edtf, deadline_earliest, deadline_latest)
        SELECT gen_random_uuid(), 'many', i, 'MANY-' || lpad(i::text, greatest(3, length(i::text)), '0'), 'pledge', 'project', 'pledge', 'health',
          jsonb_build_object('en', 'Work ' || i, 'vi', '', 'lo', ''), '{"en": "To do.", "vi": "", "lo": ""}', '{}',
          'by then', extract(year FROM d)::text, date_trunc('year', d), date_trunc('year', d) + interval '1 year - 1 day'
        FROM generate_series(1, $1) i, LATERAL (SELECT date '2020-01-01' + i * 2 % 4000 AS d) dates`,
      [many],
    );
  });

  /** Before its script has looked at the window, a page has more rows. */
  const onlyWhatIsInView = (page: Page) =>
    page.waitForFunction(() => {
      const { length } = document.querySelectorAll("tr[data-row]");
      return length > 0 && length < 100;
    });

  const rowAt = (page: Page) => page.evaluate(() => document.activeElement?.closest("tr")?.dataset.at ?? null);

  test("goes from record to record by keys, opens one by Enter, and draws only what is in view", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}/many/timeline`);
    const rows = page.locator("tr[data-row]");
    await onlyWhatIsInView(page);
    expect(Number(await page.locator("table").getAttribute("aria-rowcount"))).toBe(many + 2);
    await rows.first().locator("a").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await rowAt(page)).toBe("3");
    await page.keyboard.press("End");
    expect(await rowAt(page)).toBe(String(many));
    expect(await rows.count()).toBeLessThan(100);
    const last = await page.evaluate(() => document.activeElement?.getBoundingClientRect().bottom ?? 0);
    expect(last).toBeLessThanOrEqual(
      await page.locator(".timeline").evaluate((box) => box.getBoundingClientRect().bottom),
    );
    await page.keyboard.press("ArrowUp");
    expect(await rowAt(page)).toBe(String(many - 1));
    await page.keyboard.press("Home");
    expect(await rowAt(page)).toBe("1");
    const reference = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${reference}`);
    await context.close();
  });

  test("draws every row that is scrolled to", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}/many/timeline?zoom=month`);
    await onlyWhatIsInView(page);
    for (const share of [0.2, 0.9, 0.5, 1]) {
      await page.locator(".timeline").evaluate((box, to) => {
        box.scrollTop = (box.scrollHeight - box.clientHeight) * to;
      }, share);
      await page.waitForFunction(() => {
        const box = document.querySelector(".timeline")?.getBoundingClientRect();
        const rowAt = (y: number) => box && document.elementFromPoint(box.left + 60, y)?.closest("tr[data-row]");
        // Under the head, and at the end of what the window shows.
        const found = rowAt(Math.min(box?.bottom ?? 0, window.innerHeight) - 40);
        const above = rowAt((box?.top ?? 0) + 60);
        return Boolean(found && above);
      });
    }
    await context.close();
  });

  test("groups, scales and narrows by its address, and says in words what it draws", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}${portfolio}/timeline`);
    await page.getByRole("link", { name: "Form", exact: true }).click();
    await page.waitForURL("**group=form");
    expect(await page.locator('th[scope="rowgroup"]').first().textContent()).toMatch(/^Instrument/);
    await page.getByRole("link", { name: "Quarters", exact: true }).click();
    await page.waitForURL("**zoom=quarter");
    await page.getByRole("link", { name: "Filters", exact: true }).click();
    await page.getByRole("checkbox", { name: /^Overdue/ }).check();
    await page.getByRole("button", { name: "Show records" }).click();
    await page.waitForURL("**schedule=overdue**");
    expect(page.url()).toContain("group=form");
    const words = await page.locator("tr[data-row] td .sr-only").allTextContents();
    expect(words.length).toBeGreaterThan(0);
    expect(words.every((text) => text.includes("Overdue"))).toBe(true);
    await page.getByRole("link", { name: /^Remove the filter/ }).click();
    await page.waitForURL((url) => !url.search.includes("schedule"));
    await context.close();
  });

  test("is a table of the first records where no script runs", async () => {
    const { context, page } = await open({ javaScriptEnabled: false });
    await page.goto(`${app.url}/many/timeline`);
    expect(await page.locator("tr[data-row]").count()).toBeGreaterThan(100);
    expect(await page.locator("tr[data-row] th a").first().getAttribute("href")).toBe("/many/commitments/MANY-001");
    expect(await page.getByRole("link", { name: "All of them in the register" }).getAttribute("href")).toBe(
      "/many/register",
    );
    await context.close();
  });
});

describe("the calendar", () => {
  test("goes from day to day and from month to month by keys", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}${portfolio}/calendar?month=2025-12`);
    await page.locator('[data-day="2025-12-01"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const day = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.day);
    expect(await day()).toBe("2025-12-09");
    await page.keyboard.press("End");
    expect(await day()).toBe("2025-12-31");
    await page.keyboard.press("PageDown");
    await page.waitForURL("**month=2026-01**");
    await page.getByRole("link", { name: "Previous month" }).click();
    await page.waitForURL("**month=2025-12**");
    expect(await page.locator('[data-day="2025-12-02"]').textContent()).toContain("National Day");
    await context.close();
  });

  test("has the deadlines that are only known to the month or the year, with as many as the register has", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}${portfolio}/calendar?month=2025-12`);
    for (const part of ["some-day", "some-time"]) {
      const link = page.locator(`section[aria-labelledby="${part}"] > p a`);
      const count = Number(/\d+/.exec((await link.textContent())?.replace("One", "1") ?? "")?.[0]);
      expect(await listedAt((await link.getAttribute("href")) ?? "")).toBe(count);
    }
    await context.close();
  });

  test("is a list of the days that have something on a telephone", async () => {
    const { context, page } = await open({ viewport: { width: 360, height: 800 } });
    await page.goto(`${app.url}${portfolio}/calendar?month=2025-12`);
    expect(await page.locator('[data-day="2025-12-02"]').isVisible()).toBe(true);
    expect(await page.locator('[data-day="2025-12-03"]').isVisible()).toBe(false);
    await context.close();
  });

  test("says so where its address names no month", async () => {
    const { context, page } = await open();
    await page.goto(`${app.url}${portfolio}/calendar?month=2025-13&status=nonsense`);
    expect(await page.getByText("Part of the address was not understood").isVisible()).toBe(true);
    await page.goto(`${app.url}${portfolio}/calendar?month=x`);
    expect(await page.getByText("This is no month").isVisible()).toBe(true);
    await context.close();
  });
});
