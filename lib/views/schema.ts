import { z } from "zod";
import { listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { key, line, name, uuid } from "#lib/text.ts";

/** A saved view is an address of the register with a name. */

/** What of an address is worth keeping: filters, order and columns in their normal spelling, without the place in the list. */
export function viewQuery(query: string): string {
  const { listing } = parseListing(new URLSearchParams(query));
  return listingQuery({ ...listing, after: null, before: null });
}

const query = line(4000).transform(viewQuery);
const shared = z.boolean({ error: "errors.choice" });
const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };

export const saveInput = z.strictObject({ portfolioId: key, name: name(100), query, shared });
export const renameInput = z.strictObject({ ...target, name: name(100), shared });
export const deleteInput = z.strictObject(target);
