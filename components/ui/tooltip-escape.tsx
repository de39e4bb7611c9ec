"use client";
import { useEffect } from "react";

/** Escape hides the tooltips (WCAG 1.4.13) until the pointer or focus moves on. Once, in the root layout. */
export function TooltipEscape() {
  useEffect(() => {
    const root = document.documentElement;
    const hide = (event: KeyboardEvent) => {
      if (event.key === "Escape") root.dataset.tooltips = "off";
    };
    const allow = () => delete root.dataset.tooltips;
    document.addEventListener("keydown", hide);
    document.addEventListener("pointerover", allow);
    document.addEventListener("focusin", allow);
    return () => {
      document.removeEventListener("keydown", hide);
      document.removeEventListener("pointerover", allow);
      document.removeEventListener("focusin", allow);
    };
  }, []);
  return null;
}
