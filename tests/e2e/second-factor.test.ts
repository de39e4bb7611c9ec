import { Secret } from "otpauth";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTheDoor } from "#tests/support/action-table.ts";
import { builtActions, callAction } from "#tests/support/actions.ts";
import { admin, type RunningApp, startApp } from "#tests/support/app.ts";
import { codeAt } from "#tests/support/authenticator.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, signedIn } from "#tests/support/people.ts";

/** The second factor as people meet it: an app, passkeys (Chromium's own device), recovery codes, and being asked again. */

let app: RunningApp;
let browser: Browser;
let key: Uint8Array;
let codes: string[];

beforeAll(async () => {
  app = await startApp();
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

async function password(page: Page) {
  await page.fill("main input[name=email]", admin.email);
  await page.fill("main input[name=password]", admin.password);
  await page.click("main button[type=submit]");
}

async function code(page: Page, typed: string) {
  await page.fill("main input[name=code]", typed);
  await page.click("main button[type=submit]");
}

/** The code of the app that no step before has used up. */
async function nextCode(): Promise<string> {
  await query(app.ownerUrl, "UPDATE totp SET last_step = 0");
  return codeAt(key, new Date());
}

const longAgo = () => query(app.ownerUrl, "UPDATE session SET confirmed_at = now() - interval '1 hour'");

/** A device with passkeys, as the browser's own tools give one to tests. */
async function withDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe("an app", () => {
  test("is set up on the account page, and gives recovery codes", async () => {
    const page = await open("/account");
    await password(page);
    await page.click("button:has-text('Set up an app')");
    const typed = await page.locator("main form svg[role=img] ~ div input[readonly]").inputValue();
    key = Secret.fromBase32(typed.replaceAll(" ", "")).bytes;
    await page.fill("main input[name=code]", "000000");
    await page.click("button:has-text('Turn it on')");
    await page.waitForSelector("main input[name=code][aria-invalid=true]");
    await page.fill("main input[name=code]", codeAt(key, new Date()));
    await page.click("button:has-text('Turn it on')");
    await page.waitForSelector("text=These codes are shown only now");
    codes = await page.locator("main [role=status] li").allTextContents();
    expect(codes).toHaveLength(10);
    await page.click("button:has-text('I have kept them')");
    await page.waitForSelector("text=10 are left");
    await page.context().close();
  });

  test("is asked for without any script, and until then nothing opens", async () => {
    const page = await open("/people?state=all", { javaScriptEnabled: false });
    await password(page);
    expect(pathOf(page)).toBe("/sign-in/step?next=%2Fpeople%3Fstate%3Dall");
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const path of ["/account", "/people", "/viet-nam-laos/register", "/sign-in/factor"]) {
      const response = await fetch(app.url + path, { headers: { cookie }, redirect: "manual" });
      expect(response.status, path).toBe(307);
      expect(response.headers.get("location")).toMatch(/^\/sign-in(?:\?|$)/);
    }
    // Nor with its secret in the place of a session's.
    const forged = cookie.replace("kept-half=", "kept=");
    expect((await fetch(`${app.url}/account`, { headers: { cookie: forged }, redirect: "manual" })).status).toBe(307);
    await code(page, "000000");
    expect(await page.locator("main [aria-invalid=true]").count()).toBe(1);
    await code(page, await nextCode());
    expect(pathOf(page)).toBe("/people?state=all");
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("kept-half");
    await page.context().close();
  });

  test("or a recovery code, once", async () => {
    const used = codes[0] as string;
    for (const [typed, path] of [
      [used, "/account"],
      [used, "/sign-in/step?next=%2Faccount"],
    ] as const) {
      const page = await open("/account", { javaScriptEnabled: false });
      await password(page);
      await code(page, typed);
      expect(pathOf(page)).toBe(path);
      await page.context().close();
    }
  });

  test("is asked for where a session is renewed in place", async () => {
    const page = await open("/account");
    await password(page);
    await code(page, await nextCode());
    await page.waitForURL(`${app.url}/account`);
    await page.fill("main input[name=name]", "Written before");
    await query(app.ownerUrl, "DELETE FROM session");
    const form = page.locator("form", { has: page.locator("input[name=name]") });
    await form.locator("button[type=submit]").click();
    await page.fill("dialog input[name=password]", admin.password);
    await page.keyboard.press("Enter");
    await page.fill("dialog input[name=code]", await nextCode());
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Your data are saved.");
    await page.context().close();
  });
});

test("what is sensitive asks again, by the second factor, and goes on where it was", async () => {
  const page = await open("/people/new");
  await password(page);
  await code(page, await nextCode());
  await page.waitForURL(`${app.url}/people/new`);
  await longAgo();
  await page.fill("main input[name=name]", "Nguyễn Thị Hương");
  await page.fill("main input[name=email]", "huong@kept.example");
  await page.getByLabel("Viet Nam–Laos cooperation").selectOption("editor");
  await page.click("main button[type=submit]");
  await page.fill("dialog input[name=code]", "000000");
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("dialog [aria-invalid=true]");
  await page.fill("dialog input[name=code]", await nextCode());
  await page.click("dialog button[type=submit]");
  await page.waitForSelector("main input[readonly]");
  await page.context().close();
});

describe("a passkey", () => {
  let page: Page;

  test("is added, and signs in alone and as the second step", async () => {
    page = await open("/account");
    await withDevice(page);
    await password(page);
    await code(page, await nextCode());
    await page.waitForURL(`${app.url}/account`);
    const label = page.locator("main form input[name=label]").first();
    // What is not taken stays to be mended.
    await label.fill("  ");
    await page.click("button:has-text('Add a passkey')");
    await page.waitForSelector("main [aria-invalid=true]");
    expect(await label.inputValue()).toBe("  ");
    await label.fill("Office laptop");
    await page.click("button:has-text('Add a passkey')");
    await page.waitForSelector("text=not used yet");

    await page.context().clearCookies();
    await page.goto(`${app.url}/sign-in?next=%2Faccount`);
    await page.click("button:has-text('Sign in with a passkey')");
    await page.waitForURL(`${app.url}/account`);
    await page.waitForSelector("text=Office laptop");

    await page.context().clearCookies();
    await page.goto(`${app.url}/account`);
    await password(page);
    await page.click("button:has-text('Use a passkey')");
    await page.waitForURL(`${app.url}/account`);
  });

  test("shows again who one is, and makes a token", async () => {
    await longAgo();
    await page.fill("main input[name=label] >> nth=-1", "Monthly figures");
    await page.click("button:has-text('Make a token')");
    await page.click("dialog button:has-text('Use a passkey')");
    await page.waitForSelector("text=It is shown only now");
    const token = await page.inputValue("main [role=status] input");
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${app.url}/api/v1/commitments?limit=1`, { headers })).status).toBe(200);
    await page.context().close();
  });
});

test("whoever lacks what their role needs sets it up and reaches nothing else until then", async () => {
  const editor = await signedIn(app.ownerUrl, "editor");
  await query(app.ownerUrl, "UPDATE security_setting SET second_factor_roles = '{editor}'");
  const [name = "", value = ""] = editor.cookie.split("=");
  const context = await browser.newContext({ locale: "en-GB" });
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  await page.goto(`${app.url}/account`);
  expect(pathOf(page)).toBe("/sign-in/factor?next=%2Faccount");
  const own = new Set(["waysToConfirm", "beginTotp", "beginPasskey"]);
  const factors = /^(addPasskey|confirm|askToConfirm|remove|renew)/;
  for (const action of (await builtActions()).filter(
    ({ name }) => !own.has(name) && !atTheDoor.includes(name) && !factors.test(name),
  )) {
    const answer = await callAction({ url: app.url, cookie: editor.cookie, action, args: [{}] });
    expect(answer, action.name).toMatchObject({ ok: false, error: { status: 401 } });
  }
  for (const path of ["/api/inbox", "/viet-nam-laos/register/rows", "/viet-nam-laos/search?q=x"]) {
    expect((await fetch(app.url + path, { headers: { cookie: editor.cookie } })).status, path).toBe(401);
  }
  await page.click("button:has-text('Set up an app')");
  const typed = await page.locator("main form svg[role=img] ~ div input[readonly]").inputValue();
  await page.fill("main input[name=code]", codeAt(Secret.fromBase32(typed.replaceAll(" ", "")).bytes, new Date()));
  await page.click("button:has-text('Turn it on')");
  await page.waitForSelector("text=These codes are shown only now");
  await page.click("a:has-text('Go on')");
  await page.waitForURL(`${app.url}/account`);
  await context.close();
});
