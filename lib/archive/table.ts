import type { Actor } from "#lib/actor.ts";
import type { Fragment } from "#lib/db.ts";

/** A table of the archive: where its rows come from, and what a program has to know to read it (Data Package, Table Schema). */
export type Table = {
  /** Of its files, too: "commitments" is data/commitments.csv and data/commitments.jsonl. */
  name: string;
  description: string;
  fields: readonly Field[];
  /** Fields that tell a row from all others. */
  key: readonly string[];
  /** Field → table and field that it names. */
  refers: Readonly<Record<string, readonly [table: string, field: string]>>;
  /** All behind SELECT …: the rows that the actor may see, in a fixed order. */
  from: (actor: Actor, portfolioId: string) => Fragment;
};

type FieldType = "string" | "integer" | "number" | "boolean" | "date" | "datetime" | "object" | "array";

export type Field = {
  name: string;
  type: FieldType;
  /** The SQL expression that gives it: ours, and no input. */
  is: string;
  description?: string;
  /** Values of a closed list. */
  values?: readonly string[];
};

type More = { description?: string; values?: readonly string[] };

/** A field; `is` where it is not the column of that name. */
export const field = (name: string, type: FieldType, is = name, more: More = {}): Field => ({
  name,
  type,
  is: type === "datetime" ? `to_char(${is} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : is,
  ...more,
});

/** A field whose values are those of an enumeration. */
export const choice = (
  name: string,
  is: string,
  values: Readonly<Record<string, string>>,
  description?: string,
): Field => field(name, "string", is, { values: Object.values(values), ...(description && { description }) });

/** A text in the register's languages, one field each: title_en, title_vi, title_lo. Empty: not written in that one. */
export const texts = (name: string, is: string, description?: string): Field[] =>
  ["en", "vi", "lo"].map((locale) =>
    field(`${name}_${locale}`, "string", `nullif(${is}->>'${locale}', '')`, description ? { description } : {}),
  );

/** A date that may be vague: what the text says, what that means in EDTF, and the first and last day that it allows. */
export const fuzzy = (before: string, alias: string, column = before): Field[] => {
  const name = (part: string) => (before ? `${before}_${part}` : part);
  const at = (part: string) => `${alias}.${column ? `${column}_${part}` : part}`;
  return [
    field(name("phrase"), "string", at("phrase"), { description: "What the text says." }),
    field(name("edtf"), "string", at("edtf"), { description: "What that means, in EDTF (ISO 8601-2)." }),
    field(name("earliest"), "date", at("earliest"), { description: "The first day that it allows." }),
    field(name("latest"), "date", at("latest"), { description: "The last day that it allows." }),
  ];
};
