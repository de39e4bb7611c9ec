import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { controlClass } from "#components/ui/input.tsx";

/** The browser's own list of choices; give it `option`s. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <span className={classNames("relative inline-grid w-full min-w-0 items-center", className)}>
      <select {...rest} className={classNames(controlClass, "appearance-none pe-7 text-ellipsis")}>
        {children}
      </select>
      <Icon name="chevron-down" className="pointer-events-none absolute end-2" />
    </span>
  );
}
