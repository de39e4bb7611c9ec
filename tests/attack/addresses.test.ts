import { describe, expect, test } from "vitest";
import { password, underAttack } from "./under-attack.ts";

/**
 * E-mail addresses that look like another one, or become another one on the way. What stands against it: `email` in
 * lib/people/schema.ts (the look at compatibility characters before lower case, the one at the address after it).
 */

const app = underAttack();

const odd = [
  "admin\uff20kept.example",
  "admin@kept\uff0eexample",
  "admin@kept.example\r\nBcc: elsewhere@elsewhere.example",
  "admin@kept.example\nRCPT TO:<elsewhere@elsewhere.example>",
  "admin@kept.example%0d%0aBcc:x@elsewhere.example",
  '"admin@kept.example"@elsewhere.example',
  '"a b"@kept.example',
  '"<script>alert(1)</script>"@kept.example',
  "admin(comment)@kept.example",
  "admin@kept.example,elsewhere@elsewhere.example",
  "admin@kept.example;elsewhere@elsewhere.example",
  "admin@kept.example elsewhere@elsewhere.example",
  "<admin@kept.example>",
  "Admin <admin@kept.example>",
  "admin@[127.0.0.1]",
  "admin@kept",
  "admin@@kept.example",
  "admin@kept..example",
  ".admin@kept.example",
  "admin.@kept.example",
  "ad..min@kept.example",
  "admin@-kept.example",
  "admin@kept.example.",
  "admin@kept.example\0",
  "admin\u0000@kept.example",
  "admin\u202e@kept.example",
  "admin\u200b@kept.example",
  "\u0430dmin@kept.example",
  "admin@\u043aept.example",
  "admin@kept.example\u2028",
  "\u212aept@kept.example",
  "adm\u0131n@kept.example",
  "admın@kept.example",
  "ﬁ@kept.example",
  "a@ß.example",
  "admin@kept。example",
  "\ud800@kept.example",
  `${"a".repeat(250)}@kept.example`,
  "",
  "@",
];

const person = (email: unknown) => ({ name: "Somebody", email, admin: false, roles: {}, agencyId: null, locale: null });

describe("an address that is not quite one", () => {
  test("makes no account, and changes none", async () => {
    const before = await app.sql("SELECT id, email FROM person ORDER BY id");
    const victim = app.people.viewer;
    const [row] = await app.sql<{ version: number }>("SELECT version FROM person WHERE id = $1", [victim.id]);
    for (const email of odd) {
      const made = await app.call("createPerson", [person(email)], app.people.admin);
      expect(made, JSON.stringify(email)).toMatchObject({ ok: false, error: { status: 422 } });
      const input = { id: victim.id, version: row?.version, ...person(email) };
      const changed = await app.call("updatePerson", [input], app.people.admin);
      expect(changed, JSON.stringify(email)).toMatchObject({ ok: false, error: { status: 422 } });
    }
    expect(await app.sql("SELECT id, email FROM person ORDER BY id")).toEqual(before);
  });

  test("lets nobody in as somebody else", async () => {
    await app.sql("UPDATE person SET email = 'admin-of-these@kept.example' WHERE id = $1", [app.people.admin.id]);
    const as = (email: string) => email.replace(/^(\W*)adm\S?n/i, "$1admin-of-these");
    for (const email of [...odd.map(as), ...odd]) {
      await app.forgetTries();
      const { cookie } = await app.signIn({ email });
      if (cookie === null) continue;
      // What is only written otherwise is the same address.
      expect(email.trim().toLowerCase()).toBe("admin-of-these@kept.example");
    }
    await app.forgetTries();
    expect((await app.signIn({ email: " Admin-Of-These@KEPT.example " })).cookie).not.toBe(null);
  });

  test("is nothing but a text where it is no text at all", async () => {
    for (const email of [
      { not: null },
      ["admin-of-these@kept.example"],
      { contains: "@" },
      1,
      true,
      null,
      { toString: "x" },
    ]) {
      const answer = await app.call("signInAgain", [{ email, password }]);
      expect(answer, JSON.stringify(email)).toMatchObject({ ok: false, error: { status: 422 } });
    }
    for (const input of [null, [], "x", 1, { email: "a@kept.example", password: { not: null } }]) {
      const answer = await app.call("signInAgain", [input]);
      expect(answer.ok, JSON.stringify(input)).toBe(false);
    }
  });
});

test("one address is one account, however it is written, also by twenty at once", async () => {
  const spellings = [
    "one@kept.example",
    "ONE@kept.example",
    "One@Kept.Example",
    " one@kept.example ",
    "one@KEPT.EXAMPLE\t",
  ];
  const all = Array.from({ length: 20 }, (_, n) => spellings[n % spellings.length]);
  const made = await Promise.all(all.map((email) => app.call("createPerson", [person(email)], app.people.admin)));
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  for (const answer of made) if (!answer.ok) expect(answer.error.status).toBeLessThan(500);
  expect(await app.sql("SELECT FROM person WHERE lower(trim(email)) = 'one@kept.example'")).toHaveLength(1);
});
