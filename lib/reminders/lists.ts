import { type Filters, listingQuery, noFilters, parseListing } from "#lib/commitments/filters.ts";
import type { About } from "./rules.ts";

const open: Filters["schedule"] = ["overdue", "due_soon", "upcoming", "undated"];

/** A part of a list of many: what its records lack, how many there were, and the register's address that shows them now. */
export type Part = { lacks: "unowned" | "undated"; count: number; query: string };

/** The register narrowed to what lacks an owner and to what lacks a date: of what the rule looks at, and firm. */
export function partsOf(about: About, ruleQuery: string): Part[] {
  const { listing } = parseListing(new URLSearchParams(ruleQuery));
  const firm = listing.filters.strength.filter((strength) => strength === "obligation" || strength === "pledge");
  const strength: Filters["strength"] = firm.length > 0 ? firm : ["obligation", "pledge"];
  const to = (narrowed: Partial<Filters>) =>
    listingQuery({ ...listing, filters: { ...noFilters, ...listing.filters, strength, ...narrowed } });
  const { unowned = 0, undated = 0 } = about.gaps ?? {};
  const parts: Part[] = [
    { lacks: "unowned", count: unowned, query: to({ owner: ["nobody"], schedule: open }) },
    { lacks: "undated", count: undated, query: to({ schedule: ["undated"] }) },
  ];
  return parts.filter(({ count }) => count > 0);
}
