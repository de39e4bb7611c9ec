import fc from "fast-check";
import type { z } from "zod";
import { namesIn, type Operation, outsideBody } from "#lib/api/operation.ts";
import { operations } from "#lib/api/operations.ts";
import type { BuiltAction } from "#tests/support/actions.ts";
import { fieldsOf, inputsFor, type Known } from "./generate.ts";

/** A request as it goes over the line, headers and path as they stand. `about`: which action, address or operation it is for. */
export type Sent = { about: string; method: string; path: string; headers: Record<string, string>; body?: string };

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

/** The address with some of its parts made something else; half of them keep their own query. */
const pathFrom = (paths: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...paths), fc.nat(8), fc.option(value, { freq: 2, nil: null }), query, fc.boolean())
    .map(([about, part, other, search, keeps]) => {
      const [address = "", own] = about.split("?", 2);
      const parts = address.split("/");
      if (other !== null && parts.length > 1) parts[1 + (part % (parts.length - 1))] = encoded(other);
      const plain = parts.join("/").slice(0, 6000) || "/";
      const asked = [keeps && own, search].filter(Boolean).join("&");
      const path = `${plain.startsWith("/") ? plain : `/${plain}`}${asked && `?${asked}`}`;
      return { about, path: path.replace(/[^\x21-\x7e]/g, "%20") };
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

/** A form as browsers send it to an action. */
const formOf = (fields: Record<string, string>) =>
  Object.entries({ ...fields, "0": '[{},"$K1"]' })
    .map(([name, given]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${given}\r\n`)
    .join("")
    .concat("--x--\r\n");

/** What forms of the door ask for, and what of it may be right. */
const doorField = fc.constantFrom(..."email password token name code next".split(" ").map((name) => `_1_${name}`));
const doorValue = fc.oneof(value, fc.constantFrom("somebody@kept.example", "000000", "/account", "four horses"));

type Sort = (ground: Ground) => fc.Arbitrary<Sent>;

/** Calls of every server action with inputs that fit, nearly fit, or are nothing of the sort. */
const calls: Sort = ({ url, actions, known, cookies }) =>
  fc.constantFrom(...actions).chain(({ action, input }) => {
    const fitting = input ? inputsFor(input, known) : fc.jsonValue();
    const plain = fc.oneof(
      { weight: 3, arbitrary: mangled(fitting).map((one) => JSON.stringify([one])) },
      { weight: 2, arbitrary: fitting.map((one) => JSON.stringify([one])) },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: value },
    );
    const form = fc.dictionary(doorField, doorValue, { maxKeys: 4 }).map(formOf);
    const body = input
      ? plain.map((text) => ["text/plain;charset=UTF-8", text])
      : fc.oneof(
          plain.map((text) => ["text/plain;charset=UTF-8", text]),
          form.map((text) => ["multipart/form-data; boundary=x", text]),
        );
    const path = action.page.replace("[portfolio]", "viet-nam-laos").replace("[reference]", "VL-001") || "/";
    return fc.tuple(body, fc.constantFrom(...cookies)).map(([[type = "", text = ""], cookie]) => ({
      about: `action ${action.name}`,
      method: "POST",
      path,
      headers: { origin: url, cookie, accept: "text/x-component", "content-type": type, "next-action": action.id },
      body: text.toWellFormed(),
    }));
  });

/** Every operation of the API, with what it asks for or nearly so. */
const operated: Sort = ({ known, token }) =>
  fc.constantFrom(...Object.entries(operations)).chain(([name, operation]) => {
    const place = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...([...(known.id ?? []), ...(known.key ?? []), "1"] as string[])) },
      { weight: 1, arbitrary: value },
    );
    const places = fc.tuple(
      ...namesIn(operation.path).map(({ name: field }) => {
        const own = known[field] as string[] | undefined;
        return own && field !== "id" ? fc.oneof(fc.constantFrom(...own), place) : place;
      }),
    );
    const version = fc.oneof({ weight: 6, arbitrary: fc.constantFrom('"1"', '"2"') }, headerValue);
    return fc
      .tuple(places, query, version, fc.option(headerValue, { freq: 3 }), bodyOf(operation, known))
      .map(([given, search, ifMatch, key, body]): Sent => {
        let at = 0;
        const path = operation.path.replace(/\{[\w:]+\}/g, () => encoded(String(given[at++])) || "x");
        return {
          about: `operation ${name}`,
          method: operation.method,
          path: `/api/v1${path}${search && `?${search}`}`.replace(/[^\x21-\x7e]/g, "%20"),
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            "if-match": ifMatch,
            ...(key !== null && { "idempotency-key": key }),
          },
          ...(body !== null && { body }),
        };
      });
  });

function bodyOf(operation: Operation, known: Known): fc.Arbitrary<string | null> {
  if (operation.method === "GET") return fc.constant(null);
  const { input } = operation.command;
  const { names: outside } = outsideBody(operation);
  const fields = Object.entries(fieldsOf(input)).filter(([name]) => !outside.includes(name));
  const fitting =
    fields.length > 0
      ? fc.record(Object.fromEntries(fields.map(([name, schema]) => [name, inputsFor(schema, known, name)])))
      : inputsFor(input, known);
  return fc
    .oneof({ weight: 3, arbitrary: fitting }, { weight: 3, arbitrary: mangled(fitting) }, fc.jsonValue(), value)
    .map((body) => (typeof body === "string" ? body : (JSON.stringify(body) ?? "")).toWellFormed());
}

/** Addresses with odd parts, query strings and headers. */
const reads =
  (among: (path: string) => boolean): Sort =>
  ({ paths, cookies, token }) =>
    fc
      .tuple(pathFrom(paths.filter(among)), odd, fc.constantFrom(...cookies))
      .map(([{ about, path }, headers, cookie]) => ({
        about,
        method: "GET",
        path,
        headers: { ...who(path, { cookie, token }), ...headers },
      }));

/** Odd methods and bodies. */
const writes: Sort = ({ url, paths, cookies, token }) =>
  fc
    .tuple(
      fc.constantFrom("POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
      pathFrom(paths),
      odd,
      fc.oneof(value, fc.json()),
      fc.constantFrom(
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "image/png",
        "",
      ),
      fc.constantFrom(...cookies),
    )
    .map(([method, { about, path }, headers, body, type, cookie]): Sent => {
      const given = { origin: url, "content-type": type, ...who(path, { cookie, token }), ...headers };
      const sent = { about, method, path, headers: given };
      return method === "HEAD" ? sent : { ...sent, body: body.toWellFormed() };
    });

const who = (path: string, { cookie, token }: { cookie: string; token: string }): Record<string, string> =>
  path.startsWith("/api/v1") ? { authorization: `Bearer ${token}` } : { cookie };

const isData = (path: string) =>
  /^\/api\/|\/(counts|rows|views|words|choices|values|matches|palette|search)\b/.test(path);

/** Requests of every sort over everything that the build has. */
export function requestsOver(ground: Ground): fc.Arbitrary<Sent> {
  return fc.oneof(
    { weight: 35, arbitrary: calls(ground) },
    { weight: 20, arbitrary: operated(ground) },
    { weight: 15, arbitrary: reads(isData)(ground) },
    { weight: 10, arbitrary: reads((path) => !isData(path))(ground) },
    { weight: 20, arbitrary: writes(ground) },
  );
}
