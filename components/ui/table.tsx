import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

/**
 * A table that scrolls sideways within itself, by keyboard too. `label` names it. Inside: plain `thead`, `tbody`, `tr`,
 * with `Th`, `SortTh` and `Td`.
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

type SortProps = Omit<ComponentProps<"th">, "children"> & {
  /** Where a click leads: the same list, sorted by this column (the other way round if it is already). */
  href: string;
  sorted?: "ascending" | "descending" | undefined;
  children: ReactNode;
};

/** A column head that sorts, as a link: the address keeps the order. */
export function SortTh({ href, sorted, className, children, ...rest }: SortProps) {
  return (
    <th scope="col" aria-sort={sorted} {...rest} className={classNames(thClass, className)}>
      <Link
        href={href}
        prefetch={false}
        className="inline-flex min-h-6 items-center gap-1 text-inherit no-underline hover:text-ink"
      >
        {children}
        <Icon
          name={sorted === "ascending" ? "arrow-up" : sorted === "descending" ? "arrow-down" : "sort"}
          className={classNames("size-3.5", !sorted && "opacity-60")}
        />
      </Link>
    </th>
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={classNames("border-b border-line px-2 py-1.5 align-top", className)} />;
}
