import { DELETE, GET, POST, PUT } from "#app/api/v1/[...path]/route.ts";

/** Asking the API as the server does, without the server. */

export const listNames = ["commitments", "indicators", "sources", "meetings"] as const;
export type ListName = (typeof listNames)[number];

// These tests ask more in a minute than anybody may; tests/api/limits.test.ts asks with the usual limit.
process.env.KEPT_API_RATE = "1000000";
// Letters are queued, and none goes: there is no worker.
Object.assign(process.env, { SMTP_URL: "smtp://127.0.0.1:9", KEPT_MAIL_FROM: "kept@kept.example" });

const methods = { GET, POST, PUT, DELETE };
export type Asked = { headers?: Record<string, string>; body?: unknown };

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** `path` without "/api/v1". A body is sent as JSON; a text and a file as they are. */
export function ask(method: string, path: string, { headers = {}, body }: Asked = {}): Promise<Response> {
  const handler = methods[method as keyof typeof methods] ?? methods.POST;
  const isFile = body instanceof Uint8Array;
  const raw = isFile ? Buffer.from(body) : typeof body === "string" ? body : JSON.stringify(body);
  const sent = body === undefined ? {} : { body: raw as BodyInit };
  const type: Record<string, string> =
    body === undefined ? {} : { "content-type": isFile ? "application/octet-stream" : "application/json" };
  return handler(new Request(`http://localhost/api/v1${path}`, { method, headers: { ...type, ...headers }, ...sent }));
}

/** A list's answer. `query`: "limit=2&form=pledge". */
export const askList = (name: ListName, query: string, headers: Record<string, string>): Promise<Response> =>
  ask("GET", `/${name}?${query}`, { headers });

/** A record's answer; `id` as people know it. */
export const askOne = (id: string, headers: Record<string, string>, query = ""): Promise<Response> =>
  ask("GET", `/commitments/${encodeURIComponent(id.toWellFormed())}?${query}`, { headers });

export const askNothing = (headers: Record<string, string>): Promise<Response> => ask("GET", "/nothing", { headers });
