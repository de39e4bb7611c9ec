import type { ComponentProps } from "react";
import { classNames } from "#components/ui/class-names.ts";

/**
 * A table that scrolls sideways within itself, by keyboard too. `label` names it. Inside: plain `thead`, `tbody`, `tr`,
 * with `Th` and `Td`.
 */
export function Table({ label, className, children, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    <section {...reachable} aria-label={label} className="relative overflow-x-auto print:overflow-visible">
      <table {...rest} className={classNames("w-full border-collapse text-sm", className)}>
        {children}
      </table>
    </section>
  );
}

// A region that scrolls must be reachable by keyboard, though nothing in it may be.
const reachable = { tabIndex: 0 };

const thClass =
  "border-b border-control bg-canvas px-2 py-1.5 text-start align-bottom text-sm font-semibold text-muted whitespace-nowrap";

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="col" {...rest} className={classNames(thClass, className)} />;
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={classNames("border-b border-line px-2 py-1.5 align-top", className)} />;
}
