import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { admin, type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query } from "#tests/support/people.ts";
import { type Sink, startSink } from "#tests/support/sink.ts";

/** Invitations and forgotten passwords as people meet them: on the page, in their mail, and on the page again. */

let app: RunningApp;
let sink: Sink;
let browser: Browser;

beforeAll(async () => {
  sink = await startSink();
  app = await startApp({ worker: true, env: { SMTP_URL: sink.url, KEPT_MAIL_FROM: "Kept <kept@kept.example>" } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await sink?.close();
});

async function open(path: string, javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({
    locale: "en-GB",
    viewport: { width: 360, height: 780 },
    javaScriptEnabled,
  });
  const page = await context.newPage();
  await page.goto(app.url + path);
  return page;
}

async function fillIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.fill("main input[name=email]", email);
  await page.fill("main input[name=password]", password);
  await page.click("main button[type=submit]");
}

/** Where the newest letter to this address leads. */
async function linkIn(address: string, count = 1): Promise<string> {
  const theirs = () => sink.taken.filter(({ to, mail }) => to[0] === address && mail.text?.includes("/set-password/"));
  await expect.poll(() => theirs().length, { timeout: 30_000 }).toBe(count);
  return /\/set-password\/[\w-]{43}/.exec(theirs().at(-1)?.mail.text ?? "")?.[0] ?? "";
}

const heard = async (page: Page) => (await page.locator("main [role=status]").textContent()) ?? "";

test("somebody is invited, sets a password, forgets it, and sets another", async () => {
  const email = "invited@kept.example";
  const page = await open("/people/new");
  await fillIn(page, admin);
  await page.waitForURL(`${app.url}/people/new`);
  await page.fill("input[name=name]", "Invited Person");
  await page.fill("input[name=email]", email);
  await page.click("text=Add and send an invitation");
  await page.waitForSelector("text=An invitation goes to");
  expect(await heard(page)).toBe(`Invited Person is added. An invitation goes to ${email}.`);
  const first = await linkIn(email);

  const [person] = await query<{ id: string }>(app.ownerUrl, "SELECT id FROM person WHERE email = $1", [email]);
  await page.goto(`${app.url}/people/${person?.id}`);
  await page.click("text=Send it by e-mail");
  const second = await linkIn(email, 2);
  expect(second).not.toBe(first);

  const late = await open(first);
  expect(await late.locator("main").textContent()).toContain("This link is no longer good");
  const theirs = await open(second);
  await theirs.fill("main input[name=password]", "seven boats on a slow river");
  await theirs.click("main button[type=submit]");
  await theirs.waitForSelector("text=Invited Person");

  const forgetful = await open("/sign-in");
  await forgetful.click("text=Forgotten your password?");
  await forgetful.waitForSelector("h1:has-text('Forgotten your password')");
  const { violations } = await new AxeBuilder({ page: forgetful }).analyze();
  expect(violations).toEqual([]);
  await forgetful.fill("main input[name=email]", email);
  await forgetful.click("main button[type=submit]");
  await forgetful.waitForSelector("text=Look into your mail");
  const third = await linkIn(email, 3);
  await forgetful.goto(app.url + third);
  await forgetful.fill("main input[name=password]", "nine lamps in an old house");
  await forgetful.click("main button[type=submit]");
  await forgetful.waitForURL((url) => !url.pathname.startsWith("/set-password"));
  await theirs.goto(`${app.url}/account`);
  expect(theirs.url(), "their other sessions have ended").toContain("/sign-in");
  for (const each of [page, late, theirs, forgetful]) await each.context().close();
});

test("asking works without any script, and an address of nobody is told the same", async () => {
  const said = [];
  for (const email of [admin.email, "nobody@kept.example"]) {
    const page = await open("/forgot-password", false);
    await page.fill("main input[name=email]", email);
    await page.click("main button[type=submit]");
    said.push(await heard(page));
    await page.context().close();
  }
  expect(said[0]).toContain("Look into your mail");
  expect(said[1]).toBe(said[0]);
  await linkIn(admin.email);
  expect(sink.taken.filter(({ to }) => to[0] === "nobody@kept.example")).toEqual([]);
  const wrong = await open("/forgot-password", false);
  await wrong.fill("main input[name=email]", "x＠kept.example");
  await wrong.click("main button[type=submit]");
  expect(await wrong.locator("main").textContent()).toContain("characters that only look like others");
  expect(await wrong.inputValue("main input[name=email]")).toBe("x＠kept.example");
  await wrong.context().close();
});
