import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashSecret } from "#lib/actor.ts";
import { password, underAttack } from "./under-attack.ts";

/**
 * Secrets that stand in addresses: of calendars, of letters, of one-time links. What stands against it: `revoked_at` and
 * `disabled_at` in actorOfFeed (lib/actor.ts), `usedAt` and `purpose` in openLink (lib/people/links.ts), `disabled_at` in
 * lib/letters/unsubscribe.ts.
 */

const app = underAttack();

/** Almost the secret. */
const near = (secret: string) => [
  secret.slice(1),
  secret.slice(0, -1),
  `${secret}x`,
  `${secret}%00`,
  `${secret}%20`,
  `%20${secret}`,
  secret.toLowerCase() === secret ? secret.toUpperCase() : secret.toLowerCase(),
  `${secret}%2f..%2f${secret}`,
  secret.split("").reverse().join(""),
  `${secret},${secret}`,
  "%25",
  "%2a",
  "_".repeat(43),
  hashSecret(secret).toString("hex"),
  hashSecret(secret).toString("base64url"),
];

const statusOf = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(app.url(path), { redirect: "manual", ...init });
  await response.body?.cancel();
  return response.status;
};

describe("a calendar's address", () => {
  const make = async (cookie: string) => {
    const made = await app.call<{ id: string; token: string }>(
      "createFeed",
      [{ portfolioId: "viet-nam-laos", viewId: null }],
      { cookie },
    );
    if (!made.ok) throw new Error(made.error.key);
    return made.result;
  };

  test("opens its calendar and nothing else, and nothing that is almost it opens anything", async () => {
    const { cookie } = await app.enter("manager");
    const { token } = await make(cookie);
    expect(await statusOf(`/api/calendar/${token}.ics`)).toBe(200);
    for (const other of near(token)) {
      expect([400, 404, 308], other).toContain(await statusOf(`/api/calendar/${other}.ics`));
    }
    await app.forgetTries();
    expect(await statusOf("/viet-nam-laos/desk", { headers: { cookie: `kept=${token}` } })).toBe(307);
    expect(await statusOf("/api/v1/commitments", { headers: { authorization: `Bearer ${token}` } })).toBe(401);
    expect(await statusOf(`/set-password/${token}`)).toBe(200);
    expect(await statusOf(`/unsubscribe/${token}`)).toBe(404);
  });

  test("ends by being revoked, and with its person", async () => {
    const [one, other] = [await app.enter("manager"), await app.enter("manager")];
    const [revoked, disabled] = [await make(one.cookie), await make(other.cookie)];
    await app.call("revokeFeed", [{ id: revoked.id }], one);
    await app.call("disablePerson", [{ id: other.id }], app.people.admin);
    for (const { token } of [revoked, disabled]) expect(await statusOf(`/api/calendar/${token}.ics`)).toBe(404);
  });

  test("is passed on to nobody: not by a referrer, not by a shared cache, not by the logs", async () => {
    const { cookie } = await app.enter("manager");
    const { token } = await make(cookie);
    const response = await app.get(`/api/calendar/${token}.ics`);
    expect(response.headers.get("referrer-policy")).toBe("same-origin");
    expect(response.headers.get("cache-control")).toMatch(/private|no-store/);
    expect(app.output()).not.toContain(token);
  });
});

describe("a letter's address", () => {
  const letterTo = async (personId: string) => {
    const secret = randomBytes(32).toString("base64url");
    await app.sql(
      `INSERT INTO letter (id, person_id, message_id, state, address, locale, subject, text, html, unsubscribe_hashes)
        VALUES ($1, $2, $3, 'sent', 'somebody@kept.example', 'en', 's', 't', 'h', ARRAY[$4::bytea])`,
      [randomUUID(), personId, `<${randomUUID()}@kept.example>`, hashSecret(secret)],
    );
    return secret;
  };
  const mailOf = async (id: string) =>
    (await app.sql<{ mail: boolean }>("SELECT mail FROM reminder_preference WHERE person_id = $1", [id]))[0]?.mail ??
    true;

  test("ends that person's letters by a post, once or often, and looking at it ends nothing", async () => {
    const { id } = await app.enter("viewer");
    const secret = await letterTo(id);
    for (const other of near(secret)) await statusOf(`/api/unsubscribe/${other}`, { method: "POST" });
    for (const path of [`/api/unsubscribe/${secret}`, `/unsubscribe/${secret}`, `/unsubscribe/${secret}?done`])
      await statusOf(path);
    expect(await mailOf(id)).toBe(true);
    await app.forgetTries();
    for (let time = 0; time < 2; time++)
      expect(await statusOf(`/api/unsubscribe/${secret}`, { method: "POST" })).toBe(200);
    expect(await mailOf(id)).toBe(false);
    expect(await mailOf(app.people.viewer.id)).toBe(true);
    expect(await statusOf("/viet-nam-laos/desk", { headers: { cookie: `kept=${secret}` } })).toBe(307);
  });

  test("is none once its person is disabled", async () => {
    const { id } = await app.enter("viewer");
    const secret = await letterTo(id);
    await app.call("disablePerson", [{ id }], app.people.admin);
    expect(await statusOf(`/unsubscribe/${secret}`)).toBe(404);
    expect(await statusOf(`/api/unsubscribe/${secret}`, { method: "POST" })).toBe(404);
  });
});

describe("a link that sets a password", () => {
  const issue = async (id: string) => {
    const issued = await app.call<{ token: string }>("issueLink", [{ id }], app.people.admin);
    if (!issued.ok) throw new Error(issued.error.key);
    return issued.result.token;
  };
  const use = async (token: string, action = "setPassword", more = {}) => {
    const response = await app.send(action, { token, password: "another one altogether", ...more });
    await response.body?.cancel();
    return response.headers.get("x-action-redirect") !== null;
  };
  const opens = async (token: string, page = "set-password") =>
    /name="password"/.test(await (await app.get(`/${page}/${token}`)).text());

  test("works once, whoever is quickest: of twenty at once one", async () => {
    const { id } = await app.enter("viewer");
    const token = await issue(id);
    expect(await opens(token)).toBe(true);
    const used = await Promise.all(Array.from({ length: 20 }, () => use(token)));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await opens(token)).toBe(false);
    expect(await use(token)).toBe(false);
  });

  test("is void once there is a newer one, after its time, and for somebody disabled", async () => {
    await app.forgetTries();
    const people = [await app.enter("viewer"), await app.enter("viewer"), await app.enter("viewer")] as const;
    const tokens = [await issue(people[0].id), await issue(people[1].id), await issue(people[2].id)] as const;
    const newer = await issue(people[0].id);
    await app.sql("UPDATE setup_link SET expires_at = now() WHERE person_id = $1", [people[1].id]);
    await app.call("disablePerson", [{ id: people[2].id }], app.people.admin);
    for (const token of tokens) {
      expect(await opens(token)).toBe(false);
      expect(await use(token)).toBe(false);
    }
    expect(await use(newer)).toBe(true);
  });

  test("makes no first administrator, nor does anything that is almost it work", async () => {
    await app.forgetTries();
    const { id } = await app.enter("viewer");
    const token = await issue(id);
    expect(await opens(token, "setup")).toBe(false);
    expect(await use(token, "setUp", { name: "Mallory", email: "mallory@kept.example" })).toBe(false);
    for (const other of near(token).slice(0, 10)) expect(await use(decodeURIComponent(other)), other).toBe(false);
    expect(await app.sql("SELECT FROM person WHERE email = 'mallory@kept.example'")).toEqual([]);
    await app.forgetTries();
    expect(await use(token)).toBe(true);
  });

  test("gives its holder no other account: the address that is sent along counts for nothing", async () => {
    await app.forgetTries();
    const { id } = await app.enter("viewer");
    const token = await issue(id);
    const admin = app.people.admin;
    const response = await app.send("setPassword", {
      token,
      password: "another one altogether",
      email: admin.email,
      id: admin.id,
      personId: admin.id,
    });
    const cookie =
      response.headers
        .getSetCookie()
        .find((each) => each.startsWith("kept="))
        ?.split(";")[0] ?? "";
    expect(await statusOf("/api/live/x", { headers: { cookie } })).toBe(404);
    const [row] = await app.sql<{ person_id: string }>("SELECT person_id FROM session WHERE token_hash = $1", [
      hashSecret(cookie.slice(5)),
    ]);
    expect(row?.person_id).toBe(id);
    expect((await app.signIn({ email: admin.email })).cookie).not.toBe(null);
  });
});

test("no secret that these tests used is in the logs", () => {
  const secrets = [password, ...Object.values(app.people).flatMap(({ cookie, token }) => [cookie.slice(5), token])];
  for (const secret of secrets) expect(app.output()).not.toContain(secret);
});
