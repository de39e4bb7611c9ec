import type { IncomingHttpHeaders } from "node:http";

/** What the guards need to know of a request; `headers` as Node gives them, names in lower case. */
type Incoming = { method: string; headers: IncomingHttpHeaders };

const reading = new Set(["GET", "HEAD"]);
const writing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The methods that are answered at all, as an Allow header. */
export const allowedMethods = [...reading, ...writing].join(", ");

/**
 * What a browser may load and run: our own scripts and styles that carry this request's nonce, and what those load.
 * Style attributes are let through, since React writes them into the page (the width of a bar, say).
 * In development the bundler evaluates its modules, and talks over a web socket.
 */
export function contentSecurityPolicy(nonce: string, { dev = false } = {}): string {
  return (
    `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}; ` +
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'; style-src-attr 'unsafe-inline'`}; ` +
    `img-src 'self' data:; connect-src 'self'${dev ? " ws:" : ""}; object-src 'none'; base-uri 'none'; ` +
    "frame-ancestors 'none'; form-action 'self'"
  );
}

/** A letter as it went, which may be looked at within a page of ours and nowhere else. */
const letterLook = /^\/letters\/[0-9a-f-]{36}\/html$/;

/** What a browser may do with a letter that it shows: its own styles, links into a window of their own, and nothing else. */
export const letterPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; " +
  "sandbox allow-popups allow-popups-to-escape-sandbox";

/** The policy of a page: the usual one, but for letters. */
export function policyFor(pathname: string, nonce: string, { dev = false } = {}): string {
  return letterLook.test(pathname) ? letterPolicy : contentSecurityPolicy(nonce, { dev });
}

/** The headers of every response, whatever it holds. */
export function fixedHeaders({ https }: { https: boolean }): [name: string, value: string][] {
  const headers: [string, string][] = [
    ["X-Content-Type-Options", "nosniff"],
    ["Referrer-Policy", "same-origin"],
    ["Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"],
    ["Cross-Origin-Opener-Policy", "same-origin"],
    ["Cross-Origin-Resource-Policy", "same-origin"],
  ];
  if (https) headers.push(["Strict-Transport-Security", "max-age=31536000"]);
  return headers;
}

/**
 * Where mail programs post, from nowhere: one click in a letter's list of actions (RFC 8058). It does one thing, for whoever
 * has the secret in the address, and looks at no cookie; so there is nothing that another site could make a browser do.
 */
const oneClick = /^\/api\/unsubscribe\/[\w-]{43}$/;

/** Where no cookie is looked at: who comes without a token is told so there. */
const tokensOnly = /^\/api\/v1\//;

/**
 * Whether a request may come in: "method" for a method that nothing here answers, "origin" for a write that does not come
 * from our own pages. A write with a bearer token and no cookie is no browser's, and cannot be forged by a page.
 */
export function guard({ method, headers }: Incoming, ownOrigin: string, pathname = ""): "allow" | "method" | "origin" {
  if (reading.has(method)) return "allow";
  if (!writing.has(method)) return "method";
  if (method === "POST" && oneClick.test(pathname)) return "allow";
  const cookieless = headers.cookie === undefined;
  if (cookieless && (headers.authorization?.startsWith("Bearer ") || tokensOnly.test(pathname))) return "allow";
  const site = headers["sec-fetch-site"];
  return headers.origin === ownOrigin && (site === undefined || site === "same-origin") ? "allow" : "origin";
}

/** Who asks, and at which address: of the forwarding headers only what our own proxies wrote is believed. */
type Addressed = { client: string; origin: string; host: string };

const hostName = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/**
 * Reads the client's address and the address it asked for. `proxies` is how many stand before us; each appends the address
 * it saw, so the client's is that many places from the right, and what stands further left is hearsay.
 * Undefined when the request has no host, or, with `pinned` (KEPT_URL), another host than that.
 */
export function addressed(
  { headers }: Incoming,
  { remote, proxies, pinned }: { remote: string; proxies: number; pinned?: string | undefined },
): Addressed | undefined {
  const behind = proxies > 0;
  const host = ((behind && last(headers["x-forwarded-host"])) || headers.host || "").toLowerCase();
  if (!hostName.test(host)) return undefined;
  const client = (behind && forwarded(headers["x-forwarded-for"]).at(-proxies)) || remote;
  const proto = behind && last(headers["x-forwarded-proto"]) === "https" ? "https" : "http";
  const origin = pinned ?? `${proto}://${host.replace(proto === "https" ? /:443$/ : /:80$/, "")}`;
  if (pinned && host !== new URL(pinned).host) return undefined;
  return { client: client.replace(/^::ffff:/, ""), origin, host };
}

function forwarded(value: string | string[] | undefined): string[] {
  return [value ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}

function last(value: string | string[] | undefined): string | undefined {
  return forwarded(value).at(-1);
}

const hearsay =
  /^(?:x-forwarded-|x-middleware-|x-invoke-|x-nextjs-|x-next-|x-vercel-|forwarded$|x-real-ip$|x-matched-path$|x-now-|x-nonce$|content-security-policy|x-request-id$)/;
const fromOurPages = new Set(["x-nextjs-html-request-id", "x-nextjs-request-id"]);

/** Takes away what only we, our proxies or Next itself may say; clients who say it mean to get past a guard. */
export function stripHearsay(headers: IncomingHttpHeaders): void {
  for (const name in headers) if (hearsay.test(name) && !fromOurPages.has(name)) delete headers[name];
}
