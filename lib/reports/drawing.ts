import { scaleLinear, scaleUtc } from "d3-scale";
import { type Html, html, joined } from "#lib/html.ts";
import { pickText } from "#lib/i18n/text.ts";
import { measureOf } from "#lib/indicators/rules.ts";
import type { Indicator, Observation } from "#lib/indicators/schema.ts";
import { showStated, showTick, showUnit, showValue, showWhen } from "#lib/indicators/words.ts";
import type { Drawing } from "./document.ts";
import type { Setting } from "./setting.ts";

/**
 * Figures over time, drawn once as SVG, the same on the page, in PDF and in Word. It has no colours of its own, so that it
 * prints in black and can be read on a dark screen; shapes tell apart what is measured.
 */

const size = { width: 680, height: 250 };
const plot = { left: 8, right: 640, top: 26, bottom: 196 };

type Dated = Observation & { from: Date; to: Date };

/** Null where there is nothing to compare: fewer than two figures and targets that have a date. */
export function drawTrajectory(setting: Setting, indicator: Indicator): Drawing | null {
  const { t, f, locale } = setting;
  const { unit, targets } = indicator;
  const figures = indicator.observations.flatMap((figure): Dated[] =>
    figure.latest === null
      ? []
      : [{ ...figure, from: new Date(figure.earliest ?? figure.latest), to: new Date(figure.latest) }],
  );
  if (figures.length === 0 || figures.length + targets.length < 2) return null;
  const name = pickText(indicator.name, locale);
  const { x, y } = scales(figures, indicator);
  const measures = [...new Set(figures.map(measureOf))];
  const said = figures.map((figure) =>
    t("indicators.chart.figure", {
      value: showValue(t, locale, figure.value, unit),
      when: showWhen(t, locale, figure),
      stated: showStated(t, figure),
    }),
  );
  const goals = targets.map((target) =>
    t("indicators.chart.targetBy", {
      value: showValue(t, locale, target.value, unit),
      date: showWhen(t, locale, target),
    }),
  );
  const first = figures[0];
  const parts = [
    ...y.ticks(4).map((tick) => grid(y(tick), showTick(locale, tick, unit))),
    ...x.ticks(6).map((tick) => yearMark(x(tick), tickText(setting, tick))),
    ...targets.map((target, at) => targetLine(y(target.value), goals[at] ?? "")),
    ...targets.flatMap((target) =>
      first && target.latest !== null
        ? [wayTo([x(first.to), y(first.value)], [x(new Date(target.latest)), y(target.value)])]
        : [],
    ),
    ...measures.map((measure, shape) =>
      series(
        figures.filter((figure) => measureOf(figure) === measure),
        { shape, at: (day, value) => [x(day), y(value)] },
      ),
    ),
    legend([
      { shape: null, label: showUnit(t, unit) },
      ...measures.map((measure, shape) => {
        const example = figures.find((figure) => measureOf(figure) === measure);
        return { shape, label: example ? showStated(t, example) : "" };
      }),
    ]),
  ];
  return {
    kind: "drawing",
    caption: t("indicators.chart.title", { name }),
    alt: `${t("indicators.chart.title", { name })}: ${f.list([...said, ...goals])}`,
    ...size,
    svg: html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="Noto Sans, Noto Sans Lao, sans-serif" font-size="11" fill="currentColor" stroke="none">${joined(parts)}</svg>`
      .text,
  };
}

function scales(figures: readonly Dated[], { unit, targets }: Indicator) {
  const times = [
    ...figures.flatMap(({ from, to }) => [from, to]),
    ...targets.flatMap(({ latest }) => (latest === null ? [] : [new Date(latest)])),
  ].map(Number);
  const values = [...figures, ...targets].map(({ value }) => value);
  const room = 31 * 86_400_000;
  // The first rank is the best one and stands at the top; other numbers begin at nought, so that heights can be compared.
  const domain = unit === "rank" ? [Math.max(...values) + 1, 1] : [Math.min(0, ...values), Math.max(0, ...values)];
  return {
    x: scaleUtc([Math.min(...times) - room, Math.max(...times) + room], [plot.left + 50, plot.right]),
    y: scaleLinear(domain, [plot.bottom, plot.top]).nice(),
  };
}

function tickText({ f }: Setting, tick: Date): string {
  const day = tick.toISOString().slice(0, 10);
  if (day.endsWith("-01-01")) return f.date(day.slice(0, 4));
  return f.shortDate(day.endsWith("-01") ? day.slice(0, 7) : day);
}

const place = (number: number) => number.toFixed(1);

const grid = (y: number, label: string): Html =>
  html`<line x1="${plot.left}" x2="${plot.right + 32}" y1="${place(y)}" y2="${place(y)}" stroke="currentColor" stroke-opacity="0.2"/><text x="${plot.left}" y="${place(y - 4)}" fill-opacity="0.75">${label}</text>`;

const yearMark = (x: number, label: string): Html =>
  html`<line x1="${place(x)}" x2="${place(x)}" y1="${plot.bottom}" y2="${plot.bottom + 5}" stroke="currentColor"/><text x="${place(x)}" y="${plot.bottom + 19}" text-anchor="middle" fill-opacity="0.75">${label}</text>`;

const targetLine = (y: number, label: string): Html =>
  html`<line x1="${plot.left}" x2="${plot.right + 32}" y1="${place(y)}" y2="${place(y)}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="7 4"/><text x="${plot.right + 32}" y="${place(y - 5)}" text-anchor="end" font-weight="700">${label}</text>`;

type Point = [x: number, y: number];

/** The straight line that the figures are held against. */
const wayTo = ([x1, y1]: Point, [x2, y2]: Point): Html =>
  html`<line x1="${place(x1)}" y1="${place(y1)}" x2="${place(x2)}" y2="${place(y2)}" stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="2 4"/>`;

function series(
  figures: readonly Dated[],
  { shape, at }: { shape: number; at: (day: Date, value: number) => Point },
): Html {
  const points = figures.map(({ to, value }) => at(to, value));
  const path = points.map(([x, y]) => `${place(x)},${place(y)}`).join(" ");
  const spans = figures.map(({ from, to, value }) => {
    const [[x1, y], [x2]] = [at(from, value), at(to, value)];
    return html`<line x1="${place(x1)}" x2="${place(x2)}" y1="${place(y)}" y2="${place(y)}" stroke="currentColor" stroke-opacity="0.25" stroke-width="5" stroke-linecap="round"/>`;
  });
  return html`${joined(spans)}<polyline points="${path}" fill="none" stroke="currentColor" stroke-width="1.5"/>${joined(points.map((point) => mark(shape, point)))}`;
}

/** A disc, a ring, a diamond and a square, then from the first again. */
function mark(shape: number, [x, y]: Point): Html {
  const at = `translate(${place(x)} ${place(y)})`;
  switch (shape % 4) {
    case 0:
      return html`<circle transform="${at}" r="4.5"/>`;
    case 1:
      return html`<circle transform="${at}" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>`;
    case 2:
      return html`<path transform="${at}" d="M0-6 6 0 0 6-6 0Z"/>`;
    default:
      return html`<path transform="${at}" d="M-4.5-4.5h9v9h-9Z" fill="none" stroke="currentColor" stroke-width="2"/>`;
  }
}

/** What the numbers are counted in, and which shape means what. */
function legend(items: readonly { shape: number | null; label: string }[]): Html {
  let x = plot.left;
  return joined(
    items.map(({ shape, label }) => {
      const start = x + (shape === null ? 0 : 14);
      // About as wide as letters of this size are.
      x = start + [...label].length * 6.2 + 22;
      const sign = shape === null ? html`` : mark(shape, [start - 9, size.height - 15]);
      return html`${sign}<text x="${place(start)}" y="${size.height - 11}">${label}</text>`;
    }),
  );
}
