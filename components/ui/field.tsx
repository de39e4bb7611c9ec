import { type ReactNode, useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

/** Spread on the control, so that it has the field's name, hint and error. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  /** Already translated; empty when the value is good. */
  error?: ReactNode;
  /** The word that marks a field as needed, already translated. */
  required?: string | undefined;
  /** The label is there for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** A labelled control: `<Field label="…">{(control) => <Input {...control} name="…" />}</Field>`. */
export function Field({ label, hint, error, required, hideLabel, className, children }: Props) {
  const id = useId();
  const describedBy = classNames(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined;
  return (
    <div className={classNames("grid content-start gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-semibold"}>
        {label}
        {required && <span className="ms-1 font-normal text-muted">({required})</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": describedBy,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1 text-sm font-medium text-critical">
          <Icon name="alert" className="mt-[0.25em]" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
