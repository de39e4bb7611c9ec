import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";

type Props = {
  label: string;
  previous: { href?: string | undefined; label: string };
  next: { href?: string | undefined; label: string };
  /** Where we are, in words. */
  children?: ReactNode;
};

/** To the page before and the page after. Lists are read by key, so there are no page numbers. */
export function Pagination({ label, previous, next, children }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2 print:hidden">
      <Step {...previous} icon="chevron-left" rel="prev" />
      <Step {...next} icon="chevron-right" rel="next" />
      {children && <span className="text-sm text-muted">{children}</span>}
    </nav>
  );
}

type StepProps = { href?: string | undefined; label: string; icon: "chevron-left" | "chevron-right"; rel: string };

function Step({ href, label, icon, rel }: StepProps) {
  const content = (
    <>
      {rel === "prev" && <Icon name={icon} />}
      {label}
      {rel === "next" && <Icon name={icon} />}
    </>
  );
  if (!href)
    return <span className={`${buttonClass({ variant: "quiet" })} pointer-events-none text-muted`}>{content}</span>;
  return (
    <LinkButton href={href} rel={rel}>
      {content}
    </LinkButton>
  );
}
