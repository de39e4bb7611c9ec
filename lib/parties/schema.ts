import { z } from "zod";
import { key, line, name, type Texts, texts } from "#lib/text.ts";
import { PartyKind } from "#prisma/generated/enums.ts";

/** What the records refer to: sectors, parties and places. Issues are message keys. */

/** Other spellings, for search: a list, or as people write them, one on a line. */
const aliases = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value
          .split("\n")
          .map((alias) => alias.trim())
          .filter(Boolean)
      : value,
  z.array(name(200)).max(50, "errors.tooMany"),
);
const names = texts(200, line);

/** ISO 3166-1 ("VN") or 3166-2 ("VN-30"). */
const iso = z.preprocess(
  (value) => value || null,
  z.union([z.null(), z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "errors.iso")], { error: "errors.iso" }),
);
/** Whose side: the country's code in small letters; null for nobody's or both. */
const side = z.union([z.null(), z.string().regex(/^[a-z]{2}$/, "errors.iso")], { error: "errors.iso" });

export const sectorInput = z.strictObject({
  id: key,
  name: names,
  /** OECD DAC codes: three digits for a category, five for a purpose. */
  dac: z.array(z.string().regex(/^\d{3}(\d\d)?$/, "errors.dac")).max(20, "errors.tooMany"),
  position: z.int({ error: "errors.number" }).min(1, "errors.number").max(1000, "errors.number"),
});

const party = {
  kind: z.enum(PartyKind, { error: "errors.choice" }),
  name: names,
  aliases,
  parentId: z.union([z.null(), key]),
  iso,
  side,
};
const place = { name: names, aliases, iso, country: side };
/** Null: made of the name. */
const id = key.nullable().default(null);
const target = { id: key, version: z.int({ error: "errors.choice" }).positive() };

export const partyInput = z.strictObject({ id, ...party });
export const editPartyInput = z.strictObject({ ...target, ...party });
export const placeInput = z.strictObject({ id, ...place });
export const editPlaceInput = z.strictObject({ ...target, ...place });

export type Party = {
  id: string;
  kind: PartyKind;
  name: Texts;
  aliases: string[];
  parentId: string | null;
  /** ISO 3166. */
  iso: string | null;
  /** Whose side: "vn", "la"; null for nobody's or both. */
  side: string | null;
  version: number;
};

export type Place = {
  id: string;
  name: Texts;
  aliases: string[];
  iso: string | null;
  country: string | null;
  version: number;
};
