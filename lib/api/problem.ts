import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import { errorOf } from "#lib/action.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type MessageKey, translator } from "#lib/i18n/translator.ts";
import { Unreadable } from "#lib/importing/unreadable.ts";
import { Refused } from "./refused.ts";
import type { problemShape } from "./shapes.ts";

/** The headers of every answer: it is for one person at one moment, and no cache keeps it. */
export const answerHeaders = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  Vary: "Authorization, Accept-Language",
};

type Setting = {
  locale: Locale;
  /** What a refused sender is asked for (WWW-Authenticate). */
  challenge: string;
  /** The version that was seen came in If-Match: a stale one is a condition that failed, not a conflict. */
  conditional?: boolean;
  headers?: Readonly<Record<string, string>>;
};

/** A failure as its answer, in words of the reader's language. */
export function problem(error: unknown, { locale, challenge, conditional = false, headers = {} }: Setting): Response {
  const { key, status: plain, fields, conflict, retryAfter } = errorOf(error);
  const status = conflict && conditional ? 412 : plain;
  const t = translator(locale);
  const own: Record<string, string> = {
    "errors.notSignedIn": "api.errors.token",
    "errors.conflict": "api.errors.stale",
  };
  const said = own[key] ?? key;
  // Where a schema has no message of ours, its own would be English.
  const known = (each: string) => (t.has(each as MessageKey) ? each : "errors.invalid");
  const body: z.output<typeof problemShape> = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "",
    status,
    code: codeOf(key),
    detail: t(known(said) as MessageKey, error instanceof Unreadable ? error.values : {}),
    errors:
      fields &&
      Object.entries(fields).flatMap(([field, keys]) =>
        keys.map(known).map((each) => ({ field, code: codeOf(each), detail: t(each as MessageKey) })),
      ),
    current: conflict && { version: conflict.version, values: conflict.theirs },
  };
  return Response.json(body, {
    status,
    headers: {
      ...answerHeaders,
      ...headers,
      ...(error instanceof Refused && error.headers),
      "Content-Type": "application/problem+json",
      "Content-Language": locale,
      ...(status === 401 && { "WWW-Authenticate": challenge }),
      ...(conflict && conditional && { ETag: `"${conflict.version}"` }),
      ...(retryAfter && { "Retry-After": String(retryAfter) }),
    },
  });
}

/** "errors.date.notDay" is "date.notDay", "views.errors.name" is "views.name". */
const codeOf = (key: string) => key.replace(/(^|\.)errors\./, "$1");
