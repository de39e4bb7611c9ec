import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

let app: RunningApp;
let browser: Browser;
let manager: SignedIn;
let viewer: SignedIn;

beforeAll(async () => {
  app = await startApp();
  browser = await openBrowser();
  manager = await signedIn(app.ownerUrl, "manager");
  viewer = await signedIn(app.ownerUrl, "viewer");
  await query(
    app.ownerUrl,
    `INSERT INTO saved_view (id, portfolio_id, owner_id, name, query)
     VALUES (gen_random_uuid(), 'viet-nam-laos', $1, 'Mine, overdue', 'owner=me&schedule=overdue')`,
    [manager.id],
  );
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const get = (path: string, cookie?: string) =>
  fetch(`${app.url}${path}`, { redirect: "manual", ...(cookie && { headers: { cookie } }) });

describe("its routes", () => {
  const bad = [
    ["search?q=a&q=b", 422],
    ["search?q=%00", 422],
    [`search?q=${"x".repeat(1000)}`, 422],
    ["search?owner=me", 422],
    ["search?__proto__=1", 200],
    ["palette?recent=%27--", 422],
    ["palette?recent=VL-1&recent=VL-2", 422],
    ["palette?recent[]=VL-1", 422],
    ["search?q=%ff%fe%ed%a0%80", 200],
    ["search?q=%25_%5C", 200],
    ["search", 200],
    ["palette", 200],
  ] as const;
  test.each(bad)("%s → %i", async (path, status) => {
    expect((await get(`/viet-nam-laos/${path}`, viewer.cookie)).status).toBe(status);
  });

  test.each(["search?q=railway", "palette"])(
    "%s is for those who are signed in, of a portfolio that is there",
    async (path) => {
      expect((await get(`/viet-nam-laos/${path}`)).status).toBe(401);
      expect((await get(`/viet-nam-laos/${path}`, "kept=made-up")).status).toBe(401);
      expect((await get(`/nowhere/${path}`, viewer.cookie)).status).toBe(404);
      expect((await get(`/viet-nam-laos/${path}`, viewer.cookie)).headers.get("cache-control")).toContain("no-store");
    },
  );

  test("each role is offered what it may do", async () => {
    const offered = async ({ cookie }: SignedIn) =>
      JSON.stringify(await (await get("/viet-nam-laos/palette", cookie)).json());
    expect(await offered(manager)).toContain("/commitments/new");
    expect(await offered(viewer)).not.toContain("/commitments/new");
    expect(await offered(manager)).not.toContain("/people");
    expect(await offered(await signedIn(app.ownerUrl, "admin"))).toContain("/people/new");
  });
});

describe("by keyboard", () => {
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    context = await browser.newContext({ locale: "en", extraHTTPHeaders: {} });
    const [name = "", value = ""] = manager.cookie.split("=");
    await context.addCookies([{ name, value, url: app.url }]);
    page = await context.newPage();
  });
  afterAll(() => context?.close());

  const palette = () => page.getByRole("dialog");
  const active = async () => {
    const id = await page.getByRole("combobox").getAttribute("aria-activedescendant");
    return page.locator(`[id="${id}"]`);
  };

  test("opens, shows pages, closes, and gives the focus back", async () => {
    await page.goto(`${app.url}/viet-nam-laos/desk`);
    await page.getByRole("link", { name: "Everybody’s" }).focus();
    await page.keyboard.press("Control+k");
    await palette().waitFor();
    expect(await (await active()).textContent()).toBe("Overview");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("ArrowUp");
    expect(await (await active()).textContent()).toBe("Sign out");
    await page.keyboard.press("Escape");
    await palette().waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Everybody’s");
  });

  test("a page by its name in any language", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("chi so");
    expect(await (await active()).textContent()).toBe("Indicators");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/viet-nam-laos/indicators");
    await palette().waitFor({ state: "detached" });
  });

  test("Enter before the answer is there waits for it; what was opened is offered again", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("vl-70");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/viet-nam-laos/commitments/VL-070");
    await palette().waitFor({ state: "detached" });
    await page.goto(`${app.url}/viet-nam-laos/desk`);
    await page.locator("[data-palette-open]").click();
    await palette().waitFor();
    expect(await (await active()).textContent()).toContain("VL-070");
  });

  test("a saved view is a link to the register as it was saved", async () => {
    await page.keyboard.type("mine overd");
    await page.getByRole("option", { name: "Mine, overdue" }).waitFor();
    expect(await (await active()).getAttribute("href")).toBe("/viet-nam-laos/register?owner=me&schedule=overdue");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/viet-nam-laos/register?owner=me&schedule=overdue");
    await palette().waitFor({ state: "detached" });
  });

  test("asks before it leads away from what is not saved", async () => {
    await page.goto(`${app.url}/viet-nam-laos/commitments/VL-070#report`);
    await page.getByRole("textbox").first().fill("Half of the track is laid.");
    await page.keyboard.press("Control+k");
    await palette().waitFor();
    await page.keyboard.type("chi so");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Leave without saving" }).click();
    await page.waitForURL("**/viet-nam-laos/indicators");
    await palette().waitFor({ state: "detached" });
    await page.goto(`${app.url}/viet-nam-laos/desk`);
    await page.locator("[data-palette-open]").click();
    await palette().waitFor();
  });

  test("an answer that never comes is said, and pages can still be gone to", async () => {
    await context.setOffline(true);
    await page.keyboard.type("railway");
    await page.getByText("The search can’t be reached.").waitFor();
    await context.setOffline(false);
    await page.keyboard.press("Escape");
    await palette().waitFor({ state: "detached" });
  });

  test("changes the look by a form of our own", async () => {
    await page.keyboard.press("Control+k");
    await palette().waitFor();
    await page.keyboard.type("dark");
    await page.keyboard.press("Enter");
    await page.locator("html[data-theme=dark]").waitFor({ state: "attached" });
    expect(page.url()).toBe(`${app.url}/viet-nam-laos/desk`);
  });
});
