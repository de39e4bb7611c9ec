"use client";
import { useRouter } from "next/navigation";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { LanguageFields, noTexts } from "#components/catalogue/fields.tsx";
import { NumberField, TextField } from "#components/commitments/fields.tsx";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { markSilent, recordErratum, unmarkSilent, withdrawErratum } from "#lib/sources/actions.ts";
import { erratumInput, silentInput } from "#lib/sources/schema.ts";

type Of = { id: string; version: number };

/** Paragraphs that promise nothing, and why. `gaps`: those of which nobody has said anything yet, "1-3, 7". */
export function SilentForm({ id, version, gaps }: Of & { gaps: string }) {
  const t = useTranslator();
  return (
    <details className="rounded-md border border-line bg-surface print:hidden">
      <summary className="control px-3 py-1.5 font-medium">{t("sources.silent.title")}</summary>
      <div className="grid gap-3 px-3 pb-3">
        <p className="max-w-prose text-muted">{t("sources.silent.lead")}</p>
        <EntryForm
          schema={silentInput}
          action={markSilent}
          values={{ id, version, paragraphs: "", reason: noTexts }}
          fieldOf={{ "errors.noSuchParagraph": "paragraphs", "errors.paragraphUsed": "paragraphs" }}
          done={t("catalogue.saved")}
          submit={t("sources.silent.submit")}
        >
          <TextField
            name="paragraphs"
            label={t("sources.silent.paragraphs")}
            hint={gaps ? t("sources.silent.gaps", { gaps }) : t("sources.silent.hint")}
            required
          />
          <LanguageFields name="reason" label={t("sources.silent.reason")} required />
        </EntryForm>
      </div>
    </details>
  );
}

/** Takes back that a paragraph promises nothing. */
export function UnmarkButton({ id, version, paragraph }: Of & { paragraph: number }) {
  const t = useTranslator();
  const router = useRouter();
  return (
    <ActButton
      variant="quiet"
      size="sm"
      icon="undo"
      label={t("sources.silent.unmark")}
      of={t("sources.paragraph", { number: paragraph })}
      act={() => unmarkSilent({ id, version, paragraph })}
      done={t("catalogue.saved")}
      onDone={() => router.refresh()}
    />
  );
}

/** A known error of the document, with what is right. */
export function ErratumForm({ id, version }: Of) {
  const t = useTranslator();
  return (
    <details className="rounded-md border border-line bg-surface print:hidden">
      <summary className="control px-3 py-1.5 font-medium">{t("sources.errata.add")}</summary>
      <div className="grid gap-3 px-3 pb-3">
        <p className="max-w-prose text-muted">{t("sources.errata.lead")}</p>
        <EntryForm
          schema={erratumInput}
          action={recordErratum}
          values={{ id, version, paragraph: null, wrong: noTexts, right: noTexts, explanation: noTexts }}
          fieldOf={{ "errors.noSuchParagraph": "paragraph" }}
          done={t("catalogue.saved")}
          submit={t("sources.errata.submit")}
        >
          <div className="max-w-40">
            <NumberField name="paragraph" label={t("catalogue.paragraph")} required />
          </div>
          <LanguageFields name="wrong" label={t("sources.errata.wrong")} rows={2} required />
          <LanguageFields name="right" label={t("sources.errata.right")} rows={2} required />
          <LanguageFields name="explanation" label={t("sources.errata.why")} rows={2} required />
        </EntryForm>
      </div>
    </details>
  );
}

/** Takes an erratum back that was none, after asking. */
export function WithdrawErratumButton({
  id,
  version,
  erratum,
  paragraph,
}: Of & { erratum: string; paragraph: number }) {
  const t = useTranslator();
  const router = useRouter();
  return (
    <ActButton
      variant="quiet"
      size="sm"
      icon="trash"
      label={t("sources.errata.withdraw")}
      of={t("sources.paragraph", { number: paragraph })}
      act={() => withdrawErratum({ id, version, key: erratum })}
      confirm={{ title: t("sources.errata.withdraw"), body: t("sources.errata.withdrawBody") }}
      done={t("catalogue.saved")}
      onDone={() => router.refresh()}
    />
  );
}
