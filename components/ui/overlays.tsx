"use client";
import { useEffect } from "react";

/**
 * What the browser doesn't do by itself for things that lie over the page; once, in the root layout. Escape hides tooltips
 * (WCAG 1.4.13) until the pointer or focus moves on. A link or menu item closes the popover that it stands in, since
 * going to another page here doesn't load a new document.
 */
export function Overlays() {
  useEffect(() => {
    const root = document.documentElement;
    const hideTooltips = (event: KeyboardEvent) => {
      if (event.key === "Escape") root.dataset.tooltips = "off";
    };
    const allowTooltips = () => delete root.dataset.tooltips;
    const closePopover = ({ target }: MouseEvent) => {
      if (!(target instanceof Element) || !target.closest("a[href], [data-closes]")) return;
      target.closest<HTMLElement>("[popover=auto]")?.hidePopover();
    };
    document.addEventListener("keydown", hideTooltips);
    document.addEventListener("pointerover", allowTooltips);
    document.addEventListener("focusin", allowTooltips);
    document.addEventListener("click", closePopover);
    return () => {
      document.removeEventListener("keydown", hideTooltips);
      document.removeEventListener("pointerover", allowTooltips);
      document.removeEventListener("focusin", allowTooltips);
      document.removeEventListener("click", closePopover);
    };
  }, []);
  return null;
}
