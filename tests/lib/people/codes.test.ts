import fc from "fast-check";
import { expect, test } from "vitest";
import { newRecoveryCodes, newTotpSecret, normalRecoveryCode, sharedWithApp, stepOf } from "#lib/people/codes.ts";
import { codeAt } from "#tests/support/authenticator.ts";

/** RFC 6238, appendix B: the last six of their eight figures. */
const vectors = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
] as const;

const standard = Buffer.from("12345678901234567890");

test.each(vectors)("the standard's code at second %i", (second, code) => {
  const now = new Date(second * 1000);
  expect(codeAt(standard, now)).toBe(code);
  expect(stepOf(standard, ` ${code.slice(0, 3)} ${code.slice(3)} `, now)).toBe(Math.floor(second / 30));
});

test("the half minutes before and after count, as themselves, and no others", () => {
  const now = new Date(1_234_567_890_000);
  const step = Math.floor(now.getTime() / 30_000);
  for (let away = -3; away <= 3; away++) {
    const code = codeAt(standard, new Date(now.getTime() + away * 30_000));
    expect(stepOf(standard, code, now)).toBe(Math.abs(away) <= 1 ? step + away : null);
  }
});

test("what is typed otherwise is no code", () => {
  const now = new Date(59_000);
  for (const typed of ["", "28708", "2870821", "٢٨٧٠٨٢", "287082\u0000", "0x2870", "-87082"]) {
    expect(stepOf(standard, typed, now)).toBeNull();
  }
});

test("a secret has 160 bits, is typed in groups of four, and its picture has a quiet border", () => {
  const secret = newTotpSecret();
  expect(secret).toHaveLength(20);
  const { typed, picture } = sharedWithApp(secret, "nguyễn+a@kept.example");
  expect(typed).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(picture.path).toMatch(/^M4 4h1v1h-1z/);
  expect(picture.path).not.toMatch(/M[0-3] |M\d+ [0-3]h/);
});

test("recovery codes have 120 bits and are read however they are typed", () => {
  fc.assert(
    fc.property(fc.constantFrom(" ", "-", "", " - "), fc.boolean(), (between, capitals) => {
      const [code = ""] = newRecoveryCodes();
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{6}(-[0-9a-hjkmnp-tv-z]{6}){3}$/);
      const typed = code.replaceAll("-", between);
      expect(normalRecoveryCode(capitals ? typed.toUpperCase() : typed)).toBe(code.replaceAll("-", ""));
    }),
  );
  expect(normalRecoveryCode("o".repeat(23).concat("l"))).toBe("0".repeat(23).concat("1"));
  for (const none of ["", "1234", "u".repeat(24), "1".repeat(25)]) expect(normalRecoveryCode(none)).toBeNull();
});
