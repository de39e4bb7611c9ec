import { createHash } from "node:crypto";
import type { Actor } from "#lib/actor.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/errors.ts";
import { type Locale, resolveLocale } from "#lib/i18n/locales.ts";
import { originOf } from "#lib/paths.ts";
import { teamToday } from "#lib/team-day.ts";
import { bearer, challengeOf, counted } from "./bearer.ts";
import { checkAccept, readBody, readUpload, versionSeen } from "./body.ts";
import { idempotencyKey, once } from "./once.ts";
import { type Fetching, outsideBody, type Reading, successOf, type Writing } from "./operation.ts";
import { answerHeaders, problem } from "./problem.ts";
import { readQuery } from "./query.ts";
import { Refused } from "./refused.ts";
import { type Found, find } from "./routing.ts";

const apiRoot = "/api/v1";

/**
 * Answers any request to the API: who asks, whether too often, what is asked, in which form, and whether the token may;
 * then the operation's command or query says whether the person may. Whatever goes wrong is a problem (RFC 9457).
 */
export async function answer(request: Request): Promise<Response> {
  const { headers } = request;
  const accept = headers.get("accept-language");
  const setting: { locale: Locale; headers: Record<string, string>; conditional: boolean } = {
    locale: resolveLocale({ accept }),
    headers: {},
    conditional: false,
  };
  try {
    const { actor, scopes } = await bearer(headers);
    setting.locale = resolveLocale({ person: actor.locale, accept });
    setting.headers = await counted(actor);
    const found = find(request);
    setting.conditional = found.operation.method !== "GET" && outsideBody(found.operation).versioned;
    checkAccept(headers, "media" in found.operation ? found.operation.media : undefined);
    const scope = found.operation.method === "GET" ? "read" : "write";
    if (!scopes.includes(scope)) throw new Refused(403, "api.errors.scope", insufficient(scope));
    const asked = { request, actor, found, locale: setting.locale };
    const { operation } = found;
    return withHeaders(
      operation.method === "GET" ? await read(operation, asked) : await write(operation, asked),
      setting.headers,
    );
  } catch (error) {
    return problem(error, { ...setting, challenge: challengeOf(headers) });
  }
}

const insufficient = (scope: string) => ({
  "WWW-Authenticate": `Bearer realm="Kept", error="insufficient_scope", scope="${scope}"`,
});

type Asked = { request: Request; actor: Actor; found: Found; locale: Locale };

async function read(operation: Reading | Fetching, { request, actor, found, locale }: Asked): Promise<Response> {
  const search = new URL(request.url).searchParams;
  const now = new Date();
  const query = readQuery(search, operation.query ?? {}, operation.lists);
  const { params } = found;
  const origin = originOf(request.headers);
  const call = { request, actor, params, query, search, now, today: teamToday(now), locale, origin };
  if ("media" in operation) {
    const file = await operation.fetch(call);
    if (file === null) throw new NotFound();
    return withHeaders(file, answerHeaders);
  }
  const given = await operation.give(call);
  if (given === null) throw new NotFound();
  return Response.json(given, { headers: { ...answerHeaders, ...etagOf(given) } });
}

async function write(operation: Writing, asked: Asked): Promise<Response> {
  const { request, actor, found } = asked;
  const { headers, url } = request;
  const { pathname, search, searchParams } = new URL(url);
  const query = readQuery(searchParams, operation.query ?? {});
  const { text, fields } = await sentWith(operation, asked, query);
  const { names, versioned } = outsideBody(operation);
  const twice = names.filter((name) => Object.hasOwn(fields, name));
  if (twice.length > 0) throw new InvalidInput(Object.fromEntries(twice.map((each) => [each, ["api.errors.outside"]])));
  const input = { ...fields, ...found.params, ...(versioned && { version: versionSeen(headers) }) };
  const key = operation.method === "POST" ? headers.get("idempotency-key") : null;
  const command = operation.at?.(originOf(headers)) ?? operation.command;
  if (key === null) return done(operation, await command(actor, input));
  if (operation.secret) throw new InvalidInput({ "Idempotency-Key": ["api.errors.keySecret"] });
  if (!idempotencyKey.safeParse(key).success) throw new InvalidInput({ "Idempotency-Key": ["api.errors.key"] });
  const sent = { key, request: `POST ${pathname}${search}`, body: `${headers.get("if-match") ?? ""}\n${text}` };
  const { answer: result, again } = await once(command, sent)(actor, input);
  const response = done(operation, result);
  if (again) response.headers.set("Idempotency-Replayed", "true");
  return response;
}

/** What a request brings along besides its address: fields of JSON, or what a file comes to. */
async function sentWith({ upload }: Writing, { request, actor }: Asked, query: Readonly<Record<string, unknown>>) {
  if (!upload) return readBody(request);
  if (!upload.mayRead(actor, query)) throw new Forbidden();
  const bytes = await readUpload(request, upload);
  const text = createHash("sha256").update(bytes).digest("hex");
  return { text, fields: await upload.read(bytes, query) };
}

function done(operation: Writing, result: unknown): Response {
  const status = successOf(operation);
  if (status === 204) return new Response(null, { status, headers: answerHeaders });
  const { id } = (result ?? {}) as { id?: string };
  const made: Record<string, string> = status === 201 ? { Location: `${apiRoot}${operation.creates}/${id}` } : {};
  return Response.json(result, { status, headers: { ...answerHeaders, ...etagOf(result), ...made } });
}

/** The version as a strong validator: what If-Match names. */
function etagOf(given: unknown): Record<string, string> {
  const version = typeof given === "object" && given !== null && "version" in given ? given.version : undefined;
  return typeof version === "number" ? { ETag: `"${version}"` } : {};
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
