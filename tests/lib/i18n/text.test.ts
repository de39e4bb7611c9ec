import { expect, test } from "vitest";
import { pick, pickText } from "#lib/i18n/text.ts";

test("a text in the reader's language needs no mark", () => {
  expect(pick({ en: "Hospital", vi: "Bệnh viện" }, "vi")).toEqual({ text: "Bệnh viện", locale: "vi", lang: undefined });
});

test("a text that stands in for it says its language: English first, else any", () => {
  expect(pick({ en: "Hospital", vi: "Bệnh viện" }, "lo")).toEqual({ text: "Hospital", locale: "en", lang: "en" });
  expect(pick({ en: "", lo: "ໂຮງໝໍ" }, "vi")).toEqual({ text: "ໂຮງໝໍ", locale: "lo", lang: "lo" });
});

test("no text is an empty one", () => {
  expect(pickText(null, "vi")).toBe("");
  expect(pickText({}, "en")).toBe("");
});
