import { z } from "zod";
import { key, name, once, prose, uuid } from "#lib/text.ts";
import { columns } from "./columns.ts";
import { mostBytes, mostCell, mostColumns, mostRows } from "./limits.ts";

/** What may be said about an import. */

const cell = z.string().max(mostCell);

/** A file that has been read (file.ts); what its cells say is looked at when they are mapped. */
export const uploadInput = z.strictObject({
  portfolioId: key,
  fileName: name(200),
  fileBytes: z.int().positive().max(mostBytes),
  hash: z.instanceof(Uint8Array),
  headings: z.array(cell).min(1).max(mostColumns),
  rows: z.array(z.array(cell).max(mostColumns)).min(1).max(mostRows),
});

export const targetInput = z.strictObject({ id: uuid, version: z.int({ error: "errors.choice" }).positive() });

const column = z.union([z.null(), z.enum(columns)], { error: "errors.choice" });

export const mapInput = targetInput.extend({
  columns: z
    .array(column)
    .max(mostColumns)
    .refine((all) => all.some((each) => each !== null), "importing.errors.nothingMapped")
    .refine((all) => once(all.filter((each) => each !== null)), "importing.errors.mappedTwice"),
  clear: z.boolean({ error: "errors.choice" }),
  reason: prose(2000),
});

/** Rows that are wanted though somebody changed their records since, or not; null: all such rows. */
export const tickInput = targetInput.extend({
  rows: z.union([z.null(), z.array(z.int({ error: "errors.choice" }).positive()).max(1000, "errors.tooMany")], {
    error: "errors.choice",
  }),
  ticked: z.boolean({ error: "errors.choice" }),
});

export const runInput = targetInput.extend({
  /** Of the plan that the person has seen. */
  fingerprint: z.string().max(100),
});
