"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect } from "react";
import { UndoBar } from "#components/reminders/undo-bar.tsx";
import { markRead } from "#lib/reminders/actions.ts";

/**
 * Around the inbox: it is shown anew when something comes or is done elsewhere, its keys work while the focus is in it, and
 * a list counts as read when it is opened (a record does so on its own page).
 */
export function InboxFrame({ children }: { children: ReactNode }) {
  const router = useRouter();
  useEffect(() => {
    let told = 0;
    const refresh = () => {
      told += 1;
      // The first is how it stands, which the page shows already.
      if (told > 1) router.refresh();
    };
    window.addEventListener("kept:inbox", refresh);
    return () => window.removeEventListener("kept:inbox", refresh);
  }, [router]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and clicks are those of the links and buttons within.
    <div onKeyDown={onKey} onClickCapture={onOpen}>
      {children}
      <UndoBar />
    </div>
  );
}

function onOpen({ target }: MouseEvent) {
  const reminderId = target instanceof Element && target.closest<HTMLElement>("a[data-reads]")?.dataset.reads;
  if (reminderId) void markRead({ reminderId });
}

function onKey(event: KeyboardEvent<HTMLElement>) {
  const { key, target, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement)) return;
  if (target.closest("input, select, textarea, [popover]")) return;
  const items = [...currentTarget.querySelectorAll<HTMLElement>("[data-item]")];
  const at = items.findIndex((item) => item.contains(target));
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const press = (selector: string) => items[at]?.querySelector<HTMLElement>(selector);
  if (step) items[Math.min(Math.max(at + step, 0), items.length - 1)]?.querySelector<HTMLElement>("a")?.focus();
  else if (key === "e") press("[data-act=done]")?.click();
  else if (key === "s") {
    press("button[popovertarget]")?.click();
    press("[popover] button")?.focus();
  } else if (key === "u") currentTarget.querySelector<HTMLElement>("[data-act=undo]")?.click();
  else return;
  event.preventDefault();
}
