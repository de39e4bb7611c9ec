import { pickText } from "#lib/i18n/text.ts";
import type { Indicator, Observation } from "#lib/indicators/schema.ts";
import { showStated, showUnit, showValue, showWhen } from "#lib/indicators/words.ts";
import { indicatorPath } from "#lib/paths.ts";
import type { Cell, Table } from "./document.ts";
import type { Setting } from "./setting.ts";

/** Figures of indicators in tables: each with of when it is, how it is stated, and where that stands. */

export function figureTable({ t }: Setting, caption: string, rows: readonly Cell[][]): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { label: t("indicators.field.indicator"), type: "text", share: 3 },
      { label: t("indicators.field.value"), type: "number", share: 1.8 },
      { label: t("reports.column.unit"), type: "text", share: 1.2 },
      { label: t("indicators.field.asOf"), type: "text", share: 2 },
      { label: t("indicators.field.stated"), type: "text", share: 1.8 },
    ],
    rows,
  };
}

export function figureRow(setting: Setting, indicator: Indicator, figure: Observation): Cell[] {
  const { t, f, locale, noteOf } = setting;
  return [
    indicatorCell(setting, indicator),
    { text: f.number(figure.value), value: figure.value, notes: [noteOf(`${figure.sourceKey} ${figure.paragraph}`)] },
    { text: showUnit(t, indicator.unit) },
    { text: showWhen(t, locale, figure) },
    { text: showStated(t, figure) },
  ];
}

export const indicatorCell = ({ portfolioId, locale }: Setting, { key, name }: Indicator): Cell => ({
  text: pickText(name, locale),
  href: indicatorPath(portfolioId, key),
});

/** A figure in words, with its unit, of when it is and its note: "USD 2.2 billion, 2024 (about)". */
export function figureCell(setting: Setting, { unit }: Indicator, figure: Observation): Cell {
  const { t, locale, noteOf } = setting;
  return {
    text: t("indicators.chart.figure", {
      value: showValue(t, locale, figure.value, unit),
      when: showWhen(t, locale, figure),
      stated: showStated(t, figure),
    }),
    notes: [noteOf(`${figure.sourceKey} ${figure.paragraph}`)],
  };
}
