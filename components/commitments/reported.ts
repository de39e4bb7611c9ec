import type { CommitmentRecord } from "#lib/commitments/record.ts";
import type { ClientTranslator } from "#lib/i18n/use-translator.tsx";

/**
 * With what a report of progress begins, and what two people can report differently. Also a form that does not ask for the
 * evidence sends it along: what somebody else has made of it meanwhile stays.
 */
export const reported = (t: ClientTranslator) => ({
  toValues: ({ completion, evidence }: CommitmentRecord) => ({
    completion: completion === "not_reported" ? "not_started" : completion,
    evidence,
    confidence: null,
    text: "",
    evidenceUrl: "",
    asOf: null,
  }),
  shown: (["completion", "evidence"] as const).map((name) => ({
    name,
    label: t(`commitments.field.${name}`),
    show: (value: unknown) => t.dynamic(`commitments.${name}.${value}`),
  })),
});
