import { type Filters, type Listing, listingQuery } from "#lib/commitments/filters.ts";
import { withQuery } from "#lib/paths.ts";

/** The same list with other filters, from its beginning. */
export function addressOf(base: string, listing: Listing, filters: Partial<Filters>): string {
  const merged = { ...listing.filters, ...filters };
  return withQuery(`${base}/register`, listingQuery({ ...listing, filters: merged, after: null, before: null }));
}
