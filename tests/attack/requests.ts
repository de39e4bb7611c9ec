import fc from "fast-check";
import type { z } from "zod";
import type { BuiltAction } from "#tests/support/actions.ts";
import { inputsFor, type Known } from "./generate.ts";

/** A request as it goes over the line, headers and path as they stand. */
export type Sent = { method: string; path: string; headers: Record<string, string>; body?: string };

type Ground = {
  url: string;
  /** Addresses that lead to something. */
  paths: readonly string[];
  actions: readonly { action: BuiltAction; input: z.ZodType | null }[];
  known: Known;
  cookies: readonly string[];
  token: string;
};

/** What breaks programs. */
const nasty: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\ufffe",
  "\u202e",
  "\u0301",
  "-1",
  "0",
  "1e309",
  "NaN",
  "99999999999999999999",
  "-9223372036854775809",
  "2147483648",
  "null",
  "undefined",
  "[object Object]",
  "__proto__",
  "constructor",
  "toString",
  "';DROP TABLE commitment;--",
  "%",
  "_",
  "\\",
  "..",
  "../../etc/passwd",
  "{{7*7}}",
  "$" + "{7*7}",
  "$undefined",
  "$1:constructor",
  "$F1",
  "infinity",
  "9999-12-31",
  "0000-00-00",
  "2026-02-30",
  "-2026",
  "+012026",
  "e\u0301\u0323",
  "ວຽງຈັນ",
  "Đường sắt",
  "𝓀".repeat(50),
  "a".repeat(5000),
  "a,".repeat(2000),
  `"${"[".repeat(500)}`,
  "(a+)+$",
  "<script>alert(1)</script>",
  "\r\nX: y",
];

const names = [
  ..."q sort columns limit cursor portfolio after before form kind strength sector owner party place completion evidence".split(
    " ",
  ),
  ..."schedule due from to year day lang template as format ids of id state next days query recent page view scope group".split(
    " ",
  ),
  ..."verb subject actor type person __proto__ constructor q[] q[$ne] filter[a][b] _rsc done".split(" "),
];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 80 }) },
);

/** Values for headers: bytes that a line may carry. */
const headerValue = fc
  .oneof(value, fc.constantFrom("1", "*", "text/html", "gzip", "bytes=0-0", "close", "en;q=9,*", 'W/"x"'))
  .map((text) =>
    Buffer.from(text)
      .toString("latin1")
      .replace(/[^\t\x20-\x7e\x80-\xff]/g, "?")
      .slice(0, 3000),
  );
const headerName = fc.constantFrom(
  ..."accept accept-language accept-encoding cookie referer user-agent if-none-match if-match if-modified-since range".split(
    " ",
  ),
  ..."rsc next-url next-router-state-tree next-router-prefetch next-router-segment-prefetch next-action purpose".split(
    " ",
  ),
  ..."x-forwarded-for x-forwarded-host x-forwarded-proto x-middleware-subrequest x-nonce authorization idempotency-key".split(
    " ",
  ),
  ..."origin sec-fetch-site content-type x-http-method-override last-event-id expect-ct te prefer".split(" "),
);

const encoded = (text: string) => encodeURIComponent(text.toWellFormed());

const query = fc.oneof(
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), value), value), { maxLength: 5 })
    .map((pairs) => pairs.map(([name, given]) => `${encoded(name)}=${encoded(given)}`).join("&")),
  fc.string({ unit: fc.constantFrom(..."=&%+[]0aF?/;.,"), maxLength: 60 }),
);

/** The address with some of its parts made something else. */
const pathFrom = (paths: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...paths), fc.nat(8), fc.option(value, { freq: 2, nil: null }), query)
    .map(([path, part, other, search]) => {
      const parts = path.split("?", 1)[0]?.split("/") ?? [];
      if (other !== null && parts.length > 1) parts[1 + (part % (parts.length - 1))] = encoded(other);
      const plain = parts.join("/").slice(0, 6000) || "/";
      return `${plain.startsWith("/") ? plain : `/${plain}`}${search && `?${search}`}`.replace(/[^\x21-\x7e]/g, "%20");
    });

const odd = fc.dictionary(headerName, headerValue, { maxKeys: 3 });

/** Something else at some place of an input: another value, a list, an object, nothing. */
const mangled = (input: fc.Arbitrary<unknown>) =>
  fc.tuple(input, fc.nat(20), fc.oneof(value, fc.jsonValue(), fc.constant(undefined))).map(([given, at, other]) => {
    if (typeof given !== "object" || given === null) return other;
    const entries = Object.entries(given);
    const name = entries[at % Math.max(1, entries.length + 1)]?.[0] ?? "more";
    return { ...given, [name]: other };
  });

/**
 * Requests of every sort over everything that the build has: addresses with odd parts, query strings and headers; calls of
 * every server action with inputs that fit, nearly fit, or are nothing of the sort; odd methods and bodies.
 */
export function requestsOver({ url, paths, actions, known, cookies, token }: Ground): fc.Arbitrary<Sent> {
  const cookie = fc.constantFrom(...cookies);
  const data = paths.filter((path) =>
    /^\/api\/|\/(counts|rows|views|words|choices|values|matches|palette|search)\b/.test(path),
  );
  const who = (path: string, given: string): Record<string, string> =>
    path.startsWith("/api/v1") ? { authorization: `Bearer ${token}` } : { cookie: given };
  const read = (from: readonly string[]) =>
    fc.tuple(pathFrom(from), odd, cookie).map(([path, headers, given]): Sent => {
      return { method: "GET", path, headers: { ...who(path, given), ...headers } };
    });
  const call = fc.constantFrom(...actions).chain(({ action, input }) => {
    const fitting = input ? inputsFor(input, known) : fc.jsonValue();
    const args = fc.oneof(
      { weight: 3, arbitrary: mangled(fitting).map((one) => JSON.stringify([one])) },
      { weight: 2, arbitrary: fitting.map((one) => JSON.stringify([one])) },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: value },
    );
    const page = action.page.replace("[portfolio]", "viet-nam-laos").replace("[reference]", "VL-001") || "/";
    return fc.tuple(args, cookie).map(([body, given]) => ({
      method: "POST",
      path: page,
      headers: {
        origin: url,
        cookie: given,
        accept: "text/x-component",
        "content-type": "text/plain;charset=UTF-8",
        "next-action": action.id,
      },
      body: body.toWellFormed(),
    }));
  });
  const type = fc.constantFrom(
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "image/png",
    "",
  );
  const write = fc
    .tuple(
      fc.constantFrom("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
      pathFrom(paths),
      odd,
      fc.oneof(value, fc.json()),
      type,
      cookie,
    )
    .map(([method, path, headers, body, kind, given]): Sent => {
      const sent = {
        method,
        path,
        headers: { origin: url, "content-type": kind, ...who(path, given), ...headers },
      };
      return method === "HEAD" ? sent : { ...sent, body: body.toWellFormed() };
    });
  return fc.oneof(
    { weight: 35, arbitrary: call },
    { weight: 30, arbitrary: read(data) },
    { weight: 12, arbitrary: read(paths) },
    { weight: 23, arbitrary: write },
  );
}
