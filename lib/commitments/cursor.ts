import { z } from "zod";
import type { SortKey } from "./filters.ts";

/**
 * A place in a sorted list, to go on from: the sort and the values of its expressions in the last row, as text. It tells
 * nothing that the page did not show, so it needs no secret. What PostgreSQL could not cast is refused here.
 */
const shape = z.tuple([z.string(), z.array(z.string().max(500)).min(1).max(6)]);

export function encodeCursor(sort: SortKey, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([sort, keys])).toString("base64url");
}

/** The values, or null where the text is not a cursor of this sort. */
export function decodeCursor(
  text: string,
  sort: SortKey,
  fits: readonly ((value: string) => boolean)[],
): string[] | null {
  if (text.length > 4000) return null;
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (!parsed.success || parsed.data[0] !== sort || parsed.data[1].length !== fits.length) return null;
    const keys = parsed.data[1];
    return keys.every((key, at) => key.isWellFormed() && !key.includes("\0") && fits[at]?.(key)) ? keys : null;
  } catch {
    return null;
  }
}
