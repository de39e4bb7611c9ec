import Link from "next/link";
import { CatalogueHistory } from "#components/audit/history.tsx";
import { Figures } from "#components/indicators/figures.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Told } from "#lib/commitments/history.ts";
import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import { showUnit } from "#lib/indicators/words.ts";
import { indicatorPath, recordPath } from "#lib/paths.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  indicator: Indicator;
  today: Day;
  mayRecord: boolean;
  told: Told;
};

/** An indicator with all its figures, and the commitments that it measures. */
export function IndicatorPage({ t, locale, portfolio, indicator, today, mayRecord, told }: Props) {
  const { key, unit, direction, targets, commitments, sources } = indicator;
  const name = pick(indicator.name, locale);
  const own = indicatorPath(portfolio, key);
  return (
    <article className="mx-auto grid max-w-4xl gap-6">
      <header className="grid gap-2">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Breadcrumbs
            label={t("commitments.record.here")}
            crumbs={[{ label: t("indicators.title"), href: `/${portfolio}/indicators` }, { label: showUnit(t, unit) }]}
          />
          {mayRecord && (
            <div className="flex flex-wrap gap-2 print:hidden">
              <LinkButton href={`${own}/figures/new`} variant="primary" icon="plus">
                {t("indicators.edit.addFigure")}
              </LinkButton>
              <LinkButton href={`${own}/targets/new`} icon="flag">
                {t("indicators.edit.addTarget")}
              </LinkButton>
              <LinkButton href={`${own}/edit`} icon="pencil">
                {t("common.edit")}
              </LinkButton>
            </div>
          )}
        </div>
        <h1 lang={name.lang} className="text-2xl">
          {name.text}
        </h1>
        <p className="text-muted">
          {showUnit(t, unit)} · {t(`indicators.direction.${direction}`)}
        </p>
      </header>
      <Figures
        t={t}
        locale={locale}
        portfolio={portfolio}
        today={today}
        indicator={indicator}
        targets={targets}
        sources={sources}
        {...(mayRecord && { correct: own })}
      />
      {commitments.length > 0 && (
        <section aria-labelledby="measures" className="grid gap-2">
          <h2 id="measures" className="text-xl">
            {t("indicators.measures")}
          </h2>
          <ul>
            {commitments.map(({ id, reference, title, completion }) => {
              const shown = pick(title, locale);
              return (
                <li
                  key={id}
                  className="grid gap-x-3 border-t border-line py-1.5 sm:grid-cols-[4rem_1fr_auto] sm:items-baseline"
                >
                  <span className="text-sm text-muted tabular-nums">{reference}</span>
                  <Link href={recordPath(portfolio, reference)} prefetch={false} lang={shown.lang}>
                    {shown.text}
                  </Link>
                  <span className="text-sm text-muted">{t(`commitments.completion.${completion}`)}</span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <CatalogueHistory t={t} locale={locale} portfolio={portfolio} told={told} />
    </article>
  );
}
