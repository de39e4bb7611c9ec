import { scaleLinear, scaleUtc } from "d3-scale";
import { useId } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { measureOf } from "#lib/indicators/rules.ts";
import type { Observation, Target } from "#lib/indicators/schema.ts";
import { showStated, showTick, showUnit, showValue, showWhen } from "#lib/indicators/words.ts";

type ChartFigure = Pick<Observation, "id" | "value" | "qualifier" | "kind" | "phrase" | "edtf" | "earliest" | "latest">;
type ChartTarget = Pick<Target, "value" | "phrase" | "edtf" | "latest">;

type Props = {
  t: Translator;
  locale: Locale;
  name: string;
  unit: string;
  observations: readonly ChartFigure[];
  targets: readonly ChartTarget[];
};

const height = 220;
const plot = { top: 20, bottom: 184 };

type Dated = ChartFigure & { from: Date; to: Date };

/**
 * Figures over time, drawn on the server: a point at the last day of each figure's time, a line over that time, one shape
 * for each thing that is measured, and the target. Null where there is nothing to compare. The table beside it says the
 * same to those who do not see it. Widths are in percent and heights in pixels, so that letters keep their size.
 */
export function IndicatorChart({ t, locale, name, unit, observations, targets }: Props) {
  const title = useId();
  const figures = observations.flatMap((figure): Dated[] =>
    figure.latest === null
      ? []
      : [{ ...figure, from: new Date(figure.earliest ?? figure.latest), to: new Date(figure.latest) }],
  );
  if (figures.length + targets.length < 2 || figures.length === 0) return null;
  const { x, y } = scales(unit, figures, targets);
  const measures = [...new Set(figures.map(measureOf))];
  const left = observations.length - figures.length;
  return (
    <figure className="grid gap-1">
      <svg role="img" aria-labelledby={title} className="block w-full overflow-visible" height={height}>
        <title id={title}>{t("indicators.chart.title", { name })}</title>
        {y.ticks(unit === "rank" ? 3 : 4).map((tick) => (
          <g key={tick}>
            <line x1="0" x2="100%" y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x="0" y={y(tick) - 4} className="fill-muted text-xs">
              {showTick(locale, tick, unit)}
            </text>
          </g>
        ))}
        {x.ticks(4).map((tick, index, { length }) => (
          <TimeTick
            key={tick.getTime()}
            locale={locale}
            at={x(tick)}
            day={tick.toISOString().slice(0, 10)}
            spare={length > 4 && index % 2 === 1}
          />
        ))}
        {targets.map((target) => (
          <TargetLine
            key={`${target.value} ${target.edtf}`}
            t={t}
            locale={locale}
            unit={unit}
            target={target}
            y={y(target.value)}
          />
        ))}
        {measures.map((measure, index) => (
          <Series
            key={measure}
            figures={figures.filter((figure) => measureOf(figure) === measure)}
            shape={index}
            x={x}
            y={y}
            say={(figure) =>
              t("indicators.chart.figure", {
                value: showValue(t, locale, figure.value, unit),
                when: showWhen(t, locale, figure),
                stated: showStated(t, figure),
              })
            }
          />
        ))}
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        <span>{showUnit(t, unit)}</span>
        {measures.length > 1 &&
          measures.map((measure, index) => {
            const example = figures.find((figure) => measureOf(figure) === measure);
            return (
              <span key={measure} className="inline-flex items-center gap-1.5">
                <svg className="size-3 overflow-visible" viewBox="-6 -6 12 12" aria-hidden="true">
                  <Mark shape={index} />
                </svg>
                {example && showStated(t, example)}
              </span>
            );
          })}
        {left > 0 && <span>{t("indicators.chart.left", { count: left })}</span>}
      </figcaption>
    </figure>
  );
}

function scales(unit: string, figures: readonly Dated[], targets: readonly ChartTarget[]) {
  const times = [
    ...figures.flatMap(({ from, to }) => [from, to]),
    ...targets.flatMap(({ latest }) => (latest === null ? [] : [new Date(latest)])),
  ].map(Number);
  const values = [...figures, ...targets].map(({ value }) => value);
  // The first rank is the best one and stands at the top; other numbers begin at nought, so that heights can be compared.
  const domain = unit === "rank" ? [Math.max(...values) + 1, 1] : [Math.min(0, ...values), Math.max(0, ...values)];
  return {
    x: scaleUtc([Math.min(...times), Math.max(...times)], [14, 94]),
    y: scaleLinear(domain, [plot.bottom, plot.top]).nice(),
  };
}

type X = ReturnType<typeof scales>["x"];
type Y = ReturnType<typeof scales>["y"];

type TimeTickProps = {
  locale: Locale;
  at: number;
  day: string /** Not named where there is little room. */;
  spare: boolean;
};

function TimeTick({ locale, at, day, spare }: TimeTickProps) {
  const { date, shortDate } = format(locale);
  const label = day.endsWith("-01-01")
    ? date(day.slice(0, 4))
    : day.endsWith("-01")
      ? shortDate(day.slice(0, 7))
      : shortDate(day);
  return (
    <>
      <line x1={`${at}%`} x2={`${at}%`} y1={plot.bottom} y2={plot.bottom + 5} className="stroke-control" />
      <text
        x={`${at}%`}
        y={plot.bottom + 20}
        textAnchor="middle"
        className={classNames("fill-muted text-xs", spare && "max-md:hidden")}
      >
        {label}
      </text>
    </>
  );
}

function TargetLine({
  t,
  locale,
  unit,
  target,
  y,
}: Pick<Props, "t" | "locale" | "unit"> & { target: ChartTarget; y: number }) {
  const value = showValue(t, locale, target.value, unit);
  const dated = target.edtf !== null || target.phrase !== null;
  return (
    <>
      <line x1="0" x2="100%" y1={y} y2={y} strokeWidth="1.5" strokeDasharray="6 4" className="stroke-caution" />
      <text x="100%" y={y - 5} textAnchor="end" className="fill-caution text-xs font-medium">
        {dated
          ? t("indicators.chart.targetBy", { value, date: showWhen(t, locale, target) })
          : t("indicators.chart.target", { value })}
      </text>
    </>
  );
}

function Series({
  figures,
  shape,
  x,
  y,
  say,
}: {
  figures: readonly Dated[];
  shape: number;
  x: X;
  y: Y;
  say: (figure: Dated) => string;
}) {
  return (
    <g>
      {figures.slice(1).map((figure, index) => {
        const before = figures[index] ?? figure;
        return (
          <line
            key={figure.id}
            x1={`${x(before.to)}%`}
            y1={y(before.value)}
            x2={`${x(figure.to)}%`}
            y2={y(figure.value)}
            strokeWidth="1.5"
            className="stroke-accent"
          />
        );
      })}
      {figures.map((figure) => (
        <g key={figure.id}>
          <title>{say(figure)}</title>
          <line
            x1={`${x(figure.from)}%`}
            x2={`${x(figure.to)}%`}
            y1={y(figure.value)}
            y2={y(figure.value)}
            strokeWidth="5"
            strokeLinecap="round"
            className="stroke-accent opacity-25"
          />
          <svg x={`${x(figure.to)}%`} y={y(figure.value)} className="overflow-visible" aria-hidden="true">
            <Mark shape={shape} />
          </svg>
        </g>
      ))}
    </g>
  );
}

const hollow = "fill-surface stroke-accent";
const marks = [
  <circle key="disc" r="4.5" className="fill-accent" />,
  <circle key="ring" r="4.5" strokeWidth="2" className={hollow} />,
  <path key="diamond" d="M0-6 6 0 0 6-6 0Z" className="fill-accent" />,
  <path key="square" d="M-4.5-4.5h9v9h-9Z" strokeWidth="2" className={hollow} />,
];

/** Shapes and not colours tell apart what is measured. */
function Mark({ shape }: { shape: number }) {
  return marks[shape % marks.length];
}
