"use client";
import { useFormContext } from "react-hook-form";
import { useFieldError } from "#components/commitments/fields.tsx";
import { fetchJson } from "#components/people/fetch-json.ts";
import { Combobox, type ComboboxItem } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Choice, ChoiceNoun } from "#lib/commitments/choices.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  noun: ChoiceNoun;
  /** The address of the portfolio's records. */
  records: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  required?: boolean;
  hideLabel?: boolean;
  value: ComboboxItem | null;
  onChange: (item: ComboboxItem | null) => void;
  /** Items that are not offered. */
  without?: (item: Choice) => boolean;
};

/** Finds people, records, parties or places as one types. */
export function Picker({ noun, records, label, hint, error, required, hideLabel, value, onChange, without }: Props) {
  const t = useTranslator();
  const words = {
    noMatches: t("common.noMatches"),
    loading: t("common.loading"),
    clear: t("common.clear"),
    failed: t("commitments.edit.notLoaded"),
  };
  async function load(typed: string, signal: AbortSignal): Promise<Choice[]> {
    const found: Choice[] = await (
      await fetchJson(`${records}/choices?of=${noun}&q=${encodeURIComponent(typed)}`, signal)
    ).json();
    return without ? found.filter((item) => !without(item)) : found;
  }
  return (
    <Field
      label={label}
      hint={hint}
      error={error}
      required={required ? t("common.required") : undefined}
      hideLabel={hideLabel ?? false}
    >
      {(control) => <Combobox control={control} value={value} onChange={onChange} load={load} words={words} />}
    </Field>
  );
}

type FieldProps = Omit<Props, "value" | "onChange" | "error"> & {
  name: string;
  /** What is chosen at first. */
  initial: ComboboxItem | null;
  /** Gathers the names of what has been chosen, by id. */
  known: Map<string, string>;
};

/** The same as a field of a form, whose value is the id or null. */
export function PickerField({ name, initial, known, ...rest }: FieldProps) {
  const { setValue, watch } = useFormContext();
  const value: string | null = watch(name);
  const label = value === null ? undefined : value === initial?.value ? initial.label : known.get(value);
  return (
    <Picker
      {...rest}
      error={useFieldError(name)}
      value={value === null ? null : { value, label: label ?? value }}
      onChange={(item) => {
        if (item) known.set(item.value, item.label);
        setValue(name, item?.value ?? null, { shouldDirty: true, shouldValidate: true });
      }}
    />
  );
}

type ListProps = Omit<Props, "value" | "onChange" | "error" | "without"> & Pick<FieldProps, "name" | "known">;

/** Several of them as a field of a form, whose value is the list of ids. */
export function PickerListField({ name, known, ...rest }: ListProps) {
  const t = useTranslator();
  const { setValue, watch } = useFormContext();
  const ids: string[] = watch(name);
  const set = (next: string[]) => setValue(name, next, { shouldDirty: true, shouldValidate: true });
  return (
    <>
      {ids.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {ids.map((id) => (
            <li key={id} className="inline-flex max-w-full items-center gap-1">
              <span className="min-w-0 rounded-sm bg-neutral-soft px-1.5 text-sm font-medium text-neutral">
                {known.get(id) ?? id}
              </span>
              <IconButton
                icon="close"
                label={t("commitments.edit.removeNamed", { name: known.get(id) ?? id })}
                onClick={() => set(ids.filter((other) => other !== id))}
              />
            </li>
          ))}
        </ul>
      )}
      <Picker
        {...rest}
        error={useFieldError(name)}
        value={null}
        without={({ value }) => ids.includes(value)}
        onChange={(item) => {
          if (!item || ids.includes(item.value)) return;
          known.set(item.value, item.label);
          set([...ids, item.value]);
        }}
      />
    </>
  );
}
