import type { Column, Schedule } from "#lib/commitments/filters.ts";
import { schedules } from "#lib/commitments/filters.ts";
import { completions, evidences, forms, strengths } from "#lib/commitments/schema.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { Completion, Evidence, Form, Strength } from "#prisma/generated/enums.ts";

/** The words that stand in every row of the register, looked up once a language and not once a cell. */
export type RowWords = {
  form: Record<Form, string>;
  completion: Record<Completion, string>;
  evidence: Record<Evidence, string>;
  strength: Record<Strength, string>;
  schedule: Record<Schedule, string>;
  column: Record<Column, string>;
  noOwner: string;
  select: (reference: string) => string;
};

const kept = new Map<Locale, RowWords>();

export function rowWords(locale: Locale): RowWords {
  let words = kept.get(locale);
  if (!words) {
    const t = translator(locale);
    const each = <K extends string>(names: readonly K[], word: (name: K) => string) =>
      Object.fromEntries(names.map((name) => [name, word(name)])) as Record<K, string>;
    const select = t("register.select", { reference: "\n" }).split("\n");
    words = {
      form: each(forms, (name) => t(`commitments.form.${name}`)),
      completion: each(completions, (name) => t(`commitments.completion.${name}`)),
      evidence: each(evidences, (name) => t(`commitments.evidence.${name}`)),
      strength: each(strengths, (name) => t(`commitments.strength.${name}`)),
      schedule: each(schedules, (name) => t(`commitments.schedule.${name}`)),
      column: {
        ...each(
          [
            "reference",
            "title",
            "form",
            "parties",
            "sector",
            "owner",
            "deadline",
            "schedule",
            "evidence",
            "strength",
            "updated",
          ],
          (name) => t(`commitments.field.${name}`),
        ),
        status: t("commitments.field.completion"),
      },
      noOwner: t("register.noOwner"),
      select: (reference) => select.join(reference),
    };
    kept.set(locale, words);
  }
  return words;
}
