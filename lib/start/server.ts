import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { Duplex } from "node:stream";
import compression from "compression";
import next from "next";
import type { Env } from "#lib/env.ts";
import { mostBytes } from "#lib/importing/limits.ts";
import { log, loggedPath } from "#lib/log.ts";
import { addressed, allowedMethods, fixedHeaders, guard, policyFor, stripHearsay } from "#lib/start/headers.ts";
import { staticFiles } from "#lib/start/static.ts";

/** The largest body that any form, action or API call of ours sends, but for files that are to be imported. */
const bodyLimit = 2_000_000;
const takesFiles = /^\/(?:[^/]+\/import\/upload|api\/v1\/imports)$/;
/** The number of a report leads to exactly its records, by an address of up to 17,000 letters (lib/commitments/numbers.ts). */
const headLimit = 32_768;
/** How long requests may take to finish once the server was told to stop. */
const drainTime = 10_000;

/**
 * Serves the app: Next renders, and stands behind what Next leaves to a proxy. In this order: the address asked for,
 * headers that only we may set, writes from elsewhere, the size of bodies; then static files, then Next, with a fresh
 * nonce in the policy. None of this says who may do what: that is for commands and queries alone.
 */
export async function serve({ env, dev = false }: { env: Env; dev?: boolean }): Promise<{ close(): Promise<void> }> {
  const server = createServer({
    ...{ keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
    maxHeaderSize: headLimit,
  });
  // Next listens for web sockets on the server that it is given. Only its development tools use them.
  const app = next({ dev, dir: process.cwd(), port: env.PORT, httpServer: dev ? server : createServer() });
  await app.prepare();
  const live = new Set<ServerResponse>();
  const handler = requestHandler({
    env,
    dev,
    live,
    render: app.getRequestHandler(),
    files: dev ? undefined : await staticFiles(path.resolve(env.KEPT_DIST, "static")),
  });
  server.on("request", handler);
  if (!dev) server.on("upgrade", (_request, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.PORT, resolve);
  });
  return { close: () => drain(server, live) };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What stands before Next, as one function. `live` holds the event streams that are open. */
export function requestHandler({
  env,
  dev,
  live,
  render,
  files,
}: {
  env: Pick<Env, "KEPT_URL" | "KEPT_TRUST_PROXY">;
  dev: boolean;
  live: Set<ServerResponse>;
  render: Handler;
  files: ((request: IncomingMessage, response: ServerResponse, pathname: string) => Promise<void>) | undefined;
}): Handler {
  const { KEPT_URL: pinned, KEPT_TRUST_PROXY: proxies } = env;
  // Fast rather than small: this is done again for every page. A live stream must not wait in a compressor.
  const compress = compression({ level: 1, filter: (_, response) => isText(response) });
  const always = fixedHeaders({ https: pinned?.startsWith("https:") ?? false });

  return async (request, response) => {
    const { headers, url = "/", method = "GET" } = request;
    const id = randomUUID();
    response.setHeader("X-Request-Id", id);
    for (const [name, value] of always) response.setHeader(name, value);
    onHead(request, response, live);
    logWhenDone({ id, method, url }, response);
    try {
      const pathname = url.split("?", 1)[0] ?? "/";
      // Whoever watches over the app asks at whatever address it has.
      const healthCheck = pathname === "/api/health";
      const remote = request.socket.remoteAddress ?? "";
      const address = addressed({ method, headers }, { remote, proxies, pinned: healthCheck ? undefined : pinned });
      if (!address || !url.startsWith("/")) return refuse(response, 421, "misdirected");
      // Next answers an address that is no text with 500.
      if (!isDecodable(pathname)) return refuse(response, 400, "address");
      // And what its own script would not say, too.
      if (!isRouterState(headers["next-router-state-tree"])) return refuse(response, 400, "address");
      stripHearsay(headers);
      headers["x-request-id"] = id;
      headers["x-forwarded-for"] = address.client;
      headers["x-forwarded-proto"] = address.origin.startsWith("https:") ? "https" : "http";
      // Pages are not told their own address; whoever has to sign in first wants to come back to it.
      headers["x-kept-path"] = url;
      headers.host = address.host;

      const verdict = guard({ method, headers }, address.origin, pathname);
      if (verdict === "method") {
        response.setHeader("Allow", allowedMethods);
        return refuse(response, 405, "method");
      }
      if (verdict === "origin") return refuse(response, 403, "origin");
      if (pathname.startsWith("/_next/image")) return refuse(response, 404, "notFound");
      if (files && pathname.startsWith("/_next/static/")) return await files(request, response, pathname);
      const most = takesFiles.test(pathname) ? mostBytes : bodyLimit;
      if (Number(headers["content-length"] ?? 0) > most) return refuse(response, 413, "tooLarge");
      limitBody(request, response, most);

      const nonce = randomBytes(16).toString("base64");
      const policy = policyFor(pathname, nonce, { dev });
      // Next takes the nonce for its own scripts from the request's policy.
      headers["content-security-policy"] = policy;
      headers["x-nonce"] = nonce;
      response.setHeader("Content-Security-Policy", policy);
      compress(request, response, () => {});
      response.once("close", () => releaseCompressor(response));
      await render(request, response);
    } catch (error) {
      log.error({ err: error, request: id }, "A request failed.");
      if (!response.headersSent) return refuse(response, 500, "unexpected");
      response.destroy();
    }
  };
}

/** A line for each request, where operators want one. */
function logWhenDone({ id, method, url }: { id: string; method: string; url: string }, response: ServerResponse): void {
  if (!log.isLevelEnabled("info")) return;
  const begun = performance.now();
  response.once("close", () => {
    const { statusCode: status, writableFinished: whole } = response;
    const ms = Math.round(performance.now() - begun);
    log.info({ request: id, method, path: loggedPath(url), status, ms, ...(!whole && { cut: true }) }, "request");
  });
}

/** An answer of our own: a problem (RFC 9457) with a code that the client can look up. */
function refuse(response: ServerResponse, status: number, code: string): void {
  const headers: Record<string, string> = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  // What is left of a body that we refuse to read must not be taken for the next request.
  if (status === 413) headers.Connection = "close";
  response.writeHead(status, headers).end(JSON.stringify({ type: "about:blank", status, code }));
}

/**
 * Just before the headers leave: pages, data, files and answers belong to one person at one moment, and no cache keeps them
 * (Next would let some be kept); event streams are noted, for they never end by themselves.
 */
function onHead(request: IncomingMessage, response: ServerResponse, live: Set<ServerResponse>): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  const { method, headers } = request;
  const multipart = method === "POST" && headers["content-type"]?.startsWith("multipart/form-data") === true;
  const callsAction = multipart || headers["next-action"] !== undefined;
  response.writeHead = (...args: unknown[]) => {
    const type = String(response.getHeader("content-type") ?? "");
    // What goes wrong within an action or a route of ours is in its answer (lib/action.ts), as JSON. All that Next itself
    // fails on is a call, or a form, that cannot be read.
    const failed = (args[0] ?? response.statusCode) === 500;
    if (failed && callsAction && !type.startsWith("application/json")) args[0] = 400;
    const personal = /^(?:text\/(?:html|x-component|csv)|application\/(?:json|problem))/.test(type);
    if (personal || !response.hasHeader("cache-control")) response.setHeader("Cache-Control", "private, no-store");
    if (type.startsWith("text/event-stream")) {
      live.add(response);
      response.once("close", () => live.delete(response));
    }
    return writeHead(...args);
  };
}

/** Whether an address, percent signs and all, is UTF-8, and without NUL, which no text of the database can have. */
function isDecodable(pathname: string): boolean {
  try {
    return !decodeURIComponent(pathname).includes("\0");
  } catch {
    return false;
  }
}

/** Whether a header says, as Next's script does, which page is shown: [segment, {parallel pages}, ...], as JSON and escaped. */
function isRouterState(header: string | string[] | undefined): boolean {
  if (header === undefined) return true;
  try {
    const state = JSON.parse(decodeURIComponent(String(header)));
    const [segment, pages] = Array.isArray(state) ? state : [];
    return (typeof segment === "string" || Array.isArray(segment)) && typeof pages === "object" && pages !== null;
  } catch {
    return false;
  }
}

function isText(response: ServerResponse): boolean {
  const type = String(response.getHeader("content-type") ?? "");
  return /^(?:text\/(?!event-stream)|application\/(?:json|problem\+json|xml)|image\/svg)/.test(type);
}

/** A compressor whose client has gone is not ended by the middleware, and would never be freed. */
function releaseCompressor(response: ServerResponse): void {
  if (response.writableFinished) return;
  const ignore = () => {};
  // The middleware hands listeners of `drain` on to its stream, and in doing so hands the stream out.
  const stream: unknown = response.on("drain", ignore);
  if (stream instanceof Duplex) stream.destroy();
}

/** Counts a body that does not say how long it is, as it comes in. */
function limitBody(request: IncomingMessage, response: ServerResponse, most: number): void {
  if (request.headers["transfer-encoding"] === undefined) return;
  const { push } = request;
  let size = 0;
  request.push = (chunk: Buffer | null, ...rest) => {
    size += chunk?.length ?? 0;
    if (size <= most) return push.call(request, chunk, ...rest);
    if (!response.headersSent) refuse(response, 413, "tooLarge");
    request.destroy();
    return false;
  };
}

/** Takes no more requests, lets those under way finish, and ends what never would (live streams) or takes too long. */
async function drain(server: Server, live: Set<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.closeAllConnections(), drainTime);
  for (const response of live) response.end();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}
