import type { Texts } from "#lib/text.ts";
import type { Rule } from "./rules.ts";

/** A rule as a list or a form shows it. */
export type RuleRow = Rule & {
  name: Texts;
  active: boolean;
  /** Which records, as the register's address has it. */
  query: string;
  version: number;
  /** Names of whom it names. */
  person: string | null;
  escalatePerson: string | null;
};
