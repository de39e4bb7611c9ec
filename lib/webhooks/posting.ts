import dns from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { addressProblem, isCompatible, isLoopback, isNever } from "./address.ts";
import type { Failure, Tried } from "./rules.ts";

/**
 * One call to an address that somebody typed in. The name is looked up once, every address that it leads to has to be a
 * public one, and the connection goes to the very addresses that were looked at: an answer that changes in between
 * (rebinding) changes nothing. request-filtering-agent does that, where Node connects; what it takes for public and is
 * not is refused here. No redirect is followed, and no proxy is asked.
 */

export type Call = { url: string; headers: Record<string, string>; body: string };

export type Way = {
  allowPrivate: boolean;
  /** Milliseconds for the whole of it: the name, the connection, the answer. */
  timeout: number;
  /** How names are looked up; the system's way where nothing is given. */
  lookup?: LookupFunction;
  /** Certificates to trust besides the known ones. */
  ca?: string;
};

/** Of an answer so many bytes are read, and so many characters kept. */
const readMost = 16 * 1024;
const keptMost = 2048;

class Refused extends Error {}

/** Never throws: what went wrong is the outcome. */
export async function post(call: Call, way: Way): Promise<Tried> {
  const begun = performance.now();
  const duration = () => Math.round(performance.now() - begun);
  const over = AbortSignal.timeout(way.timeout);
  try {
    const response = await answerTo(call, way, over);
    const answer = shown(await beginningOf(response, over));
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return { taken: true, status, duration: duration(), answer };
    const retryAfter = response.headers["retry-after"];
    const failed = { taken: false, failure: failureOf(status), status, duration: duration(), answer } as const;
    return retryAfter === undefined ? failed : { ...failed, retryAfter };
  } catch (error) {
    const failure = over.aborted ? "timeout" : failureIn(error);
    return { taken: false, failure, status: null, duration: duration(), answer: null };
  }
}

function answerTo({ url, headers, body }: Call, way: Way, signal: AbortSignal): Promise<IncomingMessage> {
  const { allowPrivate, lookup = dns.lookup as LookupFunction, ca } = way;
  // What the settings allow may have changed since the address was typed in.
  if (addressProblem(url, { allowPrivate })) throw new Refused();
  const target = new URL(url);
  const plain = target.protocol === "http:";
  const agent = new (plain ? RequestFilteringHttpAgent : RequestFilteringHttpsAgent)({
    keepAlive: false,
    allowPrivateIPAddress: allowPrivate,
  });
  const options = {
    ...{ method: "POST", headers, agent, signal, lookup: strict(lookup, { allowPrivate, plain }) },
    ...(!plain && { rejectUnauthorized: true, ...(ca && { ca }) }),
  };
  return new Promise((resolve, reject) => {
    const sent = (plain ? httpRequest : httpsRequest)(target, options, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A look-up that fails where any of its addresses is one that nothing is sent to. */
function strict(lookup: LookupFunction, { allowPrivate, plain }: { allowPrivate: boolean; plain: boolean }) {
  const isBad = (ip: string) =>
    isIP(ip) === 0 || isNever(ip) || (!allowPrivate && isCompatible(ip)) || (plain && !isLoopback(ip));
  const checked: LookupFunction = (host, options, done) =>
    lookup(host, options, (error, found, family) => {
      const all = typeof found === "string" ? [found] : (found ?? []).map(({ address }) => address);
      if (!error && all.some(isBad)) return done(new Refused() as NodeJS.ErrnoException, found, family);
      done(error, found, family);
    });
  return checked;
}

async function beginningOf(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= readMost) break;
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks).subarray(0, readMost);
}

/** What is kept of an answer: text, without signs that a database or a reader cannot take. */
const shown = (bytes: Buffer): string =>
  bytes
    .toString("utf8")
    .slice(0, keptMost)
    .toWellFormed()
    .replace(/[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069]/gv, "");

function failureOf(status: number): Failure {
  if (status === 410) return "gone";
  return status >= 300 && status < 400 ? "redirect" : "status";
}

function failureIn(error: unknown): Failure {
  const { code = "", message = "", cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  // The library gives its refusals no code.
  if (error instanceof Refused || /is not allowed\. Because/.test(message)) return "address";
  if (["ENOTFOUND", "EAI_AGAIN", "ENODATA"].includes(code)) return "noSuchHost";
  if (/^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL_|EPROTO)/.test(code)) return "certificate";
  if (code || error instanceof AggregateError) return "connection";
  return cause ? failureIn(cause) : "unexpected";
}
