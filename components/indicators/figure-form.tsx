"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import {
  InferredFields,
  LanguageFields,
  noTexts,
  ReasonField,
  SaidFields,
  showTexts,
  WhenFields,
} from "#components/catalogue/fields.tsx";
import { SelectField } from "#components/commitments/fields.tsx";
import { ValueField } from "#components/indicators/value-field.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { correctFigure, recordFigure } from "#lib/indicators/actions.ts";
import { correctFigureInput, type FigureEdited, figureInput, figureKinds, qualifiers } from "#lib/indicators/schema.ts";
import { indicatorPath } from "#lib/paths.ts";

type Props = {
  portfolio: string;
  indicator: { id: string; key: string; unit: string };
  /** What is corrected; none: a new one. */
  figure?: FigureEdited;
  sources: readonly Choice[];
};

/** A figure as a source gives it: the number, how it is stated, of when, and where it is said. */
export function FigureForm({ portfolio, indicator, figure, sources }: Props) {
  const t = useTranslator();
  const values = {
    value: figure?.value ?? null,
    qualifier: figure?.qualifier ?? "exact",
    kind: figure?.kind ?? null,
    phrase: figure?.phrase ?? null,
    edtf: figure?.edtf ?? null,
    inferred: figure?.inferred ?? noTexts,
    sourceId: figure?.sourceId ?? sources.at(-1)?.value ?? "",
    paragraph: figure?.paragraph ?? null,
    note: figure?.note ?? noTexts,
  };
  const plain = (value: unknown) => String(value ?? "");
  const fields = (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <ValueField unit={indicator.unit} />
        <SelectField
          name="qualifier"
          label={t("indicators.field.stated")}
          options={qualifiers.map((value) => ({ value, label: t(`indicators.qualifier.${value}`) }))}
        />
        <SelectField
          name="kind"
          label={t("indicators.edit.covers")}
          hint={t("indicators.edit.coversHint")}
          none={t("indicators.edit.coversNothing")}
          options={figureKinds.map((value) => ({ value, label: t(`indicators.kind.${value}`) }))}
        />
      </div>
      <WhenFields label={t("indicators.field.asOf")} />
      <InferredFields />
      <SaidFields sources={sources} />
      <LanguageFields name="note" label={t("catalogue.note")} rows={2} />
    </>
  );
  const back = indicatorPath(portfolio, indicator.key);
  const fieldOf = { "errors.noSuchParagraph": "paragraph", "errors.noSuchSource": "sourceId" };
  if (!figure) {
    return (
      <EntryForm
        schema={figureInput}
        action={recordFigure}
        values={{ indicatorId: indicator.id, ...values }}
        fieldOf={fieldOf}
        done={t("indicators.edit.figureAdded")}
        submit={t("indicators.edit.addFigure")}
        next={() => back}
        cancel={back}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={correctFigureInput}
      action={correctFigure}
      values={{ id: figure.id, version: figure.version, ...values, reason: "" }}
      fieldOf={fieldOf}
      shown={[
        { name: "value", label: t("indicators.field.value"), show: plain },
        {
          name: "qualifier",
          label: t("indicators.field.stated"),
          show: (value) => t.dynamic(`indicators.qualifier.${value}`),
        },
        {
          name: "kind",
          label: t("indicators.edit.covers"),
          show: (value) => (value ? t.dynamic(`indicators.kind.${value}`) : ""),
        },
        { name: "phrase", label: t("catalogue.phrase"), show: plain },
        { name: "edtf", label: t("indicators.field.asOf"), show: plain },
        { name: "inferred", label: t("catalogue.inferred.reason"), show: showTexts },
        {
          name: "sourceId",
          label: t("catalogue.source"),
          show: (value) => sources.find((source) => source.value === value)?.label ?? "",
        },
        { name: "paragraph", label: t("catalogue.paragraph"), show: plain },
        { name: "note", label: t("catalogue.note"), show: showTexts },
      ]}
      done={t("indicators.edit.figureCorrected")}
      next={() => back}
      cancel={back}
    >
      {fields}
      <ReasonField />
    </EntryForm>
  );
}
