import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type Props = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode; hideLabel?: boolean };

/** A box to tick, with its words. */
export function Checkbox(props: Props) {
  return <Choice {...props} type="checkbox" />;
}

/** One of several choices that share a `name`; put them in a `ChoiceGroup`. */
export function Radio(props: Props) {
  return <Choice {...props} type="radio" />;
}

function Choice({ label, hint, hideLabel, className, ...rest }: Props & { type: "checkbox" | "radio" }) {
  const { defaultValue, ...own } = rest;
  // The value of all boxes of a name, as `useForm` registers them.
  const ticked = defaultValue !== undefined && { defaultChecked: [defaultValue].flat().includes(own.value as string) };
  return (
    <label className={classNames("flex min-h-6 items-start gap-2", className)}>
      <input {...own} {...ticked} className="mt-[0.2em] size-4 flex-none accent-accent" />
      <span className={hideLabel ? "sr-only" : undefined}>
        {label}
        {hint && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  );
}

/** A question over several boxes or choices. */
export function ChoiceGroup({ legend, hideLegend, className, children }: GroupProps) {
  return (
    <fieldset className={classNames("grid content-start gap-1", className)}>
      <legend className={hideLegend ? "sr-only" : "mb-1 text-sm font-semibold"}>{legend}</legend>
      {children}
    </fieldset>
  );
}

type GroupProps = { legend: ReactNode; hideLegend?: boolean; className?: string; children: ReactNode };
