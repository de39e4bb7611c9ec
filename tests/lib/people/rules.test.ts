import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deviceOf, networkOf, ownPath, sessionCookie } from "#lib/people/rules.ts";
import { createInput, email, newPassword } from "#lib/people/schema.ts";

describe("the way back after signing in", () => {
  test("leads to our own pages, with their query", () => {
    for (const path of ["/", "/people", "/viet-nam-laos/register?status=open&q=%C4%91", "/account"]) {
      expect(ownPath(path)).toBe(path);
    }
    expect(ownPath("/people?_rsc=abc&q=x")).toBe("/people?q=x");
    expect(ownPath("/people?_rsc=abc")).toBe("/people");
    // As a browser reads it, which is also how it fits into a header.
    expect(ownPath("/people\r\nSet-Cookie: a=b")).toBe("/peopleSet-Cookie:%20a=b");
  });

  test("and nowhere else", () => {
    for (const elsewhere of [
      "https://evil.example/",
      "//evil.example",
      "//evil.example/people",
      "///evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/\t/evil.example",
      "/\n/evil.example",
      "\t//evil.example",
      " //evil.example",
      "/.//evil.example",
      "/a/..//evil.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "people",
      "/sign-in?next=/sign-in",
      "/sign-out",
      "/setup/x",
      "/api/v1/commitments",
      `/${"a".repeat(3000)}`,
      "/\ud800",
      undefined,
      null,
      ["/people"],
      { toString: () => "/people" },
    ]) {
      expect(ownPath(elsewhere)).toBe("/");
    }
  });

  test("never leaves this host, whatever it is given", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      ".",
      "..",
      ":",
      "@",
      "?",
      "#",
      "%2f",
      "%5c",
      "\t",
      "\r",
      "http",
      "evil.example",
      "a",
      " ",
    );
    const wish = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((all) => all.join("")),
      fc.webUrl(),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(wish, (text) => {
        const path = ownPath(text);
        expect(new URL(path, "https://kept.example/sign-in").origin).toBe("https://kept.example");
        expect(path).toMatch(/^\/(?!\/|\\)/);
        // What it says of its own answer is the same.
        expect(ownPath(path)).toBe(path);
      }),
      { numRuns: 2000 },
    );
  });
});

test("tries are counted by network", () => {
  expect(networkOf("192.0.2.1")).toBe("192.0.2.1");
  expect(networkOf("::ffff:192.0.2.1")).toBe("192.0.2.1");
  for (const same of ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:0db8:0001:0002::"]) {
    expect(networkOf(same)).toBe("2001:db8:1:2::/64");
  }
  expect(networkOf("2001:db8:1:3::1")).not.toBe("2001:db8:1:2::/64");
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  for (const none of ["", "unknown", "192.0.2.1, 192.0.2.2", "x".repeat(1000), "1.2.3.4.5"]) {
    expect(networkOf(none)).toBe("unknown");
  }
});

test("one IPv6 network counts as one, however its addresses are written", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const first = new URL(`http://[${address}]/`).hostname.slice(1, -1);
      expect(networkOf(address)).toBe(networkOf(first));
    }),
  );
});

test("the cookie is bound to this host where it can be", () => {
  expect(sessionCookie(true)).toEqual({
    name: "__Host-kept",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
  expect(sessionCookie(false)).toMatchObject({ name: "kept", options: { httpOnly: true, sameSite: "lax", path: "/" } });
});

test("browsers by the names that people know", () => {
  const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
  expect(deviceOf(`${windows} Chrome/140.0.0.0 Safari/537.36`)).toEqual({ browser: "Chrome", system: "Windows" });
  expect(deviceOf(`${windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0`)).toMatchObject({ browser: "Edge" });
  expect(
    deviceOf(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E148 Safari/604.1",
    ),
  ).toEqual({ browser: "Safari", system: "iPhone" });
  expect(deviceOf("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toEqual({
    browser: "Firefox",
    system: "Linux",
  });
  expect(deviceOf("curl/8.0")).toBeNull();
  expect(deviceOf(null)).toBeNull();
});

describe("an e-mail address", () => {
  const accepted = (text: unknown) => {
    const { success, data, error } = email.safeParse(text);
    return success ? data : error.issues[0]?.message;
  };

  test("is normalised, then validated", () => {
    expect(accepted(" Name.Surname+Kept@Office.GOV.la\n")).toBe("name.surname+kept@office.gov.la");
  });

  test("with characters that only look like others is refused, not guessed at", () => {
    for (const [what, text] of Object.entries({
      "U+FF20 for @": "name＠office.gov.la",
      "U+FF20 beside @": "victim@office.gov.la＠evil.example",
      "U+FF0E for a dot": "name@office．gov.la",
      "U+FE6B for @": "name﹫office.gov.la",
      "a ligature": "oﬃce@gov.la",
      "a Kelvin sign": "name@\u212Aept.example",
      "full-width letters": "ｎａｍｅ@office.gov.la",
      "a no-break space within": "na\u00a0me@office.gov.la",
    })) {
      expect([what, accepted(text)]).toEqual([what, "people.errors.emailCharacters"]);
    }
  });

  test("that is none is refused", () => {
    for (const text of [
      "",
      "name",
      "@office.gov.la",
      "name@",
      "name@localhost",
      "a@b@office.gov.la",
      "name@office.gov.la, other@office.gov.la",
      "name@office.gov.la\r\nBcc: other@office.gov.la",
      '"name@evil.example"@office.gov.la',
      "name@[127.0.0.1]",
      "name..x@office.gov.la",
      "tên@office.gov.la",
      "name@office.gov.la\u0000",
      "na\u200bme@office.gov.la",
      `${"a".repeat(250)}@office.gov.la`,
      null,
      undefined,
      12,
      ["name@office.gov.la"],
      { contains: "@" },
    ]) {
      expect(accepted(text)).toMatch(/^people\.errors\.email(Characters)?$/);
    }
  });

  test("that is accepted is ASCII with one @, and accepted again as it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: "binary" })), (text) => {
        const { success, data } = email.safeParse(text);
        if (!success) return;
        expect(data).toMatch(/^[\x21-\x7e]+$/);
        expect(data.split("@")).toHaveLength(2);
        expect(data).toBe(data.toLowerCase());
        expect(email.parse(data)).toBe(data);
      }),
    );
  });
});

test("a new password is 8 to 200 letters long, as people count them, and nothing else is asked of it", () => {
  const verdict = (text: unknown) => newPassword.safeParse(text).error?.issues[0]?.message ?? "good";
  expect(verdict("1234567")).toBe("people.errors.passwordShort");
  expect(verdict("12345678")).toBe("good");
  expect(verdict("        ")).toBe("good");
  expect(verdict("mật khẩu".normalize("NFD"))).toBe("good");
  // Seven letters are seven, however many code units a keyboard makes of them.
  expect(verdict("ồồồồồồồ".normalize("NFD"))).toBe("people.errors.passwordShort");
  expect(verdict("🔒".repeat(7))).toBe("people.errors.passwordShort");
  expect(verdict("x".repeat(200))).toBe("good");
  expect(verdict("x".repeat(201))).toBe("people.errors.passwordLong");
  expect(verdict("x".repeat(1_000_000))).toBe("people.errors.passwordLong");
  expect(verdict("abcdefgh\ud800")).toBe("errors.text.characters");
  for (const none of [undefined, null, 12345678, ["12345678"], {}])
    expect(verdict(none)).toBe("people.errors.passwordMissing");
});

test("an empty choice of a form means none, and other fields than those named are refused", () => {
  const person = {
    name: " Nguyễn  Văn A ",
    email: "a@kept.example",
    admin: false,
    roles: { one: "editor", two: "" },
    agencyId: "",
    locale: "",
  };
  expect(createInput.parse(person)).toMatchObject({ agencyId: null, locale: null, roles: { one: "editor" } });
  for (const more of [{ passwordHash: "x" }, { disabledAt: null }, { id: "x" }, { sessions: { create: {} } }]) {
    expect(createInput.safeParse({ ...person, ...more }).success).toBe(false);
  }
  for (const wrong of [
    { roles: { one: "owner" } },
    { roles: { one: "admin" } },
    { roles: { one: { set: "admin" } } },
    { admin: { set: true } },
    { agencyId: { not: null } },
    { name: "" },
    { name: "a\u202eb" },
  ]) {
    expect(createInput.safeParse({ ...person, ...wrong }).success).toBe(false);
  }
});
