import { describe, expect, test } from "vitest";
import { password, underAttack } from "./under-attack.ts";

/**
 * Links that begin here and end elsewhere. What stands against it: `ownPath` (lib/people/rules.ts), `wayBack`
 * (lib/i18n/way-back.ts), `encodeURIComponent` in app/api/unsubscribe, and `hearsay` (lib/start/headers.ts).
 */

const app = underAttack();

const elsewhere = [
  "https://elsewhere.example",
  "//elsewhere.example",
  "///elsewhere.example",
  "/\\elsewhere.example",
  "\\\\elsewhere.example",
  "/\t/elsewhere.example",
  "/\n/elsewhere.example",
  "\t//elsewhere.example",
  " //elsewhere.example",
  "/%09/elsewhere.example",
  "/%2felsewhere.example",
  "/%5celsewhere.example",
  "/.//elsewhere.example",
  "/..//elsewhere.example",
  "/a/..//elsewhere.example",
  "/;@elsewhere.example",
  "@elsewhere.example",
  ".elsewhere.example",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,x",
  "http:elsewhere.example",
  "http:/elsewhere.example",
  "https:\\\\elsewhere.example",
  "/\u0000/elsewhere.example",
  "/\u2028//elsewhere.example",
  "\uff0f\uff0felsewhere.example",
  "/\r\nSet-Cookie: kept=planted",
  "/x\r\nLocation: https://elsewhere.example",
  "/sign-out",
  "/api/calendar/x",
  `/${"a".repeat(10_000)}`,
];

/** Where a browser that reads this at that address would go. */
const leadsTo = (location: string, from: string) => new URL(location, app.url(from));

function expectHere(location: string | null, from: string, why: string): void {
  if (location === null) return;
  expect(location, why).not.toMatch(/[\r\n\t\0]/);
  const { origin, pathname } = leadsTo(location, from);
  expect(origin, why).toBe(app.url());
  expect(pathname, why).not.toMatch(/^\/[/\\]/);
}

describe("where one goes after", () => {
  test("signing in is a page of ours, whatever was asked for", async () => {
    const { email } = await app.enter("viewer");
    for (const next of elsewhere) {
      await app.forgetTries();
      const response = await app.send("signIn", { email, password, next });
      const action = response.headers.get("x-action-redirect")?.split(";")[0] ?? null;
      expect(action ?? response.headers.get("location"), JSON.stringify(next)).not.toBe(null);
      for (const location of [action, response.headers.get("location")]) expectHere(location, "/sign-in", next);
      await response.body?.cancel();
    }
  });

  test("opening the sign-in page when one is signed in already", async () => {
    for (const next of elsewhere) {
      for (const query of [`next=${encodeURIComponent(next)}`, `next=/&next=${encodeURIComponent(next)}`]) {
        const response = await app.get(`/sign-in?${query}`, { cookie: app.people.viewer.cookie });
        expect(response.status).toBe(307);
        expectHere(response.headers.get("location"), "/sign-in", next);
      }
    }
  });

  test("opening a page while one is not, and the form says so, too", async () => {
    for (const path of [
      "//elsewhere.example/x",
      "/\\elsewhere.example",
      "/viet-nam-laos/desk?next=//elsewhere.example",
    ]) {
      const response = await raw(path);
      if (response.status < 400) expectHere(response.headers.get("location"), "/", path);
    }
  });

  test("changing the language", async () => {
    for (const referer of elsewhere
      .map((each) => each.replace(/[^\x20-\x7e]/g, ""))
      .concat("http://elsewhere.example//x.example")) {
      const response = await fetch(app.url("/api/preferences"), {
        method: "POST",
        headers: { origin: app.url(), referer, "content-type": "application/x-www-form-urlencoded" },
        body: "locale=vi",
        redirect: "manual",
      });
      expect(response.status).toBe(303);
      expectHere(response.headers.get("location"), "/", referer);
    }
  });

  test("a letter's link", async () => {
    for (const path of [
      "%2f%2felsewhere.example",
      "..%2f..%2f%2felsewhere.example",
      "%5c%5celsewhere.example",
      "x%0d%0aSet-Cookie:%20kept=planted",
    ]) {
      const response = await app.get(`/api/unsubscribe/${path}`);
      expectHere(response.headers.get("location"), `/api/unsubscribe/${path}`, path);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

test("what somebody says of the address does not end up in what we send", async () => {
  const [feed] = await app.sql<{ id: string }>("SELECT id FROM portfolio LIMIT 1");
  const made = await app.call<{ secret?: string; path?: string }>(
    "createFeed",
    [{ portfolioId: feed?.id, viewId: null }],
    app.people.manager,
  );
  const headers = {
    "x-forwarded-host": "elsewhere.example",
    "x-forwarded-proto": "gopher",
    "x-forwarded-port": "1",
    forwarded: "host=elsewhere.example;proto=https",
    "x-original-url": "/people",
    "x-rewrite-url": "/people",
    "x-host": "elsewhere.example",
    "x-forwarded-server": "elsewhere.example",
    "x-forwarded-prefix": "/elsewhere.example",
  };
  const secret = /[\w-]{43}/.exec(JSON.stringify(made))?.[0];
  const paths = [
    "/",
    "/sign-in",
    "/viet-nam-laos/register",
    "/viet-nam-laos/reports/download?as=csv",
    `/api/calendar/${secret}.ics`,
  ];
  for (const path of paths) {
    const response = await app.get(path, { ...headers, cookie: app.people.manager.cookie });
    expect(response.status, path).toBeLessThan(400);
    expect(await response.text(), path).not.toContain("elsewhere.example");
    expectHere(response.headers.get("location"), path, path);
  }
  const other = await app.get("/people", { ...headers, "x-original-url": "/sign-in" });
  expect(other.status).toBe(307);
});

/** A path as it stands: fetch would mend it. */
async function raw(path: string): Promise<Response> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url());
    const asked = request({ hostname, port, path }, (answer) => {
      answer.resume();
      const headers = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
      resolve(new Response(null, { status: answer.statusCode ?? 0, headers }));
    });
    asked.once("error", reject);
    asked.end();
  });
}
