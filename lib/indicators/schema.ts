import { z } from "zod";
import { edtf } from "#lib/commitments/schema.ts";
import type { Day } from "#lib/dates.ts";
import { place } from "#lib/sources/schema.ts";
import { key, line, optionalLine, type Texts, texts, uuid } from "#lib/text.ts";
import { type Completion, Direction } from "#prisma/generated/enums.ts";

/** How exact a figure is, or what of it was counted. lib/indicators/rules.ts says which of them can be compared. */
export const qualifiers = [
  "exact",
  "about",
  "more_than",
  "less_than",
  "predicted",
  "registered",
  "implemented",
  "average",
] as const;

/** What a figure covers. Figures of different kinds are not set side by side. */
export const figureKinds = [
  "full_year",
  "part_year",
  "total",
  "registered",
  "implemented",
  "period",
  "per_year",
] as const;

/** What numbers are counted in: an ISO 4217 currency or one of our words. */
export const units = ["percent", "projects", "rank", "students", "institutions"] as const;

const value = z.number({ error: "errors.number" }).min(-1e18, "errors.number").max(1e18, "errors.number");

const observation = z.strictObject({
  value,
  qualifier: z.enum(qualifiers, { error: "errors.choice" }),
  kind: z.union([z.null(), z.enum(figureKinds)], { error: "errors.choice" }),
  /** The time that the figure is of: the words of the text, and what can be computed from them. */
  phrase: optionalLine(200),
  edtf,
  inferred: z.union([z.null(), texts(1000)]),
  ...place,
  note: z.union([z.null(), texts(1000)]),
});

/** What is measured, with all the figures that the sources give of it. */
export const indicatorInput = z.strictObject({
  portfolioId: key,
  key,
  name: texts(200, line),
  unit: z
    .string({ error: "errors.unit" })
    .refine((unit) => /^[A-Z]{3}$/.test(unit) || units.some((word) => word === unit), "errors.unit"),
  direction: z.enum(Direction, { error: "errors.choice" }),
  observations: z.array(observation).max(1000, "errors.tooMany"),
});

/** The number that a commitment promises to reach. */
export const goalInput = z.strictObject({
  indicatorId: uuid,
  commitmentId: uuid,
  value,
  phrase: optionalLine(200),
  edtf,
  ...place,
});

/** A figure as a source gives it: a claim. */
export type Observation = {
  id: string;
  value: number;
  /** "exact", "about", "predicted", "registered" ... (lib/indicators/schema.ts). */
  qualifier: string;
  /** What it covers: "full_year", "part_year" ...; null where that does not matter. */
  kind: string | null;
  phrase: string | null;
  edtf: string | null;
  earliest: Day | null;
  latest: Day | null;
  /** Why we give this date, where the text gives none. */
  inferred: Texts | null;
  note: Texts | null;
  paragraph: number;
  sourceKey: string;
};

/** The number that a commitment promises. */
export type Target = {
  value: number;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  paragraph: number;
  sourceKey: string;
  commitment: { reference: string; title: Texts };
};

/** What is measured, with everything that is said of it. Texts are in all languages. */
export type Indicator = {
  id: string;
  portfolioId: string;
  key: string;
  name: Texts;
  /** An ISO 4217 currency or one of our words (lib/indicators/schema.ts). */
  unit: string;
  direction: Direction;
  observations: Observation[];
  targets: Target[];
  /** The commitments that it measures. */
  commitments: { id: string; reference: string; title: Texts; completion: Completion }[];
  /** Names of the sources of its figures, by key. */
  sources: Record<string, Texts>;
};
