import { describe, expect, test } from "vitest";
import { password, underAttack } from "./under-attack.ts";

/**
 * Somebody else's browser. What stands against it: the new secret of each sign-in and the end of the old session
 * (startSession in lib/people/access.ts), and each `session.deleteMany` beside what is changed there and in commands.ts.
 */

const app = underAttack();

const record = "/viet-nam-laos/commitments/VL-001";

/** What a secret opens: a page, data and an action; "in" only where it is all of them, "out" where it is none. */
async function opens(cookie: string): Promise<string> {
  const statuses = [
    (await app.get(record, { cookie })).status === 200,
    (await app.get(`${record}/values?form=report`, { cookie })).status === 200,
    (await app.call("markAllRead", [{}], { cookie })).ok,
  ];
  return statuses.every(Boolean) ? "in" : statuses.some(Boolean) ? "half in" : "out";
}

describe("a session that somebody planted", () => {
  test("is not the one that signing in begins, whatever secret it was", async () => {
    const { email } = await app.enter("viewer");
    for (const planted of ["planted".padEnd(43, "x"), "x", "%00", "a".repeat(4000)]) {
      const { cookie } = await app.signIn({ email, cookie: `kept=${planted}` });
      expect(cookie).not.toBe(null);
      expect(cookie).not.toBe(`kept=${planted}`);
      expect(await opens(`kept=${planted}`)).toBe("out");
    }
  });

  test("and is the attacker's own, ends when the victim signs in with it, and never becomes the victim's", async () => {
    const [attacker, victim] = [await app.enter("viewer"), await app.enter("manager")];
    const { cookie } = await app.signIn({ email: victim.email, cookie: attacker.cookie });
    expect(cookie).not.toBe(attacker.cookie);
    expect(await opens(attacker.cookie)).toBe("out");
    expect(await opens(cookie ?? "")).toBe("in");
  });

  test("counts for nothing in an address, a header or another cookie's name", async () => {
    const { cookie } = app.people.admin;
    const secret = cookie.split("=")[1] ?? "";
    for (const query of [`?kept=${secret}`, `?session=${secret}`, `;kept=${secret}`]) {
      expect([307, 404]).toContain((await app.get(record + query)).status);
    }
    for (const headers of [
      { authorization: `Bearer ${secret}` },
      { "x-kept": secret },
      { cookie: `Kept=${secret}` },
      { cookie: `__Host-kept=${secret}` },
    ] as Record<string, string>[]) {
      expect((await app.get(record, headers)).status).toBe(307);
    }
  });

  test("cannot be read by a script, nor sent along from another site", async () => {
    const { email } = await app.enter("viewer");
    const { setCookie } = await app.signIn({ email });
    expect(setCookie).toMatch(/;\s*HttpOnly/i);
    expect(setCookie).toMatch(/;\s*SameSite=(?:lax|strict)/i);
    expect(setCookie).toMatch(/;\s*Path=\//i);
    expect(setCookie).not.toMatch(/;\s*Domain=/i);
  });
});

type Ending = (person: { id: string; email: string; cookie: string; version: number }) => Promise<unknown>;

/** What ends a person's sessions, as it is done: each through the running app. */
const endings: Record<string, Ending> = {
  "signing out": ({ cookie }) =>
    fetch(app.url("/sign-out"), { method: "POST", headers: { cookie, origin: app.url() }, redirect: "manual" }),
  "being disabled": ({ id }) => app.call("disablePerson", [{ id }], app.people.admin),
  "another role": ({ id, email, version }) =>
    app.call(
      "updatePerson",
      [{ id, version, email, name: "Somebody", admin: false, roles: {}, agencyId: null, locale: null }],
      app.people.admin,
    ),
  "another password, from another browser": async ({ email }) =>
    app.call("changePassword", [{ present: password, password: "another one altogether" }], {
      cookie: (await app.signIn({ email })).cookie ?? "",
    }),
  "another password, by a link": async ({ id }) => {
    const issued = await app.call<{ token: string }>("issueLink", [{ id }], app.people.admin);
    const token = issued.ok ? issued.result.token : "";
    return app.send("setPassword", { token, password: "another one altogether" });
  },
  "an admin's hand": ({ id }) => app.call("endSessionsOf", [{ id }], app.people.admin),
  "one's own hand in another browser": async ({ email }) =>
    app.call("endOtherSessions", [{}], { cookie: (await app.signIn({ email })).cookie ?? "" }),
};

test("signing out leaves nothing of the register in the browser", async () => {
  const { cookie } = await app.enter("viewer");
  const headers = { cookie, origin: app.url() };
  const response = await fetch(app.url("/sign-out"), { method: "POST", headers, redirect: "manual" });
  expect(response.headers.get("clear-site-data")).toMatch(/"cache".*"storage"/);
  expect(response.headers.getSetCookie().join()).toMatch(/kept=;/);
});

describe("a secret that was kept and is sent again", () => {
  for (const [name, end] of Object.entries(endings)) {
    test(`opens nothing after ${name}`, async () => {
      const person = await app.enter("editor");
      const [row] = await app.sql<{ version: number }>("SELECT version FROM person WHERE id = $1", [person.id]);
      expect(await opens(person.cookie)).toBe("in");
      await end({ ...person, version: row?.version ?? 0 });
      expect(await opens(person.cookie)).toBe("out");
    });
  }

  test("opens nothing after its time, whether it was used or not", async () => {
    const [idle, old] = [await app.enter("viewer"), await app.enter("viewer")];
    await app.sql("UPDATE session SET last_seen_at = now() - interval '13 hours' WHERE person_id = $1", [idle.id]);
    await app.sql("UPDATE session SET expires_at = now() - interval '1 second' WHERE person_id = $1", [old.id]);
    for (const { cookie } of [idle, old]) expect(await opens(cookie)).toBe("out");
  });

  test("gets no more news on a stream that was open before", async () => {
    const person = await app.enter("editor");
    const [row] = await app.sql<{ id: string }>("SELECT id FROM commitment WHERE reference = 'VL-002'");
    const stream = await app.get(`/api/live/${row?.id}`, { cookie: person.cookie });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain("data:");
    await app.call("disablePerson", [{ id: person.id }], app.people.admin);
    const [now] = await app.sql<{ version: number }>("SELECT version FROM commitment WHERE id = $1", [row?.id]);
    const change = { id: row?.id, version: now?.version, ownerId: app.people.manager.id };
    expect(await app.call("assignOwner", [change], app.people.manager)).toMatchObject({ ok: true });
    let heard = "";
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) break;
      heard += value;
    }
    expect(heard).not.toContain(app.people.manager.id);
    expect(heard).not.toContain(`"version":${(now?.version ?? 0) + 1}`);
  });

  test("and an API token's opens nothing once its person is disabled, or it is revoked or over", async () => {
    const ask = async (token: string) =>
      (await app.get("/api/v1/commitments", { authorization: `Bearer ${token}`, accept: "application/json" })).status;
    const people = [await app.enter("viewer"), await app.enter("viewer"), await app.enter("viewer")] as const;
    for (const { token } of people) expect(await ask(token)).toBe(200);
    await app.call("disablePerson", [{ id: people[0].id }], app.people.admin);
    const [token] = await app.sql<{ id: string }>("SELECT id FROM api_token WHERE person_id = $1", [people[1].id]);
    expect(await app.call("revokeToken", [{ id: token?.id }], people[1])).toMatchObject({ ok: true });
    await app.sql("UPDATE api_token SET expires_at = now() WHERE person_id = $1", [people[2].id]);
    for (const { token } of people) expect(await ask(token)).toBe(401);
  });
});
