import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseEdtf } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { locales } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { anyKnown } from "#tests/support/dates.ts";

const show = (locale: (typeof locales)[number], edtf: string) =>
  showEdtf(translator(locale), locale, edtf).replaceAll(/[\u00a0\u2009\u202f]/g, " ");

describe("vague dates in words", () => {
  test.each([
    ["2026-12-31", "31 December 2026", "31 tháng 12 năm 2026"],
    ["2025-04", "April 2025", "tháng 4 năm 2025"],
    ["2026", "2026", "2026"],
    ["2025-12~", "about December 2025", "khoảng tháng 12 năm 2025"],
    ["2021/2025", "2021–2025", "2021–2025"],
    ["2025-04-24/2025-04-25", "24 – 25 April 2025", "24 – 25 tháng 4 năm 2025"],
    ["2024-06/2024-12", "June – December 2024", "tháng 6 – tháng 12 năm 2024"],
    ["2024-01-06/2025-04-24", "6 January 2024 – 24 April 2025", "6 tháng 1 năm 2024 – 24 tháng 4 năm 2025"],
    ["2026-34", "quarter 2 of 2026", "quý 2 năm 2026"],
    ["202X", "the 2020s", "thập niên 2020"],
  ])("%s", (edtf, en, vi) => {
    expect(show("en", edtf)).toBe(en);
    expect(show("vi", edtf)).toBe(vi);
  });

  test("have a beginning, an end, or neither", () => {
    expect(show("en", "../2024-01-06")).toBe("by 6 January 2024");
    expect(show("en", "2024/..")).toBe("from 2024");
    expect(show("en", "..")).toBe("any time");
  });

  test("are in Lao without figures for months", () => {
    expect(show("lo", "2024-06/2024-12")).toBe("ມິຖຸນາ 2024 – ທັນວາ 2024");
    expect(show("lo", "2025-12~")).toBe("ປະມານ ທັນວາ 2025");
  });

  test("are words for every value that the register can hold, and tell its years", () => {
    fc.assert(
      fc.property(anyKnown, fc.constantFrom(...locales), ({ text }, locale) => {
        const parsed = parseEdtf(text);
        fc.pre(parsed.ok && !/(^|\/)0/.test(parsed.value.edtf));
        if (!parsed.ok) return;
        const shown = show(locale, parsed.value.edtf);
        expect(shown).not.toBe("");
        expect(shown).not.toMatch(/[~?%X]|\.\.|undefined|Invalid/);
        for (const [year] of parsed.value.edtf.matchAll(/(?<!\d)\d{4}(?=$|[-/~?%])/g)) expect(shown).toContain(year);
      }),
    );
  });
});
