import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

const itemClass =
  "control flex w-full items-center gap-2 rounded-sm px-2 py-1 text-start text-base text-ink no-underline " +
  "hover:bg-hover hover:text-ink aria-[current]:font-semibold disabled:opacity-55";

/** A short list of links and actions inside a `Popover`. */
export function MenuList({ label, className, children }: { label?: string; className?: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className={classNames("min-w-44 p-1", className)}>
      {children}
    </ul>
  );
}

export function MenuLink({ icon, children, ...rest }: ComponentProps<typeof Link> & { icon?: IconName }) {
  return (
    <li>
      <Link prefetch={false} {...rest} className={itemClass}>
        {icon && <Icon name={icon} />}
        {children}
      </Link>
    </li>
  );
}

export function MenuButton({ icon, children, ...rest }: ComponentProps<"button"> & { icon?: IconName }) {
  return (
    <li>
      <button type="button" data-closes="" {...rest} className={itemClass}>
        {icon && <Icon name={icon} />}
        {children}
      </button>
    </li>
  );
}
