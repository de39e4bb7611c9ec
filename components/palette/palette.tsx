"use client";
import { usePathname } from "next/navigation";
import { type ComponentType, useEffect, useLayoutEffect, useRef, useState } from "react";
import { noteRecord, recentRecords } from "#components/palette/recent.ts";
import { fetchStart, type PaletteDialogProps, type PaletteStart } from "#components/palette/start.ts";
import { showToast } from "#components/ui/toast.ts";

type Shown = { Dialog: ComponentType<PaletteDialogProps>; start: PaletteStart };

/**
 * The command palette: finds records, people, pages and actions from anywhere. It opens for Ctrl/⌘-K and for a click on
 * `[data-palette-open]`; its code and its words are fetched with its first use.
 */
export function Palette({
  portfolio,
  failed,
}: {
  portfolio: string /** Said when it can't be fetched. */;
  failed: string;
}) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [open, setOpen] = useState(false);
  const path = usePathname();
  useEffect(() => {
    noteRecord(portfolio, path);
    setOpen(false);
  }, [portfolio, path]);

  const toggle = useRef<() => void>(() => {});
  // With the change itself, and not after it is painted: a key may come between.
  useLayoutEffect(() => {
    toggle.current = async () => {
      if (open) return setOpen(false);
      if (shown) setOpen(true);
      try {
        const [{ PaletteDialog }, start] = await Promise.all([
          import("#components/palette/palette-dialog.tsx"),
          fetchStart(portfolio, recentRecords(portfolio)),
        ]);
        setShown({ Dialog: PaletteDialog, start });
        if (!shown) setOpen(true);
      } catch {
        if (!shown) showToast(failed, "critical");
      }
    };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      if (!event.repeat) toggle.current();
    };
    const onClick = (event: MouseEvent) => {
      const opener = event.target instanceof Element && event.target.closest("[data-palette-open]");
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      toggle.current();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onClick);
    };
  }, []);

  if (!open || !shown) return null;
  return <shown.Dialog portfolio={portfolio} start={shown.start} onClose={() => setOpen(false)} />;
}
