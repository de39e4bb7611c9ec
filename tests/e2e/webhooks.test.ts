import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { type HookSink, startHookSink } from "#tests/support/hook-sink.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** A manager adds a webhook, keeps its key, tries it, and sees in its log what arrived and what did not. */

const register = "/viet-nam-laos";
let app: RunningApp;
let browser: Browser;
let sink: HookSink;
let manager: SignedIn;

beforeAll(async () => {
  sink = await startHookSink({ tls: false });
  app = await startApp({ worker: true, env: { KEPT_WEBHOOKS_PRIVATE: "allowed" } });
  browser = await openBrowser();
  manager = await signedIn(app.ownerUrl, "manager");
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
  await sink?.close();
});

async function open(): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext();
  const [name = "", value = ""] = manager.cookie.split("=");
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("dialog", () => wrong.push("a script ran"));
  return { page, wrong };
}

test("added, tried, told of a change, failed, and sent again", async () => {
  const { page, wrong } = await open();
  await page.goto(`${app.url}${register}/webhooks`);
  await page.getByRole("link", { name: "Add a webhook" }).click();
  const address = page.getByLabel("Address");
  await address.fill("https://10.0.0.1:99999/");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByText("This is not an address on the web.").waitFor();
  await address.fill(`${sink.url}/hook`);
  await page.getByLabel("What it is for").fill("The archive");
  await page.getByRole("button", { name: "Add the webhook" }).click();
  await page.getByLabel("Key", { exact: true }).waitFor();
  expect(await page.getByLabel("Key", { exact: true }).inputValue()).toMatch(/^whsec_/);
  await page.getByRole("link", { name: "Go on to the webhook" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await expect.poll(() => sink.taken.length, { timeout: 20_000 }).toBe(1);
  await settled(1);
  await page.reload();
  await page.getByText("HTTP 204").first().waitFor();

  // What the other side says is shown as text.
  sink.answer = (_call, answer) => void answer.writeHead(500).end("<script>alert(1)</script><b id=bold>no</b>");
  await query(
    app.ownerUrl,
    `INSERT INTO audit_event (portfolio_id, actor_name, verb, subject_type, subject_id, changes)
      SELECT 'viet-nam-laos', 'Somebody', 'commitment.classify', 'commitment', id::text, '{"kind": ["project", "plan"]}' FROM commitment WHERE reference = 'VL-001'`,
  );
  await expect.poll(() => sink.taken.length, { timeout: 30_000 }).toBeGreaterThan(1);
  expect(JSON.parse(sink.taken[1]?.body ?? "")).toMatchObject({
    type: "commitment.classify",
    data: { subject: { reference: "VL-001" } },
  });
  await page.goto(`${app.url}${register}/webhooks`);
  await page.getByRole("link", { name: `${sink.url}/hook` }).click();
  await page.waitForURL(/webhooks\/[0-9a-f]/);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText("HTTP 500").count();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  await page.getByText("What the other side said").first().click();
  await page.getByText("<script>alert(1)</script>").waitFor();
  expect(await page.locator("#bold").count()).toBe(0);

  sink.answer = (_call, answer) => void answer.writeHead(204).end();
  await page
    .getByRole("button", { name: /^Try now/ })
    .first()
    .click();
  await settled(2);
  await page.reload();
  expect(await page.getByText("HTTP 500").count()).toBe(0);
  expect(new Set(sink.taken.slice(1).map(({ headers }) => headers["webhook-id"])).size).toBe(1);

  await page.getByRole("button", { name: "Switch off" }).click();
  await page.getByRole("button", { name: "Switch on from now" }).waitFor();
  await page.getByRole("button", { name: "Make a new key" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new key" }).click();
  await page.getByLabel("Key", { exact: true }).waitFor();
  expect(await page.getByLabel("Key", { exact: true }).inputValue()).toMatch(/^whsec_/);
  expect(wrong).toEqual([]);
});

test("one that was switched off by itself is said on the desk of those who keep webhooks", async () => {
  await query(app.ownerUrl, "UPDATE webhook SET active = false, paused_for = 'failing'");
  const { page } = await open();
  await page.goto(`${app.url}${register}/desk`);
  await page.getByText("A webhook is paused").waitFor();
  await page.getByRole("link", { name: "Look at the webhooks" }).click();
  await page.getByText("nothing has arrived for three days").waitFor();
});

/** Until so many deliveries have arrived. */
async function settled(count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const [row] = await query<{ count: number }>(
          app.ownerUrl,
          "SELECT count(*)::int AS count FROM webhook_delivery WHERE state = 'delivered'",
        );
        return row?.count;
      },
      { timeout: 30_000 },
    )
    .toBe(count);
}
