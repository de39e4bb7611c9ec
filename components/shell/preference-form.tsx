import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";

type Option = { value: string; label: ReactNode; lang?: string };

type Props = {
  /** Which preference: a field of /api/preferences. */
  name: "locale" | "theme";
  label: string;
  options: readonly Option[];
  chosen: string;
};

/** Choices kept in a cookie. A plain form, so that it works before and without any script. */
export function PreferenceForm({ name, label, options, chosen }: Props) {
  return (
    <form method="post" action="/api/preferences" aria-label={label}>
      <ul className="grid min-w-40 p-1">
        {options.map((option) => (
          <li key={option.value}>
            <button
              type="submit"
              name={name}
              value={option.value}
              lang={option.lang}
              aria-pressed={option.value === chosen}
              className="control flex w-full items-center gap-2 rounded-sm px-2 text-start hover:bg-hover aria-pressed:font-semibold"
            >
              <span className="w-4">{option.value === chosen && <Icon name="check" />}</span>
              {option.label}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}
