import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLocale, locales, resolveLocale, toTheme } from "#lib/i18n/locales.ts";
import { wayBack } from "#lib/i18n/way-back.ts";

describe("the language of a reader", () => {
  test("is the person's, else the cookie's, else what the browser asks for, else English", () => {
    expect(resolveLocale({ person: "lo", cookie: "vi", accept: "en" })).toBe("lo");
    expect(resolveLocale({ person: null, cookie: "vi", accept: "lo" })).toBe("vi");
    expect(resolveLocale({ accept: "lo-LA,lo;q=0.9,en;q=0.8" })).toBe("lo");
    expect(resolveLocale({})).toBe("en");
  });

  test("follows the weights of the header, and the order among equals", () => {
    expect(resolveLocale({ accept: "en;q=0.5, vi;q=0.8" })).toBe("vi");
    expect(resolveLocale({ accept: "fr, de;q=0.9, vi-VN;q=0.1" })).toBe("vi");
    expect(resolveLocale({ accept: "vi, lo" })).toBe("vi");
    expect(resolveLocale({ accept: "vi;q=0, lo;q=0.1" })).toBe("lo");
  });

  test("passes over what is not a language of ours", () => {
    expect(resolveLocale({ person: "fr", cookie: "__proto__", accept: "vi;q=NaN, lo;q=7" })).toBe("en");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (cookie, accept) => {
        expect(locales).toContain(resolveLocale({ cookie, accept }));
      }),
    );
  });

  test("is only ever one of the three", () => {
    expect(["en", "vi", "lo", "EN", "", null, ["vi"]].filter(isLocale)).toEqual(["en", "vi", "lo"]);
  });
});

test("a theme that is none is the device's", () => {
  expect(["light", "dark", "auto", "blue", undefined].map(toTheme)).toEqual(["light", "dark", "auto", "auto", "auto"]);
});

describe("the way back", () => {
  test("is the path and query of the page", () => {
    expect(wayBack("https://kept.example/demo/register?status=limited#row")).toBe("/demo/register?status=limited");
  });

  test("never leads to another host", () => {
    expect(wayBack("https://kept.example//evil.example/")).toBe("/");
    expect(wayBack("https://kept.example/\\evil.example/")).toBe("/");
    expect(wayBack("javascript:alert(1)")).toBe("/");
    expect(wayBack(null)).toBe("/");
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: "binary" })), (referer) => {
        const path = wayBack(referer);
        expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$|^\/$/);
        expect(new URL(path, "https://own.example").host).toBe("own.example");
      }),
    );
  });
});
