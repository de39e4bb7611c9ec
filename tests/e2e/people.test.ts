import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admin, type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query } from "#tests/support/people.ts";

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  // Nobody there yet: the first account is made by the link that the start prints.
  app = await startApp({ env: { KEPT_ADMIN_EMAIL: "", KEPT_ADMIN_PASSWORD: "" } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.goto(app.url + path);
  return page;
}

const pathOf = (page: Page) => page.url().slice(app.url.length);

const textOf = async (page: Page, selector: string) => (await page.locator(selector).textContent()) ?? "";

async function fillIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.fill("main input[name=email]", email);
  await page.fill("main input[name=password]", password);
  await page.click("main button[type=submit]");
}

async function signedInAt(path: string, who = admin): Promise<Page> {
  const page = await open(path);
  await fillIn(page, who);
  await page.waitForURL(app.url + path);
  return page;
}

describe("the first time", () => {
  test("the link that the start printed makes the first admin, once", async () => {
    const link = /http:\/\/localhost:\d+(\/setup\/[\w-]{43})/.exec(app.output())?.[1] ?? "";
    const page = await open("/sign-in");
    expect(await textOf(page, "main")).toContain("There is no account yet");
    await page.goto(app.url + link);
    await page.fill("main input[name=name]", "First Admin");
    await fillIn(page, { ...admin, password: "password1" });
    await page.waitForSelector("[aria-invalid=true]");
    expect(await page.inputValue("main input[name=name]")).toBe("First Admin");
    await page.fill("main input[name=password]", admin.password);
    await page.click("main button[type=submit]");
    await page.waitForSelector("text=First Admin");
    const late = await open(link);
    expect(await textOf(late, "main")).toContain("This link is no longer good");
    await Promise.all([page.context().close(), late.context().close()]);
  });
});

describe("signing in", () => {
  test("works without any script, keeps the address, and leads back to where one wanted to go", async () => {
    const page = await open("/account?x=1", { javaScriptEnabled: false });
    expect(pathOf(page)).toBe("/sign-in?next=%2Faccount%3Fx%3D1");
    await fillIn(page, { email: admin.email, password: "not the right one" });
    expect(await textOf(page, "main [role=alert]")).not.toBe("");
    expect(await page.inputValue("main input[name=email]")).toBe(admin.email);
    expect(await page.inputValue("main input[name=password]")).toBe("");
    await fillIn(page, admin);
    expect(pathOf(page)).toBe("/account?x=1");
    await page.context().close();
  });

  test("gives a cookie that no script reads and no other site sends, and a new one each time", async () => {
    const page = await signedInAt("/account");
    const cookie = async () => (await page.context().cookies()).find(({ name }) => name === "kept");
    const first = await cookie();
    expect(first).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
    expect(await page.evaluate(() => document.cookie)).not.toContain("kept=");
    await page.context().clearCookies();
    await page.goto(`${app.url}/account`);
    await fillIn(page, admin);
    await page.waitForURL(`${app.url}/account`);
    expect((await cookie())?.value).not.toBe(first?.value);
    await page.context().close();
  });

  test("leads to no other site", async () => {
    for (const next of ["https://evil.example/", "//evil.example", "/%5Cevil.example", "/%09/evil.example"]) {
      const page = await open(`/sign-in?next=${next}`, { javaScriptEnabled: false });
      await fillIn(page, admin);
      expect(page.url().startsWith(`${app.url}/`)).toBe(true);
      await page.context().close();
    }
  });

  test("is limited, whatever forwarding header a client makes up", async () => {
    const page = await open("/sign-in", { javaScriptEnabled: false });
    let tries = 0;
    for (; tries < 15; tries++) {
      await page.setExtraHTTPHeaders({
        "X-Forwarded-For": `198.51.100.${tries}`,
        Forwarded: `for=198.51.100.${tries}`,
      });
      await fillIn(page, { email: "somebody@kept.example", password: "guess" });
      if ((await textOf(page, "main [role=alert]")).includes("Too many tries")) break;
    }
    expect(tries).toBe(10);
    const rows = await query(
      app.ownerUrl,
      "SELECT DISTINCT changes->'address'->>1 AS address FROM audit_event WHERE verb = 'session.refused'",
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.address).not.toContain("198.51.100");
    await page.context().close();
  });
});

describe("signing out", () => {
  test("ends the session, not only the cookie, and what was shown is not to be had by going back", async () => {
    const page = await signedInAt("/people");
    const cookies = await page.context().cookies();
    await page.click("[popovertarget=shell-account]");
    await page.click("form[action='/sign-out'] button");
    await page.waitForURL(/\/sign-in$/);
    await page.goBack();
    await page.waitForURL(/\/sign-in/);
    await page.context().addCookies(cookies);
    await page.goto(`${app.url}/people`);
    expect(pathOf(page)).toBe("/sign-in?next=%2Fpeople");
    await page.context().close();
  });

  test("needs a form of our own", async () => {
    const page = await signedInAt("/account");
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const origin of ["https://evil.example", "null", undefined]) {
      const headers = { cookie, ...(origin && { origin }) };
      expect((await fetch(`${app.url}/sign-out`, { method: "POST", headers })).status).toBe(403);
    }
    expect((await fetch(`${app.url}/sign-out`, { headers: { cookie } })).status).toBe(405);
    await page.reload();
    expect(pathOf(page)).toBe("/account");
    await page.context().close();
  });
});

test("a form has its values before any script runs, and what is typed until then is saved", async () => {
  const page = await signedInAt("/account");
  const named = page.locator("main input[name=name]");
  await page.goto(`${app.url}/account`);
  const before = await named.inputValue();
  const { promise: scripts, resolve: letScriptsRun } = Promise.withResolvers<void>();
  await page.route("**/*.js", async (route) => {
    await scripts;
    await route.continue();
  });
  await page.goto(`${app.url}/account`, { waitUntil: "commit" });
  expect(await named.inputValue()).toBe(before);
  await named.fill("Written early");
  await page.selectOption("main select[name=locale]", "en");
  letScriptsRun();
  // It comes with the scripts.
  await page.waitForSelector("text=Show the password");
  expect(await named.inputValue()).toBe("Written early");
  await named.press("Enter");
  await page.waitForSelector("text=Your data are saved.");
  await page.reload();
  expect(await named.inputValue()).toBe("Written early");
  expect(await page.inputValue("main select[name=locale]")).toBe("en");
  await page.context().close();
});

test("a session that ended while somebody was writing is renewed in place, and what was written is saved", async () => {
  const page = await signedInAt("/account");
  await page.fill("main input[name=name]", "Written before");
  await query(app.ownerUrl, "DELETE FROM session");
  await page
    .locator("form", { has: page.locator("input[name=name]") })
    .locator("button[type=submit]")
    .click();
  await page.waitForSelector("dialog[open]");
  await page.fill("dialog input[name=password]", "not the right one");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog [role=alert] p");
  expect(await page.inputValue("main input[name=name]")).toBe("Written before");
  await page.fill("dialog input[name=password]", admin.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("text=Your data are saved.");
  await page.reload();
  expect(await page.inputValue("main input[name=name]")).toBe("Written before");
  await page.context().close();
});

test("an admin adds somebody, who sets a password by the link and has no say over people", async () => {
  const page = await signedInAt("/people/new");
  await page.fill("main input[name=name]", "Nguyễn Thị Hương");
  await page.fill("main input[name=email]", "Huong@Kept.example");
  await page.getByLabel("Viet Nam–Laos cooperation").selectOption("editor");
  await page.click("main button[type=submit]");
  await page.waitForSelector("main input[readonly]");
  const link = await page.inputValue("main input[readonly]");
  const hers = await open(link.slice(app.url.length));
  await hers.fill("main input[name=password]", "sông hồng mùa nước nổi");
  await hers.click("main button[type=submit]");
  await hers.waitForSelector("text=Nguyễn Thị Hương");
  await hers.goto(`${app.url}/people`);
  expect(await hers.locator("main table").count()).toBe(0);
  // Disabled, she is out at once.
  await page.goto(`${app.url}/people?q=huong`);
  await page.click("main tbody a");
  await page.click("main button:has-text('Disable')");
  await page.click("dialog button:has-text('Disable')");
  await page.waitForSelector("text=is disabled.");
  await hers.goto(`${app.url}/account`);
  expect(pathOf(hers)).toBe("/sign-in?next=%2Faccount");
  await Promise.all([page.context().close(), hers.context().close()]);
});
