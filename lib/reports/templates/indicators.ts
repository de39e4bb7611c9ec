import { type Relation, relate, type Trajectory, trajectory } from "#lib/indicators/rules.ts";
import type { Indicator, Observation, Target } from "#lib/indicators/schema.ts";
import { showValue, showWhen } from "#lib/indicators/words.ts";
import { recordPath } from "#lib/paths.ts";
import type { Block, Cell, Table } from "#lib/reports/document.ts";
import { drawTrajectory } from "#lib/reports/drawing.ts";
import { figureCell, figureRow, figureTable, indicatorCell } from "#lib/reports/figure-table.ts";
import type { SectionOf } from "#lib/reports/outline.ts";
import { told } from "#lib/reports/parts.ts";
import type { Look, Parts } from "#lib/reports/setting.ts";

type Goal = { indicator: Indicator; target: Target; state: Trajectory<Observation> };

/** "Indicators against targets": the newest figures, where they lead, what contradicts what, and what cannot be said. */
export function indicators(look: Look, found: readonly Indicator[]): Parts<SectionOf<"indicators">> {
  const { setting, request } = look;
  const { t, asOf } = setting;
  const ofAll = request.scope === "";
  const measuring = new Set(look.records.flatMap(({ standing }) => standing.indicators));
  const shown = found.filter(({ key }) => ofAll || measuring.has(key));
  const goals = shown.flatMap((indicator) =>
    indicator.targets.map((target): Goal => {
      const goal = { value: target.value, latest: target.latest, direction: indicator.direction };
      return { indicator, target, state: trajectory(indicator.observations, goal, asOf.day) };
    }),
  );
  const drawn = shown.flatMap((indicator) => {
    const drawing = drawTrajectory(setting, indicator);
    return drawing ? [{ indicator, drawing }] : [];
  });
  const others = shown.filter((indicator) => !drawn.some((each) => each.indicator === indicator));
  const disputed = shown.flatMap((indicator) =>
    relate(indicator.observations).flatMap(({ a, b, relation }) =>
      relation === "conflicts" || relation === "cannot_tell" ? [{ indicator, a, b, relation }] : [],
    ),
  );
  const unassessed = goals.filter(({ state }) => state.state === "cannot_assess");
  const counted = (state: Trajectory["state"]) => goals.filter((goal) => goal.state.state === state).length;
  return {
    summary: () => [
      {
        kind: "text",
        text: t("reports.says.targets", {
          count: goals.length,
          reached: counted("reached"),
          onTrack: counted("on_track"),
          behind: counted("behind"),
          unassessed: unassessed.length,
        }),
      },
      ...(shown.length > 0 ? [summaryTable(look, shown, goals)] : []),
      { kind: "text", text: t("reports.figuresMean"), muted: true },
    ],
    trajectories: () => [
      { kind: "text", text: t("reports.says.trajectories", { count: drawn.length }) },
      ...drawn.flatMap(({ indicator, drawing }): Block[] => [
        drawing,
        figureTable(setting, drawing.caption, rowsOf(look, indicator)),
      ]),
    ],
    conflicts: () =>
      told(t("reports.says.conflicts", { count: disputed.length }), disputed, () => disputedTable(look, disputed)),
    unassessed: () =>
      told(t("reports.says.unassessed", { count: unassessed.length }), unassessed, () =>
        goalTable(look, t("reports.section.unassessed"), unassessed),
      ),
    figures: () => {
      const rows = others.flatMap((indicator) => rowsOf(look, indicator));
      return told(t("reports.says.figures", { count: rows.length }), rows, () =>
        figureTable(setting, t("reports.section.figures"), rows),
      );
    },
  };
}

const rowsOf = ({ setting }: Look, indicator: Indicator): Cell[][] =>
  indicator.observations.map((figure) => figureRow(setting, indicator, figure));

const newestOf = ({ observations }: Indicator) =>
  observations.filter(({ latest, qualifier }) => latest !== null && qualifier !== "predicted").at(-1) ??
  observations.at(-1);

/** Each indicator with its newest figure and, a row for each, its targets. */
function summaryTable(look: Look, shown: readonly Indicator[], goals: readonly Goal[]): Table {
  const { setting } = look;
  const { t } = setting;
  return {
    kind: "table",
    caption: t("reports.section.summary"),
    columns: [
      { label: t("indicators.field.indicator"), type: "text", share: 2.6 },
      { label: t("indicators.field.latest"), type: "text", share: 2.6 },
      { label: t("indicators.field.target"), type: "text", share: 2 },
      { label: t("reports.column.commitment"), type: "text", share: 1.3 },
      { label: t("indicators.field.state"), type: "text", share: 1.8 },
    ],
    rows: shown.flatMap((indicator) => {
      const newest = newestOf(indicator);
      const first: Cell[] = [
        indicatorCell(setting, indicator),
        newest ? figureCell(setting, indicator, newest) : { text: t("reports.noFigures") },
      ];
      const own = goals.filter((goal) => goal.indicator === indicator);
      if (own.length === 0) return [[...first, { text: t("indicators.noTarget") }, { text: "" }, { text: "" }]];
      return own.map((goal) => [...first, ...goalCells(look, goal), stateCell(look, goal)]);
    }),
  };
}

function goalCells({ setting }: Look, { indicator, target }: Goal): Cell[] {
  const { t, locale, portfolioId, noteOf } = setting;
  const { reference } = target.commitment;
  return [
    {
      text: t("indicators.chart.targetBy", {
        value: showValue(t, locale, target.value, indicator.unit),
        date: showWhen(t, locale, target),
      }),
      notes: [noteOf(`${target.sourceKey} ${target.paragraph}`)],
    },
    { text: reference, href: recordPath(portfolioId, reference) },
  ];
}

function stateCell({ setting: { t } }: Look, { state }: Goal): Cell {
  const tones = { reached: "positive", on_track: "positive", behind: "caution", cannot_assess: undefined } as const;
  const tone = tones[state.state];
  return {
    text:
      state.reason === "no_target_date"
        ? t("indicators.trajectory.short.no_target_date")
        : t(`indicators.trajectory.${state.state}`),
    ...(tone && { tone }),
  };
}

/** Why it is said of a target that it is behind, or that nothing can be said. */
function goalTable(look: Look, caption: string, goals: readonly Goal[]): Table {
  const { setting } = look;
  const { t, locale } = setting;
  return {
    kind: "table",
    caption,
    columns: [
      { label: t("indicators.field.indicator"), type: "text", share: 2.4 },
      { label: t("indicators.field.target"), type: "text", share: 2 },
      { label: t("reports.column.commitment"), type: "text", share: 1.2 },
      { label: t("reports.column.reason"), type: "text", share: 4 },
    ],
    rows: goals.map((goal) => {
      const { state, indicator } = goal;
      const value = (number: number) => showValue(t, locale, number, indicator.unit);
      const reason = t(`indicators.trajectory.reason.${state.reason}`, {
        figure: "figure" in state ? value(state.figure.value) : "",
        expected: "expected" in state ? value(state.expected) : "",
      });
      return [indicatorCell(setting, indicator), ...goalCells(look, goal), { text: reason }];
    }),
  };
}

type Disputed = { indicator: Indicator; a: Observation; b: Observation; relation: Relation };

/** Figures of one thing that cannot both be right, or of which nobody can tell. */
function disputedTable({ setting }: Look, disputed: readonly Disputed[]): Table {
  const { t } = setting;
  return {
    kind: "table",
    caption: t("reports.section.conflicts"),
    columns: [
      { label: t("indicators.field.indicator"), type: "text", share: 2.4 },
      { label: t("reports.column.oneFigure"), type: "text", share: 2.8 },
      { label: t("reports.column.otherFigure"), type: "text", share: 2.8 },
      { label: t("reports.column.relation"), type: "text", share: 2 },
    ],
    rows: disputed.map(({ indicator, a, b, relation }) => [
      indicatorCell(setting, indicator),
      figureCell(setting, indicator, a),
      figureCell(setting, indicator, b),
      {
        text: t(`reports.relation.${relation === "conflicts" ? "conflicts" : "cannotTell"}`),
        ...(relation === "conflicts" && { tone: "caution" as const }),
      },
    ]),
  };
}
