import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { openBrowser } from "#tests/support/browser.ts";

let app: RunningApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test("health says whether the database answers, and nothing else", async () => {
  const answer = await fetch(`${app.url}/api/health`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok", database: "ok" });
});

describe("in a browser", () => {
  test("the first page runs under its policy without a violation, in a second or so", async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || /Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    const answer = await page.goto(app.url, { waitUntil: "networkidle" });
    expect(answer?.ok()).toBe(true);
    expect(await page.title()).toContain("Kept");
    // React has taken the page over: its scripts ran.
    await page.waitForFunction(() =>
      Object.keys(document.documentElement.ownerDocument).some((key) => key.startsWith("_reactListening")),
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("a script that was slipped in does not run", async () => {
    const page = await browser.newPage();
    await page.goto(app.url);
    const ran = await page.evaluate(async () => {
      const script = document.createElement("div");
      script.innerHTML = `<img src="x" onerror="window.slipped = 1">`;
      document.body.append(script);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return "slipped" in window;
    });
    expect(ran).toBe(false);
    await page.close();
  });
});

test("static files are served small, and for good", async () => {
  const html = await (await fetch(app.url)).text();
  const script = /\/_next\/static\/[^"]+\.js/.exec(html)?.[0];
  const answer = await fetch(`${app.url}${script}`, { headers: { "accept-encoding": "br" } });
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  for (const path of ["nothing.js", "..%2f..%2fserver%2fapp-paths-manifest.json", "../BUILD_ID"]) {
    expect((await fetch(`${app.url}/_next/static/${path}`)).status, path).toBe(404);
  }
  expect((await fetch(`${app.url}/_next/static/%00`)).status).toBe(400);
});
