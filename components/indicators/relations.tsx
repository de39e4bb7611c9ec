import { Icon } from "#components/ui/icon.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { measureOf, relate } from "#lib/indicators/rules.ts";
import type { Observation } from "#lib/indicators/schema.ts";
import { showStated, showValue, showWhen } from "#lib/indicators/words.ts";

type Props = { t: Translator; locale: Locale; unit: string; figures: readonly Observation[] };

/** Which figures conflict, which follow one another, and which can't be compared. Nothing where there is only one. */
export function Relations({ t, locale, unit, figures }: Props) {
  const pairs = relate(figures);
  if (pairs.length === 0) return null;
  const say = (figure: Observation) => `${showValue(t, locale, figure.value, unit)} (${showWhen(t, locale, figure)})`;
  const follows = pairs.filter(({ relation }) => relation === "follows");
  // Of figures in a row, each is told beside the one before it only.
  const next = follows.filter(
    ({ a, b }) => !follows.some((pair) => pair.a === a && follows.some((other) => other.a === pair.b && other.b === b)),
  );
  const measured = [...new Map(figures.map((figure) => [measureOf(figure), showStated(t, figure)])).values()];
  return (
    <ul aria-label={t("indicators.relation.title")} className="grid max-w-prose gap-1.5 text-sm">
      {pairs.map(({ a, b, relation }) =>
        relation === "conflicts" || relation === "cannot_tell" || relation === "agrees" ? (
          <Line
            key={`${a.id} ${b.id}`}
            icon={relation === "agrees" ? "check" : "alert"}
            strong={relation === "conflicts"}
          >
            {t(`indicators.relation.${relation}`, { a: say(a), b: say(b) })}
          </Line>
        ) : null,
      )}
      {next.map(({ a, b }) => (
        <Line key={`${a.id} ${b.id}`} icon="history">
          {t("indicators.relation.follows", {
            a: say(a),
            b: say(b),
            change: change(t, locale, unit, a.value, b.value),
          })}
        </Line>
      ))}
      {measured.length > 1 && (
        <Line icon="info">{t("indicators.relation.different", { list: format(locale).list(measured) })}</Line>
      )}
    </ul>
  );
}

type LineProps = { icon: "alert" | "check" | "history" | "info"; strong?: boolean; children: string };

function Line({ icon, strong, children }: LineProps) {
  return (
    <li className="flex gap-2">
      <Icon name={icon} className={strong ? "mt-0.5 text-caution" : "mt-0.5 text-muted"} />
      <span className={strong ? "font-medium" : undefined}>{children}</span>
    </li>
  );
}

function change(t: Translator, locale: Locale, unit: string, from: number, to: number): string {
  if (from === to) return t("indicators.relation.same");
  if (unit === "rank" || unit === "percent" || from <= 0) {
    return t("indicators.relation.changed", {
      from: showValue(t, locale, from, unit),
      to: showValue(t, locale, to, unit),
    });
  }
  const percent = format(locale).percent(Math.abs(to - from) / from);
  return t(to > from ? "indicators.relation.more" : "indicators.relation.less", { percent });
}
