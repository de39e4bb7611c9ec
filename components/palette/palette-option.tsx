"use client";
import Link from "next/link";
import { useEffect, useRef } from "react";
import type { Item } from "#components/palette/items.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";

type Props = { id: string; item: Item; active: boolean; onPoint: () => void; onTaken: () => void };

/**
 * A line of the list. It is a real link, or a button of a form, so that it opens in a new tab like any other, and a page
 * with something unsaved can ask first.
 */
export function PaletteOption({ id, item, active, onPoint, onTaken }: Props) {
  const row = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const shared = {
    id,
    role: "option",
    "aria-selected": active,
    tabIndex: -1,
    onPointerMove: () => active || onPoint(),
    className: classNames(
      "control flex w-full items-center gap-2 rounded-sm px-2 py-1 text-start text-ink no-underline hover:text-ink",
      active && "bg-accent-soft",
    ),
  };
  const content = (
    <>
      <Icon name={item.icon} className={item.icon === "alert" ? "text-critical" : "text-muted"} />
      <span className="min-w-0 flex-1">
        {item.before && <span className="me-2 text-sm text-muted tabular-nums">{item.before}</span>}
        <span lang={item.lang ?? undefined}>{item.label}</span>
      </span>
      {item.after && <span className="max-w-[40%] shrink-0 truncate text-sm text-muted">{item.after}</span>}
    </>
  );
  const keep = (element: HTMLElement | null) => {
    row.current = element;
  };
  if ("href" in item) {
    return (
      <Link
        {...shared}
        ref={keep}
        href={item.href}
        prefetch={false}
        onClick={(event) => event.ctrlKey || event.metaKey || onTaken()}
      >
        {content}
      </Link>
    );
  }
  const { to, name, value } = item.post;
  return (
    <button {...shared} ref={keep} type="submit" form="palette-post" formAction={to} name={name} value={value}>
      {content}
    </button>
  );
}
