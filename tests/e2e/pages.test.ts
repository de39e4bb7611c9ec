import { readFile } from "node:fs/promises";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** Every page as people see it: in three languages, light and dark, on a phone and on a desk. */

let app: RunningApp;
let browser: Browser;
let admin: SignedIn;

beforeAll(async () => {
  app = await startApp();
  browser = await openBrowser();
  admin = await signedIn(app.ownerUrl, "admin");
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const register = "/viet-nam-laos";
const pages = [
  "/sign-in",
  `${register}/register`,
  `${register}/register?q=hospital&sort=-deadline`,
  `${register}/register?q=nothing-has-this-word`,
  `${register}/register/filters`,
  `${register}/overview`,
  `${register}/calendar?month=2025-12`,
  `${register}/calendar?month=2027-02&owner=me`,
  `${register}/timeline?group=agency&zoom=quarter`,
  `${register}/timeline?q=nothing-has-this-word&filters=open`,
  `${register}/desk`,
  `${register}/commitments/VL-101`,
  `${register}/commitments/new`,
  `${register}/meetings`,
  `${register}/meetings/committee-48`,
  `${register}/indicators`,
  `${register}/indicators/bilateral-trade`,
  `${register}/sources`,
  `${register}/sources/moit-2024-01`,
  `${register}/sources/new`,
  `${register}/sources/moit-2024-01/edit`,
  `${register}/meetings/new`,
  `${register}/meetings/committee-48/edit`,
  `${register}/indicators/new`,
  `${register}/indicators/bilateral-trade/edit`,
  `${register}/indicators/bilateral-trade/figures/new`,
  `${register}/indicators/bilateral-trade/targets/new`,
  `${register}/parties`,
  `${register}/parties/new`,
  `${register}/parties/laos`,
  `${register}/places/new`,
  `${register}/reports`,
  `${register}/reports/view?day=2026-06-30`,
  `${register}/reports/view?template=between&period=months&months=12`,
  `${register}/reports/view?template=indicators`,
  `${register}/reports/view?template=brief&record=VL-048`,
  `${register}/reports/view?template=brief&record=none`,
  `${register}/reports/schedules`,
  `${register}/reports/schedules/new`,
  `${register}/export`,
  `${register}/tasks`,
  `${register}/reminders`,
  `${register}/reminders/new`,
  `${register}/reminders/plan?days=365`,
  `${register}/reminders/holidays?year=2027`,
  `${register}/import`,
  `${register}/webhooks`,
  `${register}/webhooks/new`,
  `${register}/no-such-page`,
  "/people",
  "/people/new",
  "/people/security",
  "/account",
  "/account/reminders",
  "/account/api",
  "/inbox",
  "/letters",
  "/worker",
  "/audit",
];
const looks = [
  { locale: "en", colorScheme: "light", width: 1440 },
  { locale: "vi", colorScheme: "dark", width: 360 },
  { locale: "lo", colorScheme: "light", width: 360 },
] as const;

type Look = { locale: string; colorScheme: "light" | "dark"; width: number };

/** A browser window of its own; `wrong` collects what the console and the content security policy complain of. */
async function open({
  locale,
  colorScheme,
  width,
}: Look): Promise<{ context: BrowserContext; page: Page; wrong: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const [name = "", value = ""] = admin.cookie.split("=");
  await context.addCookies([
    { name, value, url: app.url },
    { name: "kept-locale", value: locale, url: app.url },
  ]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 404/.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(error.message));
  return { context, page, wrong };
}

for (const look of looks) {
  describe(`${look.locale}, ${look.colorScheme}, ${look.width} px`, () => {
    for (const address of pages) {
      test(address, async () => {
        const { context, page, wrong } = await open(look);
        if (address === "/sign-in") await context.clearCookies({ name: "kept" });
        await page.goto(app.url + address, { waitUntil: "load" });
        expect(await page.locator("html").getAttribute("lang")).toBe(look.locale);
        expect(await page.locator("h1").count()).toBe(1);
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, "scrolls sideways").toBeLessThanOrEqual(0);
        expect(wrong).toEqual([]);
        await context.close();
      });
    }
  });
}

test("what people type is text: no script of theirs runs, on any page", async () => {
  const payloads: string[] = JSON.parse(await readFile(path.resolve("tests/e2e/payloads.json"), "utf8"));
  const rows = await query<{ id: string }>(app.ownerUrl, "SELECT id FROM commitment ORDER BY number");
  for (const [at, { id }] of rows.entries()) {
    const hostile =
      payloads.filter((_, n) => n % rows.length === at || n === at).join(" ") || payloads[at % payloads.length];
    const text = JSON.stringify({ en: hostile, vi: hostile, lo: hostile });
    await query(
      app.ownerUrl,
      "UPDATE commitment SET title = $2, statement = $2, deadline_phrase = $3, owner_id = $4 WHERE id = $1",
      [id, text, hostile, admin.id],
    );
    await query(
      app.ownerUrl,
      "INSERT INTO progress_report (id, commitment_id, as_of, by_name, text, completion, evidence, evidence_url) VALUES (gen_random_uuid(), $1, now(), $2, $2, 'limited', 'none', 'javascript:alert(1)')",
      [id, hostile],
    );
    await query(
      app.ownerUrl,
      "INSERT INTO audit_event (actor_name, verb, subject_type, subject_id, changes) VALUES ($2, 'commitment.editTexts', 'commitment', $1, jsonb_build_object('title.en', jsonb_build_array($2::text, $2::text || '!')))",
      [id, hostile],
    );
  }
  await query(app.ownerUrl, "UPDATE person SET name = $1", [payloads.slice(0, 3).join(" ")]);
  await query(
    app.ownerUrl,
    "UPDATE party SET name = jsonb_build_object('en', $1::text, 'vi', $1::text, 'lo', $1::text)",
    [payloads[3]],
  );
  await query(
    app.ownerUrl,
    "UPDATE meeting SET name = jsonb_build_object('en', $1::text, 'vi', $1::text, 'lo', $1::text)",
    [payloads[4]],
  );

  const { context, page, wrong } = await open(looks[0]);
  // A payload that runs calls one of these, or asks for an address that nothing here has.
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(dialog.message());
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) ran.push(request.url());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.sample}`),
    );
  });
  const references = await query<{ reference: string }>(
    app.ownerUrl,
    "SELECT reference FROM commitment ORDER BY number",
  );
  const addresses = [
    ...pages,
    `${register}/register?sort=reference`,
    ...payloads.slice(0, 20).map((payload) => `${register}/register?q=${encodeURIComponent(payload)}`),
    ...references.slice(0, 40).map(({ reference }) => `${register}/commitments/${reference}`),
  ];
  for (const address of addresses) await page.goto(app.url + address, { waitUntil: "load" });
  expect(ran).toEqual([]);
  expect(wrong).toEqual([]);
  expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
  await context.close();
}, 300_000);
