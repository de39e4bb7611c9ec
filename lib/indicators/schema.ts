import { z } from "zod";
import { edtf } from "#lib/commitments/schema.ts";
import type { Day } from "#lib/dates.ts";
import { place } from "#lib/sources/schema.ts";
import { key, line, optionalLine, optionalTexts, prose, type Texts, texts, uuid } from "#lib/text.ts";
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

/** The currencies that the forms offer first; any other is taken, too. */
export const currencies = ["USD", "VND", "LAK", "EUR", "CNY", "THB", "JPY", "KRW", "GBP", "SGD", "AUD", "RUB"] as const;

const value = z
  .number({ error: "errors.number" })
  .min(-1e18, "errors.number")
  .max(1e18, "errors.number")
  // As many as the database keeps.
  .refine((number) => Number(number.toFixed(4)) === number, "errors.decimals");

const figure = {
  value,
  qualifier: z.enum(qualifiers, { error: "errors.choice" }),
  kind: z.enum(figureKinds, { error: "errors.choice" }).nullable(),
  /** The time that the figure is of: the words of the text, and what can be computed from them. */
  phrase: optionalLine(200),
  edtf,
  inferred: optionalTexts(1000),
  ...place,
  note: optionalTexts(1000),
};

const fields = {
  name: texts(200, line),
  unit: z
    .string({ error: "errors.unit" })
    .refine((unit) => /^[A-Z]{3}$/.test(unit) || units.some((word) => word === unit), "errors.unit"),
  direction: z.enum(Direction, { error: "errors.choice" }),
};

const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };
/** Why a figure or a target changes: figures are claims, and none is changed quietly. */
const reason = { reason: prose(2000).refine((text) => text !== "", "errors.text.empty") };

/** What is measured, with all the figures that the sources give of it. */
export const indicatorInput = z.strictObject({
  portfolioId: key,
  /** Null: made of its name. */
  key: key.nullable().default(null),
  ...fields,
  observations: z.array(z.strictObject(figure)).max(1000, "errors.tooMany").default([]),
});

export const editIndicatorInput = z.strictObject({ ...target, ...fields });

/** One more figure of an indicator, and one that was entered wrong. */
export const figureInput = z.strictObject({ indicatorId: uuid, ...figure });
export const correctFigureInput = z.strictObject({ ...target, ...figure, ...reason });

const goal = { value, phrase: optionalLine(200), edtf, ...place };

/** The number that a commitment promises to reach. */
export const goalInput = z.strictObject({
  indicatorId: uuid,
  commitmentId: z.uuid({ error: "errors.nothingChosen" }),
  ...goal,
});
export const correctGoalInput = z.strictObject({ ...target, ...goal, ...reason });

/** A figure or a target that should not be there. */
export const withdrawInput = z.strictObject({ ...target, ...reason });

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
  id: string;
  value: number;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  paragraph: number;
  sourceKey: string;
  commitment: { reference: string; title: Texts };
};

/** A figure as it is corrected, with its version and the indicator that it is of. */
export type FigureEdited = Omit<Observation, "sourceKey" | "earliest" | "latest"> & {
  version: number;
  sourceId: string;
};

/** A target as it is corrected, with its version and whose it is. */
export type TargetEdited = Pick<Target, "id" | "value" | "phrase" | "edtf" | "paragraph" | "commitment"> & {
  version: number;
  sourceId: string;
};

/** What is measured, with everything that is said of it. Texts are in all languages. */
export type Indicator = {
  id: string;
  portfolioId: string;
  key: string;
  version: number;
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
