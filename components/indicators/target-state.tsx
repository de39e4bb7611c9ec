import Link from "next/link";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { type Figure, type Trajectory, trajectory } from "#lib/indicators/rules.ts";
import type { Indicator, Observation, Target } from "#lib/indicators/schema.ts";
import { showValue, showWhen } from "#lib/indicators/words.ts";
import { recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  today: Day;
  figures: readonly Observation[];
  unit: string;
  direction: Indicator["direction"];
  target: Goal;
  /** Where it is corrected, for who may. */
  correct?: string;
};

/** A target, with whose it is where that does not go without saying. */
export type Goal = Omit<Target, "id" | "commitment"> & Partial<Pick<Target, "id" | "commitment">>;

const looks: Record<Trajectory["state"], { tone: Tone; icon: IconName }> = {
  reached: { tone: "positive", icon: "check-circle" },
  on_track: { tone: "positive", icon: "circle-half" },
  behind: { tone: "caution", icon: "clock" },
  cannot_assess: { tone: "neutral", icon: "circle-dashed" },
};

/** A target, whose it is, and where the figures stand against it, with the reason. */
export function TargetState({ t, locale, portfolio, today, figures, unit, direction, target, correct }: Props) {
  const { value, latest, commitment } = target;
  const state = trajectory<Figure>(figures, { value, latest, direction }, today);
  const shown = (number: number) => showValue(t, locale, number, unit);
  const title = commitment && pick(commitment.title, locale);
  return (
    <div className="grid gap-1 border-s-2 border-caution ps-3">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <strong>{t("indicators.chart.targetBy", { value: shown(value), date: showWhen(t, locale, target) })}</strong>
        <Badge {...looks[state.state]}>
          {state.reason === "no_target_date"
            ? t("indicators.trajectory.short.no_target_date")
            : t(`indicators.trajectory.${state.state}`)}
        </Badge>
      </p>
      <p className="max-w-prose text-sm text-muted">
        {t(`indicators.trajectory.reason.${state.reason}`, {
          figure: "figure" in state ? shown(state.figure.value) : "",
          expected: "expected" in state ? shown(state.expected) : "",
        })}
      </p>
      {commitment && title && (
        <Link href={recordPath(portfolio, commitment.reference)} prefetch={false} className="text-sm">
          {commitment.reference} <span lang={title.lang}>{title.text}</span>
        </Link>
      )}
      {correct && (
        <Link href={correct} prefetch={false} className="py-1 text-sm print:hidden">
          {t("indicators.edit.correctTarget")}
          <span className="sr-only"> {shown(value)}</span>
        </Link>
      )}
    </div>
  );
}
