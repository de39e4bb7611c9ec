"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { InferredFields, LanguageFields, noTexts, showTexts } from "#components/catalogue/fields.tsx";
import { NumberField, SelectField, TextField, VagueDateField } from "#components/commitments/fields.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { sourcePath } from "#lib/paths.ts";
import { editSource, recordSource } from "#lib/sources/actions.ts";
import { editSourceInput, type Source, sourceInput } from "#lib/sources/schema.ts";
import { SourceKind } from "#prisma/generated/enums.ts";

type Props = {
  portfolio: string;
  /** What is edited; none: a new one. */
  source?: Source;
  languages: readonly { value: string; label: string }[];
};

/** A document: what is known of it. */
export function SourceForm({ portfolio, source, languages }: Props) {
  const t = useTranslator();
  const locale = useLocale();
  const plain = (value: unknown) => String(value ?? "");
  const values = {
    title: source?.title ?? null,
    label: source?.label ?? noTexts,
    publisher: source?.publisher ?? null,
    dateEdtf: source?.date ?? null,
    inferred: source?.inferred ?? noTexts,
    language: source?.language ?? "vi",
    kind: source?.kind ?? "communique",
    paragraphs: source?.paragraphs ?? null,
  };
  const fields = (
    <>
      <LanguageFields name="label" label={t("sources.edit.label")} hint={t("sources.edit.labelHint")} required />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name="title" label={t("sources.field.title")} />
        <TextField name="publisher" label={t("sources.field.publisher")} />
        <SelectField
          name="kind"
          label={t("sources.field.kind")}
          options={Object.values(SourceKind).map((value) => ({ value, label: t(`sources.kind.${value}`) }))}
        />
        <SelectField name="language" label={t("sources.field.language")} options={languages} />
        <VagueDateField name="dateEdtf" label={t("sources.field.date")} />
        <NumberField
          name="paragraphs"
          label={t("sources.field.paragraphs")}
          hint={t("sources.edit.paragraphsHint")}
          required
        />
      </div>
      <InferredFields />
    </>
  );
  if (!source) {
    return (
      <EntryForm
        schema={sourceInput}
        action={recordSource}
        values={{ portfolioId: portfolio, ...values }}
        done={t("sources.edit.added")}
        submit={t("sources.edit.add")}
        next={({ key }) => sourcePath(portfolio, key)}
        cancel={`/${portfolio}/sources`}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editSourceInput}
      action={editSource}
      values={{ id: source.id, version: source.version, ...values }}
      shown={[
        { name: "label", label: t("sources.edit.label"), show: showTexts },
        { name: "title", label: t("sources.field.title"), show: plain },
        { name: "publisher", label: t("sources.field.publisher"), show: plain },
        { name: "kind", label: t("sources.field.kind"), show: (value) => t.dynamic(`sources.kind.${value}`) },
        {
          name: "language",
          label: t("sources.field.language"),
          show: (value) => languages.find((language) => language.value === value)?.label ?? plain(value),
        },
        {
          name: "dateEdtf",
          label: t("sources.field.date"),
          show: (value) => (value ? showEdtf(t, locale, plain(value)) : ""),
        },
        { name: "paragraphs", label: t("sources.field.paragraphs"), show: plain },
        { name: "inferred", label: t("catalogue.inferred.reason"), show: showTexts },
      ]}
      done={t("catalogue.saved")}
      next={() => sourcePath(portfolio, source.key)}
      cancel={sourcePath(portfolio, source.key)}
    >
      {fields}
    </EntryForm>
  );
}
