import fc from "fast-check";
import { expect, test } from "vitest";
import { readEnv } from "#lib/env.ts";

const problems = (source: Record<string, string>) => {
  const read = readEnv(source);
  return "problems" in read ? read.problems : [];
};

test("everything has a default", () => {
  expect(readEnv({})).toMatchObject({ env: { PORT: 3000, KEPT_TRUST_PROXY: 0, KEPT_TIME_ZONE: "Asia/Ho_Chi_Minh" } });
  expect(readEnv({ PORT: "", DATABASE_URL: "", KEPT_URL: "" })).toEqual(readEnv({}));
});

test.each([
  ["PORT", ["0", "65536", "3000.5", "abc", "-1", " 80", "1e3"]],
  ["DATABASE_URL", ["x", "mysql://a/b", "/var/run"]],
  ["KEPT_URL", ["kept.example", "ftp://kept.example", "https://kept.example/kept", "javascript:alert(1)"]],
  ["KEPT_WORKERS", ["0", "65", "two"]],
  ["KEPT_POOL", ["0", "101", "many"]],
  ["KEPT_TRUST_PROXY", ["true", "-1", "10"]],
  ["KEPT_TIME_ZONE", ["Mars/Olympus", "7"]],
  [
    "SMTP_URL",
    [
      "x",
      "http://mail.example",
      "smtp://",
      "smtp://h?tls.rejectUnauthorized=false",
      "smtp://h/x",
      "smtp://h#x",
      "smtp://a:%zz@h",
    ],
  ],
  [
    "KEPT_MAIL_FROM",
    ["x", "Kept", "Kept <kept>", "a@b.example\r\nBcc: c@d.example", 'K" <a@b.example>', "a@b.example, c@d.example"],
  ],
  ["KEPT_WORKER", ["yes", "0", "ON"]],
  ["KEPT_LEASE", ["0", "1", "3601", "5m"]],
  ["KEPT_SECRET", ["x", "thirty-one characters are few.."]],
  ["KEPT_DIST", ["dist", "../.next", ".next/../..", "/tmp"]],
])("%s: each wrong value is one sentence that names it", (name, values) => {
  for (const value of values) {
    const found = problems({ [name]: value });
    expect(found, value).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} .*\\.$`));
  }
});

test("the address people open is kept as an origin", () => {
  expect(readEnv({ KEPT_URL: "https://Kept.example:443/" })).toMatchObject({
    env: { KEPT_URL: "https://kept.example" },
  });
});

test("the first account needs both its e-mail address and its password", () => {
  expect(problems({ KEPT_ADMIN_EMAIL: "a@b.example" })).toHaveLength(1);
  expect(problems({ KEPT_ADMIN_PASSWORD: "long enough" })).toHaveLength(1);
  expect(problems({ KEPT_ADMIN_EMAIL: "a@b.example", KEPT_ADMIN_PASSWORD: "long enough" })).toEqual([]);
});

test("no value of any setting makes it fail otherwise", () => {
  const names = ["PORT", "DATABASE_URL", "KEPT_URL", "KEPT_WORKERS", "KEPT_TIME_ZONE", "KEPT_DIST", "KEPT_ADMIN_EMAIL"];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (source) => {
      for (const sentence of problems(source)) expect(sentence).toMatch(/^\S.*\.$/);
    }),
  );
});
