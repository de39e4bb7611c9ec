"use client";
import { useWatch } from "react-hook-form";
import { NumberField } from "#components/commitments/fields.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** A value in its unit, with how it reads below it: nobody counts the zeros of 5470000000. */
export function ValueField({ unit }: { unit: string }) {
  const t = useTranslator();
  const locale = useLocale();
  const value: unknown = useWatch({ name: "value" });
  const number = value === null || value === "" ? Number.NaN : Number(value);
  const unitName = /^[A-Z]{3}$/.test(unit) ? unit : t.dynamic(`indicators.unit.${unit}`);
  const read = /^[A-Z]{3}$/.test(unit)
    ? format(locale).money(number, unit)
    : `${format(locale).number(number)} ${unitName}`;
  return (
    <div className="grid content-start gap-1">
      <NumberField
        name="value"
        label={t("indicators.edit.value", { unit: unitName })}
        hint={t("indicators.edit.valueHint")}
        required
      />
      {/* The browser may have another short form of a number than the server: that one stays until something is typed. */}
      <p role="status" className="text-sm text-muted" suppressHydrationWarning>
        {Number.isFinite(number) && t("indicators.edit.reads", { value: read })}
      </p>
    </div>
  );
}
