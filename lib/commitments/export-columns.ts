import type { Translator } from "#lib/i18n/translator.ts";
import { Completion, Evidence, Form, Kind, Strength } from "#prisma/generated/enums.ts";
import { schedules } from "./filters.ts";

/** What the register's file is made of. */

/** The file's columns, in their order: the words of an import, too (lib/importing). */
export const exportColumns = [
  "reference",
  "title.en",
  "title.vi",
  "title.lo",
  "form",
  "kind",
  "strength",
  "sector",
  "parties",
  "lead",
  "owner",
  "completion",
  "evidence",
  "phrase",
  "edtf",
  "earliest",
  "latest",
  "schedule",
  "updated",
] as const;
export type ExportColumn = (typeof exportColumns)[number];

/** What a column is headed. */
export function headingOf(t: Translator, column: ExportColumn): string {
  switch (column) {
    case "title.en":
    case "title.vi":
    case "title.lo":
      return `${t("commitments.field.title")} (${column.slice(-2)})`;
    case "lead":
      return t("parties.role.lead");
    case "phrase":
      return t("commitments.field.deadline");
    case "edtf":
      return `${t("commitments.field.deadline")} (EDTF)`;
    case "earliest":
    case "latest":
      return t(`register.file.${column}`);
    default:
      return t(`commitments.field.${column}`);
  }
}

/** The words of the values. Looked up once: a file has a hundred thousand lines. */
export function wordsOf(t: Translator) {
  const each = <K extends string>(names: Record<K, K>, word: (name: K) => string) =>
    Object.fromEntries(Object.values<K>(names).map((name) => [name, word(name)])) as Record<K, string>;
  return {
    form: each(Form, (name) => t(`commitments.form.${name}`)),
    kind: each(Kind, (name) => t(`commitments.kind.${name}`)),
    strength: each(Strength, (name) => t(`commitments.strength.${name}`)),
    completion: each(Completion, (name) => t(`commitments.completion.${name}`)),
    evidence: each(Evidence, (name) => t(`commitments.evidence.${name}`)),
    schedule: Object.fromEntries(schedules.map((name) => [name, t(`commitments.schedule.${name}`)])) as Record<
      (typeof schedules)[number],
      string
    >,
  };
}

// Quoted throughout: a spreadsheet that splits at another sign than the comma finds no new cells inside a text.
export const csvStyle = { quoted_string: true, record_delimiter: "\r\n" };
