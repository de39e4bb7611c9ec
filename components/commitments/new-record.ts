import { z } from "zod";
import { createInput } from "#lib/commitments/schema.ts";

/** What the form of a new record holds: the input of the command without what comes later. */
export type NewRecord = Pick<
  z.input<typeof createInput>,
  "portfolioId" | "form" | "kind" | "strength" | "sectorId" | "title" | "statement"
> & {
  parties: { partyId: string; role: string }[];
  places: string[];
  deadline: { phrase: string | null; edtf: string | null; anchorId: string | null };
  citations: { sourceId: string; paragraph: number | null }[];
};

/** The command's own schema; a deadline of which nothing is said is none. */
export const newSchema = z.preprocess((values) => {
  const { deadline, ...rest } = values as NewRecord;
  return { ...rest, deadline: deadline.phrase || deadline.edtf || deadline.anchorId ? deadline : null };
}, createInput) as unknown as z.ZodType<NewRecord, NewRecord>;
