import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword, weaknessOf } from "#lib/people/passwords.ts";

test("passwords are kept as argon2id with OWASP's parameters, each with a salt of its own", async () => {
  const [one, two] = await Promise.all([hashPassword("quiet river stone"), hashPassword("quiet river stone")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword(one, "quiet river stone")).toBe(true);
  expect(await verifyPassword(one, "quiet river stones")).toBe(false);
});

test("all of a long password counts, and NUL ends none", async () => {
  const long = "x".repeat(199);
  expect(await verifyPassword(await hashPassword(`${long}a`), `${long}b`)).toBe(false);
  expect(await verifyPassword(await hashPassword("secret\u0000one"), "secret\u0000two")).toBe(false);
});

test("composed and decomposed letters are the same", async () => {
  for (const text of ["mật khẩu tiếng Việt", "ລະຫັດຜ່ານ ນໍ້າ"]) {
    expect(await verifyPassword(await hashPassword(text.normalize("NFD")), text.normalize("NFC"))).toBe(true);
  }
});

test("where there is no account, no password is right", async () => {
  expect(await verifyPassword(null, "")).toBe(false);
  expect(await verifyPassword(null, "anything")).toBe(false);
});

describe("what is easily guessed is refused", () => {
  const person = { email: "huong.nguyen@mofa.gov.vn", name: "Nguyễn Thị Hương" };
  const cases = {
    "people.errors.passwordCommon": [
      "password",
      "Password1",
      "P@ssw0rd",
      "12345678",
      "qwertyuiop",
      "iloveyou1",
      "11111111",
      "abcdefgh",
      "anhyeuem",
    ],
    "people.errors.passwordPersonal": [
      "Kept2026",
      "kept-kept",
      "Vientiane2026!",
      "huong.nguyen@mofa.gov.vn",
      "HuongNguyen1",
      "hanoi123",
    ],
  };
  for (const [reason, passwords] of Object.entries(cases)) {
    for (const password of passwords) {
      test(password, async () => expect(await weaknessOf(password, person)).toBe(reason));
    }
  }
});

test("what is not, is taken without any rule on kinds of characters", async () => {
  const person = { email: "huong.nguyen@mofa.gov.vn", name: "Nguyễn Thị Hương" };
  for (const password of [
    "quiet river stone",
    "xkq7w2pz",
    "sông hồng mùa nước nổi",
    "ສະບາຍດີຕອນເຊົ້າ",
    "my kept promises of hanoi",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢🔒",
  ]) {
    expect([password, await weaknessOf(password, person)]).toEqual([password, null]);
  }
});

test("looking for patterns takes no time worth speaking of, however long and strange a password is", async () => {
  const person = { email: `${"a.".repeat(100)}@kept.example`, name: "b ".repeat(60) };
  for (const unit of ["p4s5w0rd", "@$!4|0", "(({[<", "1111222", "a."]) {
    const started = performance.now();
    await weaknessOf(unit.repeat(60).slice(0, 200), person);
    expect(performance.now() - started).toBeLessThan(2000);
  }
});
