import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { format } from "#lib/i18n/format.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";

const said = (say: (locale: Locale) => string) => locales.map(say);

describe("calendar dates", () => {
  test("in full, as offices write them", () => {
    expect(said((locale) => format(locale).date("2026-11-05"))).toEqual([
      "5 November 2026",
      "5 tháng 11 năm 2026",
      "5 ພະຈິກ 2026",
    ]);
    expect(said((locale) => format(locale).date("2026-11"))).toEqual([
      "November 2026",
      "tháng 11 năm 2026",
      "ພະຈິກ 2026",
    ]);
    expect(said((locale) => format(locale).date("2026"))).toEqual(["2026", "2026", "2026"]);
  });

  test("short, for tables", () => {
    expect(said((locale) => format(locale).shortDate("2026-11-05"))).toEqual([
      "5 Nov 2026",
      "05/11/2026",
      "05/11/2026",
    ]);
    expect(said((locale) => format(locale).shortDate("2026-11"))).toEqual(["Nov 2026", "11/2026", "11/2026"]);
  });

  test("stay on their day and in the Gregorian calendar, in any zone", () => {
    const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom(...locales), (date, locale) => {
        const iso = date.toISOString().slice(0, 10);
        const shown = format(locale).date(iso);
        expect(shown).toContain(iso.slice(0, 4));
        expect(shown).toMatch(new RegExp(`(^|\\D)${Number(iso.slice(8))}(\\D|$)`));
      }),
    );
  });

  test("that are none are given back as they are", () => {
    expect(format("vi").date("in the coming years")).toBe("in the coming years");
    expect(format("vi").date("2026-99-99")).toBe("2026-99-99");
  });
});

describe("moments", () => {
  test("are shown in the team's zone, where the day may be the next one", () => {
    const at = "2026-11-04T17:30:00Z";
    expect(said((locale) => format(locale).moment(at))).toEqual([
      "5 Nov 2026 00:30",
      "05/11/2026 00:30",
      "05/11/2026 00:30",
    ]);
    expect(format("vi").day(at)).toBe("05/11/2026");
  });
});

describe("numbers and money", () => {
  test("use each language's marks", () => {
    expect(said((locale) => format(locale).number(1234567.5))).toEqual(["1,234,567.5", "1.234.567,5", "1.234.567,5"]);
    expect(said((locale) => format(locale).percent(0.123))).toEqual(["12.3%", "12,3%", "12,3%"]);
  });

  test("say millions and billions in words, with the code of the currency", () => {
    expect(said((locale) => format(locale).money(2_200_000_000, "USD"))).toEqual([
      "USD 2.2 billion",
      "2,2 tỷ USD",
      "2,2 ຕື້ USD",
    ]);
    expect(said((locale) => format(locale).money(12_500, "LAK"))).toEqual(["LAK 12,500", "12.500 LAK", "12.500 LAK"]);
    expect(format("en").money(33_512_345, "USD", "exact")).toBe("USD 33,512,345");
  });
});

test("days from today", () => {
  expect(said((locale) => format(locale).relativeDays(-3))).toEqual(["3 days ago", "3 ngày trước", "3 ມື້ກ່ອນ"]);
});
