/// <reference types="next/image-types/global" />
import { classNames } from "#components/ui/class-names.ts";
import sprite from "#components/ui/icons.svg";

/** The drawings of icons.svg, for a square of 16 in lines of the text's colour. */
export type IconName =
  | "alert"
  | "arrow-down"
  | "arrow-up"
  | "bell"
  | "book"
  | "calendar"
  | "chart"
  | "check"
  | "check-circle"
  | "chevron-down"
  | "chevron-left"
  | "chevron-right"
  | "circle"
  | "circle-dashed"
  | "circle-half"
  | "circle-quarter"
  | "clock"
  | "close"
  | "columns"
  | "copy"
  | "device"
  | "dots"
  | "download"
  | "external"
  | "file"
  | "filter"
  | "flag"
  | "globe"
  | "history"
  | "inbox"
  | "info"
  | "link"
  | "lock"
  | "menu"
  | "minus"
  | "moon"
  | "offline"
  | "pencil"
  | "people"
  | "person"
  | "plus"
  | "search"
  | "sign-out"
  | "sort"
  | "spinner"
  | "star"
  | "sun"
  | "table"
  | "trash"
  | "undo"
  | "upload";

/**
 * A picture beside words, hidden from screen readers: what it says must stand in text too. The drawings are one file that
 * browsers keep, and each use only points into it, which keeps long tables small.
 */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={classNames("icon", className)} aria-hidden="true">
      <use href={`${sprite.src}#${name}`} />
    </svg>
  );
}
