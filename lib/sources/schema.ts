import { z } from "zod";
import { edtf } from "#lib/commitments/schema.ts";
import { key, line, once, optionalLine, optionalTexts, type Texts, texts, uuid } from "#lib/text.ts";
import { SourceKind } from "#prisma/generated/enums.ts";
import { paragraphsIn } from "./rules.ts";

/** Paragraphs are the non-empty lines of a document, counted from 1. */
const paragraph = z.int({ error: "errors.paragraph" }).min(1, "errors.paragraph").max(100_000, "errors.paragraph");

/** Where something is said: for meetings, figures and targets. Commitments have their own, which say what they support. */
export const place = { sourceId: uuid, paragraph };

const silent = z.strictObject({ paragraph, reason: texts(500) });

const claim = { paragraph, wrong: texts(2000), right: texts(2000), explanation: texts(2000) };

const fields = {
  /** As printed; null if the document has none. */
  title: optionalLine(500),
  /** What we call it. */
  label: texts(200, line),
  publisher: optionalLine(200),
  dateEdtf: edtf,
  /** Why we give this date, where the document gives none. */
  inferred: optionalTexts(1000),
  language: z.string({ error: "errors.language" }).regex(/^[a-z]{2,3}$/, "errors.language"),
  kind: z.enum(SourceKind, { error: "errors.choice" }),
  paragraphs: paragraph,
};

/** A document: what is known of it, which of its paragraphs promise nothing, and what is wrong in it. */
export const sourceInput = z
  .strictObject({
    portfolioId: key,
    /** Null: made of what it is called. */
    key: key.nullable().default(null),
    ...fields,
    silent: z.array(silent).max(100_000).default([]),
    errata: z
      .array(z.strictObject({ key, ...claim }))
      .max(1000)
      .default([]),
  })
  .refine(({ paragraphs, silent, errata }) => [...silent, ...errata].every((entry) => entry.paragraph <= paragraphs), {
    path: ["paragraphs"],
    message: "errors.noSuchParagraph",
  })
  .refine(({ silent }) => once(silent.map((entry) => entry.paragraph)), {
    path: ["silent"],
    message: "errors.twice",
  })
  .refine(({ errata }) => once(errata.map((entry) => entry.key)), {
    path: ["errata"],
    message: "errors.twice",
  });

const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };

export const editSourceInput = z.strictObject({ ...target, ...fields });

/** Paragraphs as people write them ("1-3, 7") or as a list. */
const paragraphs = z.preprocess(
  (value) => (typeof value === "string" ? paragraphsIn(value) : value),
  z.array(paragraph, { error: "errors.paragraphs" }).min(1, "errors.paragraphs").max(1000, "errors.tooMany"),
);

export const silentInput = z.strictObject({ ...target, paragraphs, reason: texts(500) });
export const unsilentInput = z.strictObject({ ...target, paragraph });
export const erratumInput = z.strictObject({ ...target, ...claim });
export const withdrawErratumInput = z.strictObject({ ...target, key });

/** A document: what is known of it. Texts are in all languages. */
export type Source = {
  id: string;
  portfolioId: string;
  key: string;
  version: number;
  /** As printed; null if the document has none. */
  title: string | null;
  /** What we call it. */
  label: Texts;
  publisher: string | null;
  /** EDTF. */
  date: string | null;
  /** Why we give this date, where the document gives none. */
  inferred: Texts | null;
  language: string;
  kind: SourceKind;
  paragraphs: number;
  errata: Erratum[];
  /** How much of the register rests on it. */
  commitments: number;
  meetings: number;
  figures: number;
};

export type Erratum = { key: string; paragraph: number; wrong: Texts; right: Texts; explanation: Texts };

/** A paragraph of a document and what rests on it. */
export type Paragraph = {
  paragraph: number;
  commitments: { id: string; reference: string; title: Texts; note: Texts | null; supports: string | null }[];
  meetings: { key: string; name: Texts; note: Texts | null }[];
  figures: { key: string; name: Texts; unit: string; value: number; target: boolean }[];
  /** Keys of the errata that are about it. */
  errata: string[];
  /** Why it has no record, where somebody has said so. */
  silent: Texts | null;
};
