import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mostBytes } from "#lib/importing/limits.ts";
import { requestHandler } from "#lib/start/server.ts";

/** What stands before Next, in front of a page of the test's own. */
let page: (request: IncomingMessage, response: ServerResponse) => void;
const seen: IncomingMessage[] = [];
const live = new Set<ServerResponse>();
const make = (env: { KEPT_URL?: string; KEPT_TRUST_PROXY?: number } = {}) =>
  createServer(
    requestHandler({
      env: { KEPT_URL: env.KEPT_URL, KEPT_TRUST_PROXY: env.KEPT_TRUST_PROXY ?? 0 },
      dev: false,
      live,
      files: async (_request, response) => void response.end("static"),
      render: async (request, response) => {
        seen.push(request);
        page(request, response);
      },
    }),
  );
const servers = { plain: make(), pinned: make({ KEPT_URL: "https://kept.example", KEPT_TRUST_PROXY: 1 }) };
const portOf = (name: keyof typeof servers) => (servers[name].address() as AddressInfo).port;

beforeAll(async () => {
  for (const server of Object.values(servers))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  for (const server of Object.values(servers)) server.close();
});
beforeEach(() => {
  seen.length = 0;
  page = (_request, response) => void response.setHeader("Content-Type", "text/html; charset=utf-8").end("<p>page</p>");
});

type Asked = {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  server?: keyof typeof servers;
};
type Answer = { status: number; headers: IncomingMessage["headers"]; body: string };

function fetchRaw({ path = "/", method = "GET", headers = {}, body, server = "plain" }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = ask({ host: "127.0.0.1", port: portOf(server), path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

const origin = () => `http://127.0.0.1:${portOf("plain")}`;

describe("a page", () => {
  test("has a new nonce each time, the same for Next as for the browser", async () => {
    const answers = [await fetchRaw({}), await fetchRaw({})];
    const nonces = answers.map(
      ({ headers }) => /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1],
    );
    expect(new Set(nonces).size).toBe(2);
    expect(Buffer.from(nonces[0] ?? "", "base64")).toHaveLength(16);
    expect(seen[1]?.headers).toMatchObject({
      "content-security-policy": answers[1]?.headers["content-security-policy"],
      "x-nonce": nonces[1],
      "x-request-id": answers[1]?.headers["x-request-id"],
    });
  });

  test.each(["text/html", "text/x-component", "application/json", "text/csv", "application/problem+json"])(
    "of type %s is kept by no cache, whatever the app says",
    async (type) => {
      page = (_request, response) => {
        response.writeHead(200, { "content-type": type, "cache-control": "s-maxage=31536000" }).end("x");
      };
      expect((await fetchRaw({})).headers["cache-control"]).toBe("private, no-store");
    },
  );

  test("of any other type is kept by none that it does not name itself", async () => {
    page = (_request, response) => void response.setHeader("Content-Type", "application/pdf").end("x");
    expect((await fetchRaw({})).headers["cache-control"]).toBe("private, no-store");
    page = (_request, response) => void response.setHeader("Cache-Control", "private, no-cache").end("x");
    expect((await fetchRaw({})).headers["cache-control"]).toBe("private, no-cache");
  });

  test("carries the fixed headers, and so does a refusal", async () => {
    for (const { headers } of [await fetchRaw({}), await fetchRaw({ method: "POST" })]) {
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
      });
      expect(headers["x-powered-by"]).toBeUndefined();
    }
  });

  test("is compressed for those who ask, and a live stream never", async () => {
    page = (_request, response) => void response.setHeader("Content-Type", "text/html").end("page ".repeat(1000));
    const headers = { "accept-encoding": "gzip" };
    expect((await fetchRaw({ headers })).headers["content-encoding"]).toBe("gzip");
    expect((await fetchRaw({})).headers["content-encoding"]).toBeUndefined();
    page = (_request, response) => void response.setHeader("Content-Type", "text/event-stream").end("data: 1\n\n");
    expect((await fetchRaw({ headers })).headers["content-encoding"]).toBeUndefined();
  });
});

describe("what does not reach the app", () => {
  test("a write from elsewhere", async () => {
    for (const headers of [
      {} as Record<string, string>,
      { origin: "null" },
      { origin: "http://evil.example" },
      { origin: "::" },
    ]) {
      const answer = await fetchRaw({ method: "POST", headers, body: "a=b" });
      expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('"origin"') });
    }
    expect(seen).toHaveLength(0);
    expect((await fetchRaw({ method: "POST", headers: { origin: origin() } })).status).toBe(200);
  });

  test.each(["OPTIONS", "TRACE", "PROPFIND"])("the method %s", async (method) => {
    const answer = await fetchRaw({ method, headers: { origin: origin() } });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD, POST, PUT, PATCH, DELETE");
    expect(seen).toHaveLength(0);
  });

  test.each(["/_next/image", "/_next/image?url=%2Fx&w=64&q=75", "/_next/image/"])("%s", async (path) => {
    expect((await fetchRaw({ path })).status).toBe(404);
    expect(seen).toHaveLength(0);
  });

  test("a body that is too large, whether it says so or not", async () => {
    page = async (request, response) => {
      try {
        for await (const _chunk of request);
        response.end("read");
      } catch {
        response.destroy();
      }
    };
    const headers = { origin: origin() };
    const large = Buffer.alloc(2_000_001);
    expect((await fetchRaw({ method: "POST", headers, body: large })).status).toBe(413);
    const chunked = { ...headers, "transfer-encoding": "chunked" };
    expect((await fetchRaw({ method: "POST", headers: chunked, body: large })).status).toBe(413);
    expect((await fetchRaw({ method: "POST", headers: chunked, body: large.subarray(1) })).body).toBe("read");
    // A file that is to be imported may be larger.
    for (const path of ["/a/import/upload", "/api/v1/imports"]) {
      expect((await fetchRaw({ path, method: "POST", headers: chunked, body: large })).body).toBe("read");
      const file = Buffer.alloc(mostBytes + 1);
      for (const given of [headers, chunked])
        expect((await fetchRaw({ path, method: "POST", headers: given, body: file })).status).toBe(413);
    }
  });

  test("an address that is none", async () => {
    expect((await fetchRaw({ headers: { host: "a@b" } })).status).toBe(421);
    for (const path of ["/%E0%A4%A", "/a%00b"]) expect((await fetchRaw({ path })).status).toBe(400);
    const told = (state: string) => fetchRaw({ headers: { rsc: "1", "next-router-state-tree": state } });
    for (const state of ["gzip", "NaN", "%", "{}", "[1,2]"]) expect((await told(state)).status, state).toBe(400);
    const raw = await new Promise<string>((resolve) => {
      const socket = connect(portOf("plain"), "127.0.0.1", () => {
        socket.end("GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      });
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("close", () => resolve(text));
    });
    expect(raw).toMatch(/^HTTP\/1.1 421/);
    expect(seen).toHaveLength(0);
  });
});

describe("behind a proxy, with KEPT_URL", () => {
  const through = { host: "kept.example", "x-forwarded-proto": "https", "x-forwarded-for": "1.2.3.4, 203.0.113.9" };

  test("only that address is answered; health checks come by any", async () => {
    expect((await fetchRaw({ server: "pinned", headers: through })).status).toBe(200);
    expect((await fetchRaw({ server: "pinned", headers: { host: "evil.example" } })).status).toBe(421);
    expect((await fetchRaw({ server: "pinned", path: "/api/health" })).status).toBe(200);
  });

  test("the app is told the client whom the proxy saw, and the browser to keep to https", async () => {
    const { headers } = await fetchRaw({ server: "pinned", headers: through });
    expect(seen[0]?.headers).toMatchObject({ "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https" });
    expect(headers["strict-transport-security"]).toBe("max-age=31536000");
  });

  test("writes come from that address", async () => {
    const write = (from: string) =>
      fetchRaw({ server: "pinned", method: "POST", headers: { ...through, origin: from } });
    expect((await write("https://kept.example")).status).toBe(200);
    expect((await write("http://kept.example")).status).toBe(403);
  });
});

test("the app hears of the client's own address, not of one that the client made up", async () => {
  await fetchRaw({
    headers: { "x-forwarded-for": "198.51.100.7", "x-middleware-subrequest": "x", "x-nonce": "known" },
  });
  expect(seen[0]?.headers["x-forwarded-for"]).toBe("127.0.0.1");
  expect(seen[0]?.headers["x-middleware-subrequest"]).toBeUndefined();
  expect(seen[0]?.headers["x-nonce"]).not.toBe("known");
});

test("a call of an action on which Next fails is the caller's mistake", async () => {
  page = (_request, response) => {
    response.statusCode = 500;
    response.end("x");
  };
  const call = (headers: Record<string, string>) =>
    fetchRaw({ method: "POST", headers: { origin: origin(), ...headers } });
  expect((await call({ "next-action": "abc" })).status).toBe(400);
  expect((await call({ "content-type": "multipart/form-data; boundary=x" })).status).toBe(400);
  expect((await call({ "content-type": "application/json" })).status).toBe(500);
  expect((await fetchRaw({})).status).toBe(500);
  page = (_request, response) => {
    response.statusCode = 500;
    response.setHeader("Content-Type", "application/json");
    response.end("{}");
  };
  expect((await call({ "content-type": "multipart/form-data; boundary=x" })).status).toBe(500);
});

test("a failure of the app is a 500 that says nothing of it", async () => {
  page = () => {
    throw new Error("the password is swordfish");
  };
  const { error } = console;
  console.error = () => {};
  try {
    const answer = await fetchRaw({});
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain("swordfish");
  } finally {
    console.error = error;
  }
});
