import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "#tests/support/browser.ts";
import type { Role } from "#tests/support/routes.ts";
import { addOneOfEach, plant } from "./planting.ts";
import { actingRoutes } from "./routes.ts";
import { underAttack } from "./under-attack.ts";

/**
 * Two hundred ways to have a script of one's own run in somebody else's browser, in every text of every table, and a browser
 * that goes through all pages. What stands against it: a text set as HTML without React, the look at an address before it
 * becomes a link (components/commitments/said.tsx), and `contentSecurityPolicy`, of which the browser tells.
 */

const app = underAttack();
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const isPage = (address: string) =>
  !/^\/(?:api|sign-out|_next|icon)|\/(?:download|rows|counts|views|words|choices|values|matches|search|palette|html|live|template|preview|upload)\b/.test(
    address,
  );

/** Addresses that lead to the same sort of page. */
const sortOf = (address: string) =>
  (address.split("?", 1)[0] ?? "")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id")
    .replace(/[A-Z]{2,6}-\d+/g, ":reference")
    .replace(/(sources|meetings|indicators|parties|places)\/(?!new)[\w-]+/g, "$1/:key");

/** Somebody's browser; what a payload does that runs, and what the policy keeps it from, is written to `wrong`. */
async function windowOf(role: Role, wrong: string[]): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  const [name = "", value = ""] = app.people[role].cookie.split("=");
  await context.addCookies([{ name, value, url: app.url() }]);
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
      console.error(`CSP: ${violatedDirective} ${sample}`),
    );
  });
  // A payload that runs calls alert, or asks for an address that nothing here has.
  context.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") wrong.push(`ran: ${dialog.message()} on ${dialog.page()?.url()}`);
    return dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!/^(?:data:|blob:)/.test(request.url()) && !request.url().startsWith(app.url()))
      wrong.push(`asked for ${request.url()}`);
  });
  context.on("console", (message) => {
    if (/CSP|Content Security Policy|Refused to/i.test(message.text()))
      wrong.push(`${message.text().slice(0, 300)} on ${message.page()?.url()}`);
  });
  context.on("weberror", (error) => wrong.push(`${error.error().message.slice(0, 300)} on ${error.page()?.url()}`));
  return context;
}

test("0 scripts run, 0 pages break the policy", async () => {
  const payloads: string[] = JSON.parse(await readFile("tests/e2e/payloads.json", "utf8"));
  expect(payloads.length).toBeGreaterThanOrEqual(200);
  const { report } = await addOneOfEach(app);
  const { planted, missed } = await plant(app, payloads);
  // A new text: give it a row in addOneOfEach, or a reason in planting.ts.
  expect(missed).toEqual([]);
  // What is made a link is one text alone.
  await app.sql("UPDATE progress_report SET evidence_url = ($1::text[])[1 + (hashtext(id::text) & 7)]", [links]);

  const wrong: string[] = [];
  const seen = new Set<string>();
  const start = (await actingRoutes(app)).filter(isPage).map((address) => address.replace(/\?.*sector.*/, ""));
  const searches = payloads.slice(0, 4).map((payload) => `/viet-nam-laos/register?q=${encodeURIComponent(payload)}`);
  const crawl = async (role: Role, first: readonly string[], { follow = false, most = 1 } = {}) => {
    const context = await windowOf(role, wrong);
    const waiting = [...first];
    const known = new Set(waiting);
    const counts = new Map<string, number>();
    const visit = async (page: Page) => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        const sort = sortOf(address);
        const before = counts.get(sort) ?? 0;
        if (before >= most && !searches.includes(address)) continue;
        counts.set(sort, before + 1);
        seen.add(`${role} ${sort}`);
        const answer = await page.goto(app.url(address), { waitUntil: "load" });
        if ((answer?.status() ?? 500) >= 500) wrong.push(`${answer?.status()} ${address}`);
        const links = await page
          .locator("a[href]")
          .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
        const odd = links.filter((link) => !/^(?:https?:|mailto:|[/?#])/.test(link));
        if (odd.length > 0) wrong.push(`${address} links to ${odd[0]}`);
        const more = links
          .filter((link) => link.startsWith("/") && isPage(link))
          .map((link) => link.replace(/#.*/, ""));
        for (const link of follow ? more.filter((each) => !known.has(each)) : []) {
          known.add(link);
          waiting.push(link);
        }
      }
    };
    await Promise.all([visit(await context.newPage()), visit(await context.newPage())]);
    await context.close();
  };
  await crawl("admin", [...start, `/viet-nam-laos/reports/${report}`, ...searches], { follow: true, most: 2 });
  for (const role of ["manager", "editor", "viewer"] as const) await crawl(role, start);
  console.log(`Scripts: ${payloads.length} payloads in each of ${planted.length} columns, ${seen.size} sorts of pages`);
  expect(wrong).toEqual([]);
  expect(seen.size).toBeGreaterThan(150);
}, 600_000);

/** Addresses that run something where a browser takes them for a link. */
const links = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(2)",
  "java\tscript:alert(3)",
  " javascript:alert(4)",
  "\u0001javascript:alert(5)",
  "data:text/html,<script>alert(6)</script>",
  "vbscript:alert(7)",
  "javascript://kept.example/%0aalert(8)",
];
