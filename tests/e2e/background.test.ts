import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { query, signedIn } from "#tests/support/people.ts";

/** What the worker makes for people: the archive that somebody asks for, and a report that comes by itself. */

const register = "/viet-nam-laos";
let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  app = await startApp({ worker: true });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** A page of somebody of that role. */
async function open(role: "viewer" | "manager"): Promise<Page> {
  const person = await signedIn(app.ownerUrl, role);
  const context = await browser.newContext({ acceptDownloads: true });
  const [name = "", value = ""] = person.cookie.split("=");
  await context.addCookies([{ name, value, url: app.url }]);
  return context.newPage();
}

test("the whole register as a file: asked for, left, found again, and whole", async () => {
  const page = await open("viewer");
  await page.goto(`${app.url}${register}/export`);
  await page.getByRole("button", { name: "Make the archive" }).click();
  await page.waitForURL(`**${register}/tasks**`);
  await page.goto(`${app.url}${register}/register`);
  await page.goto(`${app.url}${register}/tasks`);
  const link = page.getByRole("link", { name: /^Download/ });
  await link.waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^viet-nam-laos-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzipSync(await readFile(await download.path()));
  const { resources } = JSON.parse(new TextDecoder().decode(files["datapackage.json"])) as {
    resources: { path: string; bytes: number; hash: string }[];
  };
  expect(resources.length).toBeGreaterThan(40);
  for (const { path, bytes, hash } of resources) {
    const file = files[path] ?? new Uint8Array();
    expect(file.length, path).toBe(bytes);
    expect(hash, path).toContain(createHash("sha256").update(file).digest("hex"));
  }
  // It is nobody else's.
  const address = (await link.getAttribute("href")) ?? "";
  const other = await open("manager");
  expect((await other.request.get(`${app.url}${address}`)).status()).toBe(404);
});

test("a report on a schedule is issued and sent once, without anybody asking", async () => {
  const page = await open("manager");
  await page.goto(`${app.url}${register}/reports/schedules/new`);
  await page.getByRole("textbox").nth(0).fill("Weekly to the minister");
  await page.getByRole("textbox").nth(1).fill("minister@kept.example");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Weekly to the minister" }).waitFor();
  expect((await page.textContent("main")) ?? "").toContain("minister@kept.example");
  // A week passes.
  await query(app.ownerUrl, "UPDATE report_schedule SET made_until = now() - interval '8 days'");
  await query(app.ownerUrl, "UPDATE job SET next_at = now() WHERE name = 'reports'");
  const letters = () =>
    query<{ state: string; address: string }>(
      app.ownerUrl,
      "SELECT state, address FROM letter WHERE report_id IS NOT NULL AND address IS NOT NULL",
    );
  // There is no mail server: the letter is written, and kept as not sent.
  await expect.poll(letters, { timeout: 90_000 }).toEqual([{ state: "unsent", address: "minister@kept.example" }]);
  await page.goto(`${app.url}${register}/reports`);
  await page
    .getByRole("link", { name: /^Weekly to the minister/ })
    .first()
    .click();
  await page.waitForURL(/\/reports\/[0-9a-f-]{36}/);
  const [report] = await query<{ hash: string }>(
    app.ownerUrl,
    "SELECT encode(hash, 'hex') AS hash FROM report WHERE schedule_id IS NOT NULL",
  );
  expect(await page.textContent("main")).toContain(report?.hash ?? "no report");
});
