"use client";
import { useFormContext } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { useFieldError } from "#components/commitments/fields.tsx";
import type { FormProps } from "#components/commitments/frame.ts";
import { TextFields } from "#components/commitments/text-fields.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { editTexts } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { textsInput } from "#lib/commitments/schema.ts";
import { type Locale, localeNames, locales } from "#lib/i18n/locales.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import type { Texts } from "#lib/text.ts";

const toValues = ({ title, statement, draftLocales }: CommitmentRecord) => ({
  title,
  statement,
  draftLocales,
});

/** What is promised, in the three languages, and which of them somebody has reviewed. */
export default function TextsForm({ data }: FormProps) {
  const t = useTranslator();
  const lines = (value: unknown) =>
    locales
      .filter((locale) => (value as Texts)[locale])
      .map((locale) => `${localeNames[locale]}: ${(value as Texts)[locale]}`)
      .join("\n");
  return (
    <EditForm
      schema={textsInput}
      action={editTexts}
      data={data}
      toValues={toValues}
      shown={[
        { name: "title", label: t("commitments.field.title"), show: lines },
        { name: "statement", label: t("commitments.field.statement"), show: lines },
        {
          name: "draftLocales",
          label: t("commitments.edit.texts.drafts"),
          show: (value) => (value as Locale[]).map((locale) => localeNames[locale]).join(", "),
        },
      ]}
      done={t("commitments.edit.done.texts")}
    >
      <p className="text-sm text-muted">{t("commitments.edit.texts.lead")}</p>
      <TextFields after={(locale) => <Reviewed locale={locale} />} />
      <Missing name="title" />
      <Missing name="statement" />
    </EditForm>
  );
}

function Reviewed({ locale }: { locale: Locale }) {
  const t = useTranslator();
  const { setValue, watch } = useFormContext();
  const drafts: Locale[] = watch("draftLocales");
  return (
    <Checkbox
      checked={!drafts.includes(locale)}
      onChange={({ target }) =>
        setValue(
          "draftLocales",
          locales.filter((each) => (each === locale ? !target.checked : drafts.includes(each))),
          { shouldDirty: true },
        )
      }
      label={t("commitments.edit.texts.reviewed")}
    />
  );
}

/** At least one language has to be there: that is wrong with all of them together, not with one. */
export function Missing({ name }: { name: "title" | "statement" }) {
  const t = useTranslator();
  const error = useFieldError(name);
  if (!error) return null;
  return (
    <p role="alert" className="flex items-start gap-1 text-sm font-medium text-critical">
      <Icon name="alert" className="mt-[0.25em]" />
      {t("commitments.edit.texts.missing", { field: t(`commitments.field.${name}`) })}
    </p>
  );
}
