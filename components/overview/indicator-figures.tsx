import Link from "next/link";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { type Figure, trajectory } from "#lib/indicators/rules.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import { showStated, showValue, showWhen } from "#lib/indicators/words.ts";
import { indicatorPath } from "#lib/paths.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; indicators: readonly Indicator[]; today: Day };

/** The newest figure of each indicator, and where it stands against its targets. */
export function IndicatorFigures({ t, locale, portfolio, indicators, today }: Props) {
  return (
    <section aria-labelledby="indicators-h">
      <h2 id="indicators-h">{t("overview.section.indicators")}</h2>
      <Table label={t("overview.section.indicators")} className="mt-2">
        <thead>
          <tr>
            <Th>{t("indicators.field.indicator")}</Th>
            <Th>{t("indicators.field.latest")}</Th>
            <Th>{t("indicators.field.target")}</Th>
          </tr>
        </thead>
        <tbody>
          {indicators.map(({ id, key, unit, direction, observations, targets, name }) => {
            const newest = observations.findLast(({ latest }) => latest !== null) ?? observations.at(-1);
            const shown = pick(name, locale);
            return (
              <tr key={id}>
                <Td>
                  <Link href={indicatorPath(portfolio, key)} prefetch={false} lang={shown.lang}>
                    {shown.text}
                  </Link>
                </Td>
                <Td>
                  {newest && (
                    <>
                      <span className="font-medium">{showValue(t, locale, newest.value, unit)}</span>{" "}
                      <span className="text-muted">
                        {showWhen(t, locale, newest)}, {showStated(t, newest)}
                      </span>
                    </>
                  )}
                </Td>
                <Td>
                  {targets.length === 0 && <span className="text-muted">{t("indicators.noTarget")}</span>}
                  {targets.map((target) => {
                    const { state, reason } = trajectory<Figure>(observations, { ...target, direction }, today);
                    return (
                      <span key={target.commitment.reference} className="block">
                        {showValue(t, locale, target.value, unit)}{" "}
                        <span className="text-muted">
                          {reason === "no_target_date"
                            ? t("indicators.trajectory.short.no_target_date")
                            : t(`indicators.trajectory.${state}`)}
                        </span>
                      </span>
                    );
                  })}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </section>
  );
}
