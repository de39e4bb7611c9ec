import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

export type Tone = "neutral" | "positive" | "caution" | "critical" | "info" | "accent";

/** A state in a word. Colour only helps: the word, and the icon where there is one, say it. `plain` has no ground. */
export function Badge({ tone = "neutral", icon, plain, className, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex max-w-full items-center gap-1 align-baseline text-sm font-medium whitespace-nowrap",
        plain ? inks[tone] : classNames("rounded-sm px-1.5", inks[tone], grounds[tone]),
        className,
      )}
    >
      {icon && <Icon name={icon} />}
      <span className="min-w-0 self-baseline truncate">{children}</span>
    </span>
  );
}

type BadgeProps = {
  tone?: Tone | undefined;
  icon?: IconName | undefined;
  plain?: boolean;
  className?: string | undefined;
  children: ReactNode;
};

const inks: Record<Tone, string> = {
  neutral: "text-neutral",
  positive: "text-positive",
  caution: "text-caution",
  critical: "text-critical",
  info: "text-info",
  accent: "text-accent",
};

const grounds: Record<Tone, string> = {
  neutral: "bg-neutral-soft",
  positive: "bg-positive-soft",
  caution: "bg-caution-soft",
  critical: "bg-critical-soft",
  info: "bg-info-soft",
  accent: "bg-accent-soft",
};
