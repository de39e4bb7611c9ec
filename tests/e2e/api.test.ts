import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asDescribed, described } from "#tests/api/document.ts";
import { samples } from "#tests/api/samples.ts";
import { type Ask, createWorld, type World } from "#tests/api/world.ts";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { addPortfolio, query, type SignedIn, signedIn } from "#tests/support/people.ts";

/** The API as programs reach it: every operation over HTTP, and what stands in front of it. */

let app: RunningApp;
let admin: SignedIn;
let viewer: SignedIn;
let worlds: { admin: World; viewer: World };

// Letters are queued, and none goes.
const mail = { SMTP_URL: "smtp://127.0.0.1:9", KEPT_MAIL_FROM: "kept@kept.example" };

const ask: Ask = (method, path, { headers = {}, body } = {}) =>
  fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: { ...(body !== undefined && { "content-type": typeOf(body) }), ...headers },
    ...(body !== undefined && { body: sentAs(body) }),
  });

const typeOf = (body: unknown) => (body instanceof Uint8Array ? "application/octet-stream" : "application/json");
const sentAs = (body: unknown): BodyInit =>
  body instanceof Uint8Array ? Buffer.from(body) : typeof body === "string" ? body : JSON.stringify(body);

beforeAll(async () => {
  app = await startApp({ env: { KEPT_API_RATE: "100000", ...mail } });
  process.env.KEPT_OWNER_URL = app.ownerUrl;
  [admin, viewer] = [await signedIn(app.ownerUrl, "admin"), await signedIn(app.ownerUrl, "viewer")];
  worlds = { admin: createWorld({ ask, admin, who: admin }), viewer: createWorld({ ask, admin, who: viewer }) };
});
afterAll(() => app?.stop());

describe("every operation of the document", () => {
  for (const operation of described) {
    test(operation.operationId, async () => {
      for (const [role, who] of Object.entries({ admin, viewer })) {
        const sample = await samples[operation.operationId]?.(worlds[role as "admin"]);
        if (!sample) throw new Error("no sample");
        const { path, version, body } = sample;
        const response = await ask(operation.method, path, {
          body,
          headers: {
            authorization: `Bearer ${who.token}`,
            ...(version !== undefined && { "if-match": `"${version}"` }),
          },
        });
        const { status } = response;
        const answer = await asDescribed(operation, response);
        const may = role === "admin" || operation["x-least-role"] === "viewer";
        expect(status, JSON.stringify(answer)).toSatisfy((it: number) => (may ? it < 300 : it === 403 || it === 404));
      }
    });
  }
});

describe("in front of it", () => {
  const place = { name: { en: "Nowhere", vi: "", lo: "" }, aliases: [], iso: null, country: null };

  test("a session's cookie opens nothing, also from our own pages", async () => {
    for (const method of ["GET", "POST"]) {
      const response = await ask(method, "/places", {
        headers: { cookie: admin.cookie, origin: app.url },
        ...(method === "POST" && { body: place }),
      });
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe('Bearer realm="Kept"');
    }
  });

  test("a write without a token is told that it needs one; with a foreign page's cookie it does not come in", async () => {
    expect((await ask("POST", "/places", { body: place })).status).toBe(401);
    const headers = { cookie: admin.cookie, origin: "https://elsewhere.example" };
    expect((await ask("POST", "/places", { headers, body: place })).status).toBe(403);
  });

  test("other sites are told nothing: no CORS", async () => {
    const preflight = { origin: "https://elsewhere.example", "access-control-request-method": "POST" };
    const options = await ask("OPTIONS", "/places", { headers: preflight });
    expect(options.status).toBe(405);
    const get = await ask("GET", "/me", { headers: { ...preflight, authorization: `Bearer ${admin.token}` } });
    expect(get.status).toBe(200);
    for (const { headers } of [options, get])
      expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("too much is too much, and no method is none", async () => {
    const headers = { authorization: `Bearer ${admin.token}` };
    expect((await ask("POST", "/places", { headers, body: `"${"a".repeat(1_500_000)}"` })).status).toBe(413);
    expect((await ask("POST", "/places", { headers, body: `"${"a".repeat(2_500_000)}"` })).status).toBe(413);
    expect((await ask("PATCH", "/places", { headers, body: {} })).status).toBe(405);
    const head = await ask("HEAD", "/me", { headers });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("the document is there for everybody, and its page for who is signed in", async () => {
    const response = await fetch(`${app.url}/api/v1/openapi.json`, { headers: { "accept-language": "vi" } });
    expect(await response.json()).toMatchObject({ openapi: "3.1.0", info: { title: "API của Kept" } });
    // Among the operations above is one that ends all of one's sessions.
    const { cookie } = await signedIn(app.ownerUrl, "viewer");
    const page = await (await fetch(`${app.url}/account/api`, { headers: { cookie } })).text();
    for (const { operationId } of described) expect(page).toContain(`id="${operationId}"`);
  });
});

test("files and news that nobody reads take no connection from the pages", async () => {
  await addPortfolio(app.ownerUrl, "long");
  await query(
    app.ownerUrl,
    `INSERT INTO commitment (id, portfolio_id, number, reference, form, kind, strength, sector_id, title, statement, draft_locales, completion, evidence)
      SELECT gen_random_uuid(), 'long', i, 'LONG-' || i, 'pledge', 'project', 'pledge', 'health', '{"en":"Work","vi":"","lo":""}',
        '{"en":"To be done.","vi":"","lo":""}', '{}', 'limited', 'none' FROM generate_series(1, 2203) i`,
  );
  // Among the operations above is one that ends all of one's sessions.
  const reader = await signedIn(app.ownerUrl, "admin");
  const headers = { cookie: reader.cookie, authorization: `Bearer ${reader.token}` };
  const files = ["/long/register/download?as=csv", "/api/v1/commitments/file?portfolio=long"];
  // More than all servers have connections.
  for (let at = 0; at < 30; at++) {
    for (const path of [...files, "/api/inbox"]) {
      const { status } = await fetch(app.url + path, { method: "HEAD", headers });
      expect([path, status]).toEqual([path, 200]);
    }
    for (const path of files) {
      const signal = AbortSignal.timeout(at * 3);
      await fetch(app.url + path, { headers, signal }).then(
        ({ body }) => body?.cancel(),
        () => {},
      );
    }
  }
  for (let at = 0; at < 20; at++) {
    const page = await fetch(`${app.url}/long/register`, { headers, signal: AbortSignal.timeout(5000) });
    expect([page.status, (await page.text()).includes("LONG-1")]).toEqual([200, true]);
  }
  const whole = await (await fetch(`${app.url}${files[0]}`, { headers })).text();
  expect(whole.trimEnd().split("\r\n")).toHaveLength(2204);
});
