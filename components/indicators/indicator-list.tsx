import Link from "next/link";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { type Figure, trajectory } from "#lib/indicators/rules.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import { showStated, showValue, showWhen } from "#lib/indicators/words.ts";
import { indicatorPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  indicators: readonly Indicator[];
  today: Day;
  mayRecord: boolean;
};

/** What is measured, with the newest figure of each and where it stands against its target. */
export function IndicatorList({ t, locale, portfolio, indicators, today, mayRecord }: Props) {
  return (
    <div className="mx-auto max-w-5xl">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("indicators.title")}</h1>
        {mayRecord && (
          <LinkButton href={`/${portfolio}/indicators/new`} variant="primary" icon="plus">
            {t("indicators.edit.add")}
          </LinkButton>
        )}
      </div>
      {indicators.length === 0 ? (
        <EmptyState icon="chart" title={t("indicators.empty.title")}>
          {t("indicators.empty.body")}
        </EmptyState>
      ) : (
        <>
          <p className="mt-1 mb-4 max-w-prose text-muted">{t("indicators.lead")}</p>
          <Table label={t("indicators.title")}>
            <thead>
              <tr>
                <Th>{t("indicators.field.indicator")}</Th>
                <Th className="text-end!">{t("indicators.field.latest")}</Th>
                <Th>{t("indicators.field.asOf")}</Th>
                <Th className="text-end!">{t("indicators.field.figures")}</Th>
                <Th>{t("indicators.field.target")}</Th>
              </tr>
            </thead>
            <tbody>
              {indicators.map((indicator) => (
                <Row
                  key={indicator.id}
                  t={t}
                  locale={locale}
                  portfolio={portfolio}
                  indicator={indicator}
                  today={today}
                />
              ))}
            </tbody>
          </Table>
        </>
      )}
    </div>
  );
}

type RowProps = Omit<Props, "indicators" | "mayRecord"> & { indicator: Indicator };

function Row({ t, locale, portfolio, indicator, today }: RowProps) {
  const { key, unit, observations, targets, direction } = indicator;
  const name = pick(indicator.name, locale);
  const newest = observations.findLast(({ latest }) => latest !== null) ?? observations.at(-1);
  return (
    <tr>
      <Td className="min-w-52">
        <Link href={indicatorPath(portfolio, key)} prefetch={false} lang={name.lang}>
          {name.text}
        </Link>
      </Td>
      <Td className="text-end whitespace-nowrap">
        {newest && (
          <>
            <span className="font-medium">{showValue(t, locale, newest.value, unit)}</span>
            <span className="block text-muted">{showStated(t, newest)}</span>
          </>
        )}
      </Td>
      <Td>{newest && showWhen(t, locale, newest)}</Td>
      <Td className="text-end">{observations.length}</Td>
      <Td className="min-w-44">
        {targets.length === 0 && <span className="text-muted">{t("indicators.noTarget")}</span>}
        {targets.map((target) => {
          const { state, reason } = trajectory<Figure>(observations, { ...target, direction }, today);
          return (
            <span key={target.commitment.reference} className="block">
              {showValue(t, locale, target.value, unit)}
              <span className="block text-muted">
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
}
