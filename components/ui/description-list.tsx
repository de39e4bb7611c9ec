import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** Names and values, side by side where there is room. */
export function DescriptionList({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <dl className={classNames("grid grid-cols-1 gap-x-4 sm:grid-cols-[minmax(8rem,max-content)_1fr]", className)}>
      {children}
    </dl>
  );
}

/** One name and its value. */
export function Description({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="col-span-full grid grid-cols-subgrid items-baseline border-t border-line py-1.5 first:border-t-0">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
