/** The filters that offer values to choose from, in the order in which a screen shows them. */
export const facetNames = [
  "schedule",
  "status",
  "owner",
  "form",
  "strength",
  "evidence",
  "sector",
  "party",
  "source",
  "meeting",
] as const;
export type FacetName = (typeof facetNames)[number];

/** `label` is null where the value is one of ours and the messages name it. */
export type FacetValue = { value: string; label: string | null; count: number };

export type Facets = {
  values: Record<FacetName, FacetValue[]>;
  /** How many are the actor's own. */
  mine: number;
  /** More than `facetCap` match: the counts are those of the first ones only. */
  capped: boolean;
};

/** Counting stops after so many matching records, and the screen says so. */
export const facetCap = 5000;
