"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** A link of the navigation, which knows when it leads to where we are. */
export function NavLink({ href, look, children }: { href: string; look: "tab" | "row"; children: ReactNode }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className={classNames(looks[look], here && current[look])}
    >
      {children}
    </Link>
  );
}

const looks = {
  tab: "flex items-center border-y-2 border-transparent px-2.5 text-ink no-underline whitespace-nowrap hover:text-accent",
  row: "control flex items-center gap-2 rounded-sm px-2 text-ink no-underline hover:bg-hover",
};

const current = { tab: "border-b-accent font-semibold", row: "bg-accent-soft font-semibold" };
