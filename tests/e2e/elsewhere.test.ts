import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { admin, type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { join, query } from "#tests/support/people.ts";
import { type RunningProvider, startProvider } from "#tests/support/provider.ts";

/** The organisation's sign-in as people meet it: a real provider, which is another site for the browser. */

let app: RunningApp;
let provider: RunningProvider;
let browser: Browser;

beforeAll(async () => {
  provider = await startProvider();
  app = await startApp({
    env: { ...provider.env, KEPT_OIDC_NAME: "The Ministry", KEPT_OIDC_GROUPS: "desk=viet-nam-laos:manager" },
  });
  provider.redirects.add(`${app.url}/sign-in/return`);
  provider.accounts.set("lan", {
    email: "lan@kept.example",
    email_verified: true,
    name: "Trần Thị Lan",
    groups: ["desk"],
  });
  provider.accounts.set("twin", { email: admin.email, email_verified: true, name: "Twin", groups: ["desk"] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await provider?.close();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 360, height: 780 }, ...options });
  const page = await context.newPage();
  await page.goto(app.url + path);
  return page;
}

/** On the provider's page. */
async function say(page: Page, who: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.fill("input[name=who]", who);
  await page.click("button");
}

const main = async (page: Page) => (await page.locator("main").textContent()) ?? "";

test("somebody of the organisation signs in there and comes back to where they wanted to go", async () => {
  const page = await open("/account?x=1");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.click("text=Sign in with The Ministry");
  await say(page, "lan");
  await page.waitForURL(`${app.url}/account?x=1`);
  expect(await main(page)).toContain("lan@kept.example");
  expect(await main(page)).toContain("Connected since");
  const cookies = await page.context().cookies(app.url);
  expect(cookies.map(({ name }) => name)).toContain("kept");
  expect(cookies.map(({ name }) => name)).not.toContain("kept-oidc");
  // Without a password, what is sensitive is confirmed there, and leads back here.
  await page.getByLabel("What it is for").fill("Monthly figures");
  await page.click("text=Make a token");
  await page.waitForSelector("dialog[open] >> text=You have no password here");
  await page.click("dialog[open] >> text=Sign in with The Ministry");
  await say(page, "lan");
  await page.waitForURL(`${app.url}/account?x=1`);
  await page.getByLabel("What it is for").fill("Monthly figures");
  await page.click("text=Make a token");
  await page.waitForSelector("text=This is the token");
  await page.context().close();
});

test("it works without any script", async () => {
  const page = await open("/sign-in?next=%2Faccount", { javaScriptEnabled: false });
  await page.click("text=Sign in with The Ministry");
  await page.click("text=Go on to The Ministry");
  await say(page, "lan");
  await page.waitForURL(`${app.url}/sign-in/return**`);
  await page.click("main button[type=submit]");
  await page.waitForURL(`${app.url}/account`);
  expect(await main(page)).toContain("lan@kept.example");
  await page.context().close();
});

test("an account with the same address stays shut, until its person connects it", async () => {
  // What the groups will give is theirs already: other roles would end their sessions.
  const [known] = await query<{ id: string }>(app.ownerUrl, "SELECT id FROM person WHERE email = $1", [admin.email]);
  await join(app.ownerUrl, known?.id ?? "", "manager", ["viet-nam-laos"]);
  const page = await open("/sign-in?next=%2Faccount");
  await page.click("text=Sign in with The Ministry");
  await say(page, "twin");
  await page.waitForSelector("main [role=alert] >> text=There is an account with your address here");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  expect((await page.context().cookies(app.url)).map(({ name }) => name)).not.toContain("kept");
  await page.click("text=Back to signing in");
  await page.fill("main input[name=email]", admin.email);
  await page.fill("main input[name=password]", admin.password);
  await page.click("main button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.goto(`${app.url}/account`);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  // The provider knows this browser by now: it asks nothing.
  await page.waitForSelector("text=Connected since");
  const other = await open("/sign-in?next=%2Faccount");
  await other.click("text=Sign in with The Ministry");
  await say(other, "twin");
  await other.waitForURL(`${app.url}/account`);
  expect(await main(other)).toContain(admin.email);
  const [row] = await query<{ admin: boolean }>(app.ownerUrl, "SELECT admin FROM person WHERE email = $1", [
    admin.email,
  ]);
  expect(row?.admin, "the last admin stays one").toBe(true);
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.locator("dialog[open]").getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
  await other.goto(`${app.url}/account`);
  expect(other.url(), "what began there has ended").toContain("/sign-in");
  for (const each of [page, other]) await each.context().close();
});

test("a forged answer opens nothing, nor does one that another browser got", async () => {
  const forged = await open("/sign-in/return?code=x&state=y");
  await forged.waitForSelector("main [role=alert] >> text=Begin anew");
  const mine = await open("/sign-in");
  await mine.click("text=Sign in with The Ministry");
  let stolen = "";
  await mine.route(`${app.url}/sign-in/return**`, async (route) => {
    stolen = route.request().url();
    await route.abort();
  });
  await say(mine, "lan");
  await expect.poll(() => stolen).toContain("code=");
  const theirs = await open("/sign-in");
  await theirs.goto(stolen);
  await theirs.waitForSelector("main [role=alert] >> text=Begin anew");
  expect((await theirs.context().cookies(app.url)).map(({ name }) => name)).not.toContain("kept");
  for (const each of [forged, mine, theirs]) await each.context().close();
});
