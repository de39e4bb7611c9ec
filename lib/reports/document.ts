import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";

/**
 * A report as what every format is made from: page, PDF, Word, Excel, CSV, JSON. Pure data, so that an issued report can be
 * kept as it was. All texts are plain; what looks like markup, a formula or a command in one of them is text in every format.
 */
export type ReportDocument = {
  locale: Locale;
  title: string;
  /** What stands on the cover, in its order: whose register, as of which day, known at which moment, which records. */
  facts: readonly { term: string; text: string }[];
  sections: readonly Section[];
  /** Where each fact comes from. A note's number is its place in the list, from 1. */
  notes: readonly Note[];
  words: Words;
  /** Of a page or two: no cover and no contents. */
  brief?: true;
};

/** What formats say of themselves: heads of pages, contents. */
export type Words = { contents: string; notes: string; page: string; nothing: string; chartData: string };

export type Note = { text: string; href: string };

export type Section = {
  /** Unique in the document, stable: "by-sector". */
  id: string;
  title: string;
  blocks: readonly Block[];
};

export type Block =
  | { kind: "text"; text: string; muted?: true }
  /** What the author wrote: Markdown. */
  | { kind: "remark"; markdown: string }
  | { kind: "figures"; figures: readonly Figure[] }
  | Table
  | Chart
  | Drawing;

/** A number that opens the register with exactly those records. */
export type Figure = { label: string; value: number; href: string };

export type Table = {
  kind: "table";
  /** Says what it is about, for who cannot see it and for the sheet of a workbook. */
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
};

/** `share`: of the width, in no unit. */
export type Column = { label: string; type: "text" | "number" | "day"; share: number };

export type Cell = {
  text: string;
  /** What a program reads where the text is for people: a number, a day. */
  value?: number | Day;
  href?: string;
  /** Where the text is in another language than the document. */
  lang?: Locale;
  /** Numbers of notes. */
  notes?: readonly number[];
  tone?: "critical" | "caution" | "positive";
};

/** Bars, each made of parts. It says in words what it shows, and its numbers stand below it. */
export type Chart = {
  kind: "chart";
  caption: string;
  /** The parts, with how they are told apart where there is no colour. */
  series: readonly { label: string; fill: "solid" | "half" | "light" | "striped" | "empty" | "dotted" }[];
  bars: readonly { label: string; href: string; values: readonly number[] }[];
  alt: string;
};

/** A picture that was drawn once. It says in words what it shows, and a table beside it has its numbers. */
export type Drawing = {
  kind: "drawing";
  caption: string;
  alt: string;
  /** Written by our own templates (lib/reports/drawing.ts), which escape; in units of `width` and `height`. */
  svg: string;
  width: number;
  height: number;
};

/** How many a bar stands for. */
export const total = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
