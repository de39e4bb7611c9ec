"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { LanguageFields, noTexts, showTexts } from "#components/catalogue/fields.tsx";
import { SelectField } from "#components/commitments/fields.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { editIndicator, recordIndicator } from "#lib/indicators/actions.ts";
import { currencies, editIndicatorInput, type Indicator, indicatorInput, units } from "#lib/indicators/schema.ts";
import { indicatorPath } from "#lib/paths.ts";
import { Direction } from "#prisma/generated/enums.ts";

type Props = {
  portfolio: string;
  /** What is edited; none: a new one. */
  indicator?: Pick<Indicator, "id" | "key" | "version" | "name" | "unit" | "direction">;
};

/** What is measured, in which unit, and which way is better. */
export function IndicatorForm({ portfolio, indicator }: Props) {
  const t = useTranslator();
  const values = {
    name: indicator?.name ?? noTexts,
    unit: indicator?.unit ?? "USD",
    direction: indicator?.direction ?? "increase",
  };
  const money: readonly string[] = currencies;
  const unitName = (unit: string) =>
    units.some((word) => word === unit) ? t.dynamic(`indicators.unit.${unit}`) : unit;
  const offered = [...money, ...units, ...(money.includes(values.unit) ? [] : [values.unit])];
  const fields = (
    <>
      <LanguageFields name="name" label={t("indicators.edit.name")} hint={t("indicators.edit.nameHint")} required />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="unit"
          label={t("indicators.edit.unit")}
          options={[...new Set(offered)].map((value) => ({ value, label: unitName(value) }))}
        />
        <SelectField
          name="direction"
          label={t("indicators.edit.direction")}
          options={Object.values(Direction).map((value) => ({ value, label: t(`indicators.direction.${value}`) }))}
        />
      </div>
    </>
  );
  if (!indicator) {
    return (
      <EntryForm
        schema={indicatorInput}
        action={recordIndicator}
        values={{ portfolioId: portfolio, ...values }}
        done={t("indicators.edit.added")}
        submit={t("indicators.edit.add")}
        next={({ key }) => indicatorPath(portfolio, key)}
        cancel={`/${portfolio}/indicators`}
      >
        {fields}
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editIndicatorInput}
      action={editIndicator}
      values={{ id: indicator.id, version: indicator.version, ...values }}
      shown={[
        { name: "name", label: t("indicators.edit.name"), show: showTexts },
        { name: "unit", label: t("indicators.edit.unit"), show: (value) => unitName(String(value)) },
        {
          name: "direction",
          label: t("indicators.edit.direction"),
          show: (value) => t.dynamic(`indicators.direction.${value}`),
        },
      ]}
      done={t("catalogue.saved")}
      next={() => indicatorPath(portfolio, indicator.key)}
      cancel={indicatorPath(portfolio, indicator.key)}
    >
      {fields}
    </EntryForm>
  );
}
