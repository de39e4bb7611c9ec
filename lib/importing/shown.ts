import type { ImportState } from "#prisma/generated/enums.ts";
import type { Mapping, Plan } from "./plan.ts";
import type { Vocabulary } from "./words.ts";

/** Imports as pages show them. */

/** One in the list. */
export type ImportShown = {
  id: string;
  version: number;
  fileName: string;
  fileBytes: number;
  person: string;
  state: ImportState;
  rowCount: number;
  created: number;
  changed: number;
  unchanged: number;
  refused: number;
  createdAt: Date;
  doneAt: Date | null;
  undoneAt: Date | null;
};

/** One by itself, at the step at which it is. */
export type ImportFound = ImportShown & {
  headings: string[];
  mapping: Mapping;
  /** The first rows under the headings. */
  sample: string[][];
  batchId: string | null;
};

/** What an import would do, and the words to say it in. */
export type Planned = { plan: Plan; vocabulary: Vocabulary };
