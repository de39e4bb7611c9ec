import { z } from "zod";

/**
 * Text as people type it: stored in NFC, trimmed, without what a database or a reader cannot take (NUL, lone surrogates,
 * control characters, bidirectional overrides that make a text look like another one). Issues are message keys.
 */

// Zod makes its checks quicker by writing code as text, which our content security policy forbids: it would try, and every
// try is reported as an attack.
if ("document" in globalThis) z.config({ jitless: true });

const forbidden = /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069\ufffe\uffff]/v;

const allForbidden = new RegExp(forbidden.source, "gv");

/** A text without the characters that no field takes: for what comes about by decoding, such as `&#x202e;`. */
export const withoutForbidden = (text: string): string => text.replace(allForbidden, "");

const lines = (text: string) => text.replace(/\r\n?/g, "\n");

const checked = (max: number) =>
  z
    .string({ error: "errors.text.notText" })
    .max(max * 4, "errors.text.tooLong")
    .transform(lines)
    .refine((text) => text.isWellFormed() && !forbidden.test(text), "errors.text.characters")
    .transform((text) => text.normalize("NFC").trim())
    .refine((text) => text.length <= max, "errors.text.tooLong");

/** Several lines, may be empty. */
export const prose = (max: number) => checked(max);

/** One line, may be empty. */
export const line = (max: number) => checked(max).refine((text) => !/[\n\t]/.test(text), "errors.text.oneLine");

/** One line with something in it. */
export const name = (max: number) => line(max).refine((text) => text.length > 0, "errors.text.empty");

/** Empty text means: nothing said. */
export const optionalLine = (max: number) =>
  z
    .union([z.null(), line(max)], { error: "errors.text.notText" })
    .optional()
    .transform((text) => text || null);

/** The same in the three languages; at least one has to be there. */
export const texts = (max: number, kind: (max: number) => z.ZodType<string, string> = prose) =>
  z
    .strictObject({ en: kind(max), vi: kind(max), lo: kind(max) })
    .refine((all) => all.en !== "" || all.vi !== "" || all.lo !== "", "errors.text.empty");

/** The same where nothing need be said: no text in any language is none. */
export const optionalTexts = (max: number, kind: (max: number) => z.ZodType<string, string> = prose) =>
  z
    .strictObject({ en: kind(max), vi: kind(max), lo: kind(max) })
    .nullish()
    .transform((all) => (all && (all.en || all.vi || all.lo) ? all : null));

/** A text in the register's three languages. An empty one is missing: readers get another, marked as such. */
export type Texts = { en: string; vi: string; lo: string };

/** A key of ours: "gia-lai", "energy". */
export const key = z
  .string({ error: "errors.text.notText" })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "errors.text.key")
  .max(80, "errors.text.tooLong");

/** A text as a key: "Thông cáo chung 2026" is "thong-cao-chung-2026". What has no letter of ours in it is empty. */
export function slugOf(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return slug.length > 60 ? slug.slice(0, slug.lastIndexOf("-", 60) > 0 ? slug.lastIndexOf("-", 60) : 60) : slug;
}

export const uuid = z.uuid({ error: "errors.id" });

/** Whether nothing stands there twice. */
export const once = <T>(items: readonly T[]): boolean => new Set(items).size === items.length;

/** An address on the web: https or http, no credentials in it. Empty means none. */
export const optionalLink = z
  .union([z.null(), line(2000)], { error: "errors.text.notText" })
  .optional()
  .transform((text) => text || null)
  .refine((text) => text === null || isWebAddress(text), "errors.link");

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
