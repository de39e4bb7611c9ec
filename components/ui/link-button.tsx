import Link from "next/link";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type Props = ComponentProps<typeof Link> & ButtonLook;

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: Props) {
  return (
    <Link prefetch={false} {...rest} className={classNames(buttonClass({ variant, size }), className)}>
      {icon && <Icon name={icon} />}
      {children}
    </Link>
  );
}
