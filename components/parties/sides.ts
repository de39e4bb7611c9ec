/** The countries whose register this is: their codes, as parties and places have them. */
export const sides = ["vn", "la"] as const;

/** A third country as one more choice, by its code: what is there stays to be chosen. */
export const elsewhere = (code: string | null | undefined) =>
  code && !sides.some((side) => side === code) ? [{ value: code, label: code.toUpperCase() }] : [];
