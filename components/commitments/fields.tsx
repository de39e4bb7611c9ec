"use client";
import type { ReactNode } from "react";
import { get, useFormContext, useWatch } from "react-hook-form";
import { DateMeaning } from "#components/commitments/date-meaning.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** The fields of forms under react-hook-form. Each finds its form by itself, and shows what is wrong with its value. */

type Common = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
  hideLabel?: boolean;
  className?: string;
};

/** What is wrong with the value of that name, in the reader's language. */
export function useFieldError(name: string): string | undefined {
  const t = useTranslator();
  const { errors } = useFormContext().formState;
  const error: { message?: unknown; root?: { message?: unknown } } | undefined = get(errors, name);
  const message = error?.message ?? error?.root?.message;
  return typeof message === "string" ? t.dynamic(message) : undefined;
}

function useCommon({ name, label, hint, required, hideLabel, className }: Common) {
  const t = useTranslator();
  const error = useFieldError(name);
  return {
    label,
    hint,
    error,
    required: required ? t("common.required") : undefined,
    hideLabel: hideLabel ?? false,
    className: className ?? "",
  };
}

type TextProps = Common & {
  lang?: string;
  type?: "text" | "url" | "date";
  inputMode?: "numeric" | "decimal";
  max?: string;
  className?: string;
};

export function TextField({ lang, type, inputMode, max, ...common }: TextProps) {
  const { register } = useFormContext();
  return (
    <Field {...useCommon(common)}>
      {(control) => (
        <Input
          {...control}
          {...register(common.name, { setValueAs: type === "date" ? orNull : undefined })}
          lang={lang}
          type={type ?? "text"}
          inputMode={inputMode}
          max={max}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

const orNull = (value: unknown) => value || null;

/** A whole number; an empty field is `null`. */
export function NumberField(common: Common) {
  const { register } = useFormContext();
  return (
    <Field {...useCommon(common)}>
      {(control) => (
        <Input
          {...control}
          {...register(common.name, { setValueAs: asNumber })}
          inputMode="numeric"
          autoComplete="off"
        />
      )}
    </Field>
  );
}

const asNumber = (value: unknown) => (value === "" || value === null || value === undefined ? null : Number(value));

export function AreaField({ lang, rows, ...common }: Common & { lang?: string; rows?: number }) {
  const { register } = useFormContext();
  return (
    <Field {...useCommon(common)}>
      {(control) => <Textarea {...control} {...register(common.name)} lang={lang} rows={rows ?? 3} />}
    </Field>
  );
}

type SelectProps = Common & {
  options: readonly { value: string; label: string }[] /** What the empty choice says; it stands for `null`. */;
  none?: string;
};

export function SelectField({ options, none, ...common }: SelectProps) {
  const { register } = useFormContext();
  return (
    <Field {...useCommon(common)}>
      {(control) => (
        <Select {...control} {...register(common.name, { setValueAs: none === undefined ? undefined : orNull })}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

export function CheckField({ name, label, hint }: { name: string; label: ReactNode; hint?: ReactNode }) {
  const { register } = useFormContext();
  return <Checkbox {...register(name)} label={label} hint={hint} />;
}

/** A date as exact as it is known (EDTF), with what it means below it. */
export function VagueDateField({
  deadline,
  ...common
}: Common & { /** Says also from when it is overdue. */ deadline?: boolean }) {
  const t = useTranslator();
  const { register } = useFormContext();
  const value = useWatch({ name: common.name });
  const error = useFieldError(common.name);
  return (
    <div className="grid content-start gap-1">
      <Field {...useCommon({ hint: t("commitments.edit.edtfHint"), ...common })}>
        {(control) => <Input {...control} {...register(common.name)} autoComplete="off" spellCheck={false} />}
      </Field>
      {!error && <DateMeaning edtf={typeof value === "string" ? value : ""} deadline={deadline ?? false} />}
    </div>
  );
}
