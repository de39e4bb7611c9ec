import type { ReactNode } from "react";

type Option = { value: string; label: ReactNode };

type Props = {
  legend: string;
  name: string;
  options: readonly Option[];
  defaultValue?: string;
  value?: string;
  onChange?: (value: string) => void;
};

/** A few choices side by side, one of them chosen. Radios underneath, so it works in a plain form. */
export function SegmentedControl({ legend, name, options, defaultValue, value, onChange }: Props) {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">{legend}</legend>
      <span className="inline-flex flex-wrap rounded-md border border-control bg-surface p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className="relative rounded-sm px-2.5 py-0.5 text-sm font-medium has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              className="sr-only"
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value, onChange: () => onChange?.(option.value) })}
            />
            {option.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
