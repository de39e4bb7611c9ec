import { z } from "zod";
import type { Schedule } from "#lib/commitments/rules.ts";
import { recentMost, referencePattern } from "#lib/paths.ts";
import { line } from "#lib/text.ts";
import type { Locale } from "#prisma/generated/enums.ts";

/** What the palette asks for and gets. */

/** What was typed. */
export const typedSchema = line(200);

/** References that this browser has opened lately: "VL-001,VL-002". */
export const recentSchema = z
  .string()
  .max(200, "errors.filter")
  .transform((text) => text.split(",").filter(Boolean))
  .refine((all) => all.length <= recentMost && all.every((one) => referencePattern.test(one)), "errors.filter");

/** A text in the reader's language where there is one; `lang` says which it is where not. */
type Named = { name: string; lang: Locale | null };

export type RecordHit = Named & { reference: string; schedule: Schedule };
type PersonHit = { id: string; name: string; agency: string | null };
/** A saved view: the register's address that it stands for, without the question mark. */
type ViewHit = { id: string; name: string; query: string };
export type ThingKind = "meetings" | "indicators" | "sources";
type ThingHit = Named & { kind: ThingKind; key: string };

export type Found = {
  records: RecordHit[];
  /** How many records match; with `more`, at least so many. */
  total: number;
  more: boolean;
  views: ViewHit[];
  people: PersonHit[];
  things: ThingHit[];
};
