import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

type Props = Omit<ComponentProps<"button">, "children"> & { icon: IconName; label: string; shortcut?: string };

/** A button that is only a picture: `label` is its name and shows as a tooltip. */
export function IconButton({ icon, label, shortcut, className, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      className={classNames(
        "control relative inline-grid min-w-8 place-items-center rounded-md text-ink hover:bg-hover",
        "disabled:cursor-not-allowed disabled:opacity-55 print:hidden",
        className,
      )}
    >
      <Icon name={icon} />
      <span aria-hidden="true" className="tooltip rounded-sm bg-ink px-2 py-0.5 text-xs font-normal text-canvas">
        {label}
      </span>
    </button>
  );
}
