import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressed,
  contentSecurityPolicy,
  fixedHeaders,
  guard,
  letterPolicy,
  policyFor,
  stripHearsay,
} from "#lib/start/headers.ts";

const own = "http://kept.example:3000";
const write = (headers: Record<string, string>, method = "POST") => guard({ method, headers }, own);

describe("writes", () => {
  test("come from our own pages", () => {
    expect(write({ origin: own })).toBe("allow");
    expect(write({ origin: own, "sec-fetch-site": "same-origin" })).toBe("allow");
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])("%s without an origin is refused", (method) => {
    expect(write({}, method)).toBe("origin");
  });

  test.each([
    "null",
    "",
    "http://kept.example",
    "https://kept.example:3000",
    "http://kept.example:3000/",
    "http://kept.example:3000.evil.example",
    "http://evil.example",
    "kept.example:3000",
    `${own}, http://evil.example`,
  ])("from %j are refused", (origin) => {
    expect(write({ origin })).toBe("origin");
  });

  test.each(["cross-site", "same-site", "none", ""])("that the browser calls %j are refused", (site) => {
    expect(write({ origin: own, "sec-fetch-site": site })).toBe("origin");
  });

  test("with a bearer token and no cookie are no browser's", () => {
    expect(write({ authorization: "Bearer abc" })).toBe("allow");
    expect(write({ authorization: "Bearer abc", cookie: "session=1" })).toBe("origin");
    expect(write({ authorization: "Bearer abc", cookie: "" })).toBe("origin");
    expect(write({ authorization: "Basic abc" })).toBe("origin");
  });

  test("of no other origin, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (origin) => {
        expect(write({ origin })).toBe(origin === own ? "allow" : "origin");
      }),
    );
  });
});

describe("the API, which looks at no cookie", () => {
  const post = (pathname: string, headers: Record<string, string> = {}) =>
    guard({ method: "POST", headers }, own, pathname);

  test("tells who has no token that one is needed", () => {
    expect(post("/api/v1/places")).toBe("allow");
    expect(post("/api/v1/places", { origin: "https://elsewhere.example" })).toBe("allow");
  });

  test("is no way in for a browser's cookie, and no address beside it is", () => {
    const foreign = { cookie: "a=b", origin: "https://elsewhere.example", authorization: "Bearer x" };
    expect(post("/api/v1/places", foreign)).toBe("origin");
    for (const path of ["/api/v1", "/api/v10/places", "/api/preferences", "/people/api/v1/", "/API/v1/places"])
      expect(post(path)).toBe("origin");
  });
});

describe("one click in a mail program", () => {
  const token = "a-_B9".repeat(9).slice(0, 43);
  const post = (pathname: string, method = "POST", headers: Record<string, string> = {}) =>
    guard({ method, headers }, own, pathname);

  test("posts to its letter's address from nowhere, or from anywhere", () => {
    expect(post(`/api/unsubscribe/${token}`)).toBe("allow");
    expect(post(`/api/unsubscribe/${token}`, "POST", { origin: "https://mail.example" })).toBe("allow");
  });

  test.each([
    "/api/unsubscribe",
    "/api/unsubscribe/",
    `/api/unsubscribe/${token}/`,
    `/api/unsubscribe/${token}x`,
    `/api/unsubscribe/${token.slice(1)}`,
    `/api/unsubscribe/${token.slice(1)}.`,
    `/api/unsubscribe/${token.slice(3)}%2e`,
    `/x/api/unsubscribe/${token}`,
    `//api/unsubscribe/${token}`,
    `/API/unsubscribe/${token}`,
    `/api/unsubscribe/../${token.slice(3)}`,
    `/unsubscribe/${token}`,
    "/account",
  ])("and to no other: %s", (pathname) => {
    expect(post(pathname)).toBe("origin");
  });

  test("with no other method", () => {
    for (const method of ["PUT", "PATCH", "DELETE"]) expect(post(`/api/unsubscribe/${token}`, method)).toBe("origin");
  });
});

test("a letter is shown under a policy of its own, and nothing else is", () => {
  const id = "019a0000-0000-7000-8000-000000000000";
  expect(policyFor(`/letters/${id}/html`, "abc")).toBe(letterPolicy);
  for (const pathname of [`/letters/${id}`, `/letters/${id}/html/`, `/x/letters/${id}/html`, "/letters/x/html", "/"]) {
    expect(policyFor(pathname, "abc")).toBe(contentSecurityPolicy("abc"));
  }
});

test("methods that nothing answers are refused, even with a token", () => {
  for (const method of ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "post", ""]) {
    expect(write({ origin: own, authorization: "Bearer abc" }, method)).toBe("method");
  }
});

describe("the address", () => {
  const read = (headers: Record<string, string>, options: { proxies?: number; pinned?: string } = {}) =>
    addressed({ method: "GET", headers }, { remote: "::ffff:192.0.2.1", proxies: 0, ...options });

  test("is the host asked for, and the client who asked", () => {
    expect(read({ host: "Kept.example:3000" })).toEqual({
      client: "192.0.2.1",
      origin: "http://kept.example:3000",
      host: "kept.example:3000",
    });
    expect(read({ host: "kept.example:80" })?.origin).toBe("http://kept.example");
    expect(read({ host: "[::1]:3000" })?.origin).toBe("http://[::1]:3000");
  });

  test("is never what a client says a proxy said", () => {
    const forged = {
      host: "a",
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-host": "b",
      "x-forwarded-proto": "https",
    };
    expect(read(forged)).toEqual({ client: "192.0.2.1", origin: "http://a", host: "a" });
  });

  test("is what our own proxies say, and not what was said to them", () => {
    const headers = { host: "inner", "x-forwarded-host": "kept.example", "x-forwarded-proto": "https" };
    const said = { ...headers, "x-forwarded-for": "203.0.113.9, 198.51.100.7, 192.0.2.50" };
    expect(read(said, { proxies: 1 })).toEqual({
      client: "192.0.2.50",
      origin: "https://kept.example",
      host: "kept.example",
    });
    expect(read(said, { proxies: 2 })?.client).toBe("198.51.100.7");
    expect(read(headers, { proxies: 1 })?.client).toBe("192.0.2.1");
  });

  test("is KEPT_URL's and no other, where that is set", () => {
    const pinned = "https://kept.example";
    expect(read({ host: "kept.example" }, { pinned })?.origin).toBe(pinned);
    expect(read({ host: "evil.example" }, { pinned })).toBeUndefined();
    expect(read({ host: "kept.example:8080" }, { pinned })).toBeUndefined();
  });

  test.each(["", "a/b", "a@b", "a b", "a?b", "a#b", "a,b", "a:b", "[", "ä"])("is not %j", (host) => {
    expect(read({ host })).toBeUndefined();
  });

  test("always makes an origin that browsers could send", () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        const address = read({ host });
        if (address) expect(URL.canParse(address.origin) || /:\d{5}$|^http:\/\/[\d.]+/.test(address.origin)).toBe(true);
      }),
    );
  });
});

test("headers with which guards were got past elsewhere do not come through", () => {
  const headers: Record<string, string> = {
    "x-middleware-subrequest": "middleware",
    "x-forwarded-host": "evil",
    forwarded: "for=1",
    "x-real-ip": "1",
    "x-nonce": "known",
    "content-security-policy": "script-src *",
    "content-security-policy-report-only": "script-src 'nonce-known'",
    "x-request-id": "mine",
    "x-invoke-path": "/people",
    "x-matched-path": "/people",
    cookie: "a=b",
    "next-action": "abc",
    rsc: "1",
  };
  stripHearsay(headers);
  expect(Object.keys(headers)).toEqual(["cookie", "next-action", "rsc"]);
});

test("the policy allows scripts by nonce alone, and no frames, plugins or other bases", () => {
  const policy = contentSecurityPolicy("abc");
  expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|style-src [^;]*unsafe-inline|\*/);
  for (const part of [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy).toContain(part);
  }
});

test("browsers are told to keep to https only where we are served so", () => {
  const names = (https: boolean) => fixedHeaders({ https }).map(([name]) => name);
  expect(names(true)).toContain("Strict-Transport-Security");
  expect(names(false)).not.toContain("Strict-Transport-Security");
});
