import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** Every page as people see it: in three languages, light and dark, on a phone and on a desk. */

let app: RunningApp;
let browser: Browser;
let admin: SignedIn;

beforeAll(async () => {
  app = await startApp({
    env: {
      // Mail and a provider are set up, so that what they bring is on the pages. Nobody answers there.
      ...{ SMTP_URL: "smtp://127.0.0.1:9", KEPT_MAIL_FROM: "kept@kept.example" },
      ...{ KEPT_OIDC_ISSUER: "http://127.0.0.1:9", KEPT_OIDC_CLIENT_ID: "kept", KEPT_OIDC_NAME: "The Ministry" },
    },
  });
  browser = await openBrowser();
  admin = await signedIn(app.ownerUrl, "admin");
  await addWebhook();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const register = "/viet-nam-laos";
const webhook = "0198c0de-0000-4000-8000-000000000001";

/** One that has taken something, and refused something. */
async function addWebhook(): Promise<void> {
  await query(
    app.ownerUrl,
    `INSERT INTO webhook (id, portfolio_id, url, description, kinds, sealed, position)
      VALUES ($1, 'viet-nam-laos', 'https://archive.example/hook', 'The archive', '{}', '\\x00', 0)`,
    [webhook],
  );
  await query(
    app.ownerUrl,
    `INSERT INTO webhook_delivery (id, webhook_id, state, attempts, tried_at, status, duration, answer, error) VALUES
      (gen_random_uuid(), $1, 'delivered', 1, now(), 204, 12, '', NULL),
      (gen_random_uuid(), $1, 'parked', 8, now(), 500, 40, '<b>no</b>', 'webhooks.failure.status')`,
    [webhook],
  );
}

/** `me` stands for the id of whoever looks. */
const pages = [
  "/sign-in",
  "/forgot-password",
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
  `${register}/webhooks/${webhook}`,
  `${register}/no-such-page`,
  "/people",
  "/people/me",
  "/portfolios",
  "/portfolios/new",
  "/portfolios/viet-nam-laos",
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

/** One window for all pages of a look, as a person has; `wrong` collects what the console and the policy complain of. */
async function open({ locale, colorScheme, width }: Look): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  await context.addCookies([{ name: "kept-locale", value: locale, url: app.url }]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 404/.test(message.text())) wrong.push(message.text());
  });
  page.on("pageerror", (error) => wrong.push(error.message));
  return { page, wrong };
}

for (const look of looks) {
  describe(`${look.locale}, ${look.colorScheme}, ${look.width} px`, () => {
    let page: Page;
    let wrong: string[];
    beforeAll(async () => {
      ({ page, wrong } = await open(look));
    });
    afterAll(() => page?.context().close());
    afterEach(() => wrong.splice(0));

    for (const address of pages) {
      test(address, async () => {
        const [name = "", value = ""] = admin.cookie.split("=");
        if (address === "/sign-in") await page.context().clearCookies({ name });
        else await page.context().addCookies([{ name, value, url: app.url }]);
        await page.goto(app.url + address.replace(/\/me$/, `/${admin.id}`), { waitUntil: "load" });
        expect(await page.locator("html").getAttribute("lang")).toBe(look.locale);
        expect(await page.locator("h1").count()).toBe(1);
        // Without a window of its own to put its findings together in: there are no frames of others in these.
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode()
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, "scrolls sideways").toBeLessThanOrEqual(0);
        expect(wrong).toEqual([]);
      });
    }
  });
}
