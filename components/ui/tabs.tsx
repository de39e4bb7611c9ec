import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

type Tab = { href: string; label: ReactNode; current: boolean; count?: number | undefined };

/** Sections of a page that have addresses of their own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line print:hidden">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              prefetch={false}
              aria-current={tab.current ? "page" : undefined}
              className={classNames(
                "control inline-flex items-center gap-1.5 border-b-2 px-2.5 text-ink no-underline whitespace-nowrap hover:text-accent",
                tab.current ? "border-accent font-semibold" : "border-transparent",
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-sm font-normal text-muted">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
