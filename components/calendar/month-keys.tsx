"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useRef } from "react";

type Props = { previous: string; next: string; children: ReactNode };

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Arrows go from day to day, Home and End to the ends of the month, Page Up and Page Down to the months around it. */
export function MonthKeys({ previous, next, children }: Props) {
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      router.push(event.key === "PageUp" ? previous : next);
      return;
    }
    // What a small screen leaves out cannot be gone to.
    const days = [...(frame.current?.querySelectorAll<HTMLElement>("[data-day]") ?? [])].filter(
      (day) => day.offsetParent !== null,
    );
    const at = days.findIndex((day) => day.contains(document.activeElement));
    const to = event.key === "Home" ? 0 : event.key === "End" ? days.length - 1 : at + (steps[event.key] ?? Number.NaN);
    const day = days[to];
    if (!day || at < 0) return;
    event.preventDefault();
    for (const each of days) each.tabIndex = each === day ? 0 : -1;
    day.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the days in it take the focus
    <div ref={frame} onKeyDown={onKeyDown} className="calendar">
      {children}
    </div>
  );
}
