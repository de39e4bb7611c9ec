import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

export type ButtonLook = {
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "md" | "sm";
  icon?: IconName;
};

type Props = ComponentProps<"button"> & ButtonLook & { busy?: boolean; children: ReactNode };

/** A button; its type is `button` unless said otherwise. While `busy` it does nothing, but keeps its place and its focus. */
export function Button({ variant, size, icon, busy, className, children, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      {...(busy ? { type: "button", onClick: undefined, "aria-disabled": true, "aria-busy": true } : {})}
      className={classNames(buttonClass({ variant, size }), className)}
    >
      {busy ? <Icon name="spinner" className="animate-spin" /> : icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** The looks of a button, for links that look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook): string {
  return classNames(base, looks[variant], size === "sm" ? "px-2 py-0.5 text-sm" : "control px-3 py-1 text-base");
}

const base =
  "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium no-underline whitespace-nowrap " +
  "disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-progress aria-disabled:opacity-75 print:hidden";

const looks = {
  primary:
    "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong hover:text-on-accent",
  secondary: "border-control bg-surface text-ink hover:bg-hover hover:text-ink",
  quiet: "border-transparent bg-transparent text-ink hover:bg-hover hover:text-ink",
  danger: "border-critical bg-critical text-on-critical hover:opacity-90 hover:text-on-critical",
};
