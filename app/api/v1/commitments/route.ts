import { z } from "zod";
import { type Listed, one, pageParameters, readPage, readQuery, respond } from "#lib/api.ts";
import { teamToday } from "#lib/command.ts";
import { decodeCursor } from "#lib/commitments/cursor.ts";
import { filterSchema, parseListing } from "#lib/commitments/filters.ts";
import { type PublishedCommitment, publishCommitment } from "#lib/commitments/published.ts";
import { listRecords } from "#lib/commitments/record.ts";
import { orderOf } from "#lib/commitments/where.ts";
import { InvalidInput } from "#lib/errors.ts";

export const dynamic = "force-dynamic";

const filters = filterSchema.keyof().options;
/** Those of the register that take one value. */
const single = ["q", "within", "sort"] as const;

/** The register's filters and sorts, in the register's words (lib/commitments/filters.ts). */
export function GET(request: Request): Promise<Response> {
  return respond(request, async (actor, search): Promise<Listed<PublishedCommitment>> => {
    const query = readQuery(search, [...filters, "sort", ...pageParameters]);
    for (const name of single) one(query, name, z.string());
    const { portfolioId, limit, cursor } = readPage(query);
    const { listing, refused } = parseListing(search);
    if (refused.length > 0)
      throw new InvalidInput(Object.fromEntries(refused.map((name) => [name, ["errors.filter"]])));
    const fits = orderOf(listing.sort, "en").map((part) => part.fits);
    if (cursor !== null && !decodeCursor(cursor, listing.sort, fits))
      throw new InvalidInput({ cursor: ["errors.cursor"] });
    const today = teamToday(new Date());
    const { records, next } = await listRecords(actor, portfolioId, { ...listing, after: cursor }, { today, limit });
    return { data: records.map((record) => publishCommitment(record, today)), next };
  });
}
