import fc from "fast-check";
import { expect, test } from "vitest";
import { escapeHtml, html, joined } from "#lib/html.ts";

const read = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test("what is put in neither opens a tag nor ends an attribute, and reads as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "a", "=", "/", "&amp;", " ") }), (text) => {
      const { text: made } = html`<td class='${text}'>${text}`;
      const [, attribute = "", content = ""] = /^<td class='([^']*)'>(.*)$/s.exec(made) ?? [];
      expect(attribute).not.toMatch(/[<>"']/);
      expect(content).not.toMatch(/[<>"']/);
      expect([read(attribute), read(content)]).toEqual([text, text]);
      expect(escapeHtml(text)).toBe(content);
    }),
  );
});

test("html in html stays, lists are joined, nothing is nothing", () => {
  const bold = html`<b>${"<"}</b>`;
  expect(html`${bold}${[bold, bold]}${joined([bold])}`.text).toBe("<b>&lt;</b>".repeat(4));
  expect(html`${null}${undefined}${false}${0}${1}${""}`.text).toBe("01");
});
