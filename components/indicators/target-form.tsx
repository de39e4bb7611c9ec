"use client";
import { useState } from "react";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { ReasonField, SaidFields, WhenFields } from "#components/catalogue/fields.tsx";
import { PickerField } from "#components/commitments/picker.tsx";
import { ValueField } from "#components/indicators/value-field.tsx";
import type { Choice } from "#lib/commitments/choices.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { correctTarget, recordTarget } from "#lib/indicators/actions.ts";
import { correctGoalInput, goalInput, type TargetEdited } from "#lib/indicators/schema.ts";
import { indicatorPath } from "#lib/paths.ts";

type Props = {
  portfolio: string;
  indicator: { id: string; key: string; unit: string };
  /** What is corrected; none: a new one. */
  target?: TargetEdited;
  sources: readonly Choice[];
};

/** The number that a commitment promises, until when, and where it says so. */
export function TargetForm({ portfolio, indicator, target, sources }: Props) {
  const t = useTranslator();
  const [known] = useState(() => new Map<string, string>());
  const values = {
    value: target?.value ?? null,
    phrase: target?.phrase ?? null,
    edtf: target?.edtf ?? null,
    sourceId: target?.sourceId ?? sources.at(-1)?.value ?? "",
    paragraph: target?.paragraph ?? null,
  };
  const plain = (value: unknown) => String(value ?? "");
  const fields = (
    <>
      <div className="max-w-md">
        <ValueField unit={indicator.unit} />
      </div>
      <WhenFields label={t("indicators.edit.targetDate")} />
      <SaidFields sources={sources} />
    </>
  );
  const back = indicatorPath(portfolio, indicator.key);
  const fieldOf = {
    "errors.noSuchParagraph": "paragraph",
    "errors.noSuchSource": "sourceId",
    "errors.noSuchRecord": "commitmentId",
    "errors.targetTaken": "commitmentId",
  };
  if (!target) {
    return (
      <EntryForm
        schema={goalInput}
        action={recordTarget}
        values={{ indicatorId: indicator.id, commitmentId: null, ...values }}
        fieldOf={fieldOf}
        done={t("indicators.edit.targetAdded")}
        submit={t("indicators.edit.addTarget")}
        next={() => back}
        cancel={back}
      >
        <PickerField
          name="commitmentId"
          noun="records"
          records={`/${portfolio}/commitments`}
          known={known}
          initial={null}
          label={t("indicators.edit.whose")}
          hint={t("indicators.edit.whoseHint")}
          required
        />
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={correctGoalInput}
      action={correctTarget}
      values={{ id: target.id, version: target.version, ...values, reason: "" }}
      fieldOf={fieldOf}
      shown={[
        { name: "value", label: t("indicators.field.value"), show: plain },
        { name: "phrase", label: t("catalogue.phrase"), show: plain },
        { name: "edtf", label: t("indicators.edit.targetDate"), show: plain },
        {
          name: "sourceId",
          label: t("catalogue.source"),
          show: (value) => sources.find((source) => source.value === value)?.label ?? "",
        },
        { name: "paragraph", label: t("catalogue.paragraph"), show: plain },
      ]}
      done={t("indicators.edit.targetCorrected")}
      next={() => back}
      cancel={back}
    >
      {fields}
      <ReasonField />
    </EntryForm>
  );
}
