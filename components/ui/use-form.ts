import {
  type FieldValues,
  type Path,
  type RegisterOptions,
  type UseFormProps,
  type UseFormReturn,
  useForm as useFormOfLibrary,
} from "react-hook-form";

/**
 * `useForm` of react-hook-form, whose fields have their values in the server's page already. The library gives them once
 * its script runs: until then a form to edit something would look empty. What somebody types before that stays, as the
 * library can tell it from what the page said.
 */
export function useForm<V extends FieldValues, C = unknown, T = V>(
  props: UseFormProps<V, C, T>,
): UseFormReturn<V, C, T> {
  const form = useFormOfLibrary(props);
  const register = <N extends Path<V>>(name: N, options?: RegisterOptions<V, N>) => ({
    ...form.register(name, options),
    ...begun(form.getValues(name)),
  });
  return { ...form, register };
}

/** With what a field of this value begins; `Checkbox` and `Radio` tell by `defaultValue` whether they are meant. */
function begun(value: unknown): Begun {
  if (typeof value === "boolean") return { defaultChecked: value };
  if (typeof value === "string" || Number.isFinite(value)) return { defaultValue: value as string | number };
  return Array.isArray(value) ? { defaultValue: value.map(String) } : {};
}

type Begun = { defaultValue?: string | number | string[]; defaultChecked?: boolean };
