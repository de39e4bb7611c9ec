import Link from "next/link";
import { IndicatorChart } from "#components/indicators/chart.tsx";
import { Relations } from "#components/indicators/relations.tsx";
import { type Goal, TargetState } from "#components/indicators/target-state.tsx";
import { Inferred } from "#components/sources/inferred.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { Day } from "#lib/dates.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Indicator, Observation } from "#lib/indicators/schema.ts";
import { showStated, showValue, showWhen } from "#lib/indicators/words.ts";
import { sourcePath } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  today: Day;
  indicator: Pick<Indicator, "name" | "unit" | "direction" | "observations">;
  targets: readonly Goal[];
  /** Names of the sources by key, where they are known. */
  sources?: Record<string, Texts>;
  /** The indicator's address, for who may correct its figures. */
  correct?: string;
};

/** Everything that is said of an indicator: chart, table, how the figures stand to each other and to the targets. */
export function Figures({ t, locale, portfolio, today, indicator, targets, sources = {}, correct }: Props) {
  const { name, unit, direction, observations } = indicator;
  const label = pickText(name, locale);
  return (
    <div className="grid gap-4">
      <IndicatorChart t={t} locale={locale} name={label} unit={unit} observations={observations} targets={targets} />
      {targets.map((target) => (
        <TargetState
          key={target.commitment?.reference ?? target.value}
          t={t}
          locale={locale}
          portfolio={portfolio}
          today={today}
          figures={observations}
          unit={unit}
          direction={direction}
          target={target}
          {...(correct && target.id && { correct: `${correct}/targets/${target.id}` })}
        />
      ))}
      <Table label={label}>
        <thead>
          <tr>
            <Th className="text-end!">{t("indicators.field.value")}</Th>
            <Th>{t("indicators.field.asOf")}</Th>
            <Th>{t("indicators.field.source")}</Th>
            {correct && (
              <Th className="print:hidden">
                <span className="sr-only">{t("indicators.edit.correctFigure")}</span>
              </Th>
            )}
          </tr>
        </thead>
        <tbody>
          {observations.map((figure) => (
            <tr key={figure.id}>
              <Td className="text-end whitespace-nowrap">
                <span className="font-medium">{showValue(t, locale, figure.value, unit)}</span>
                <span className="block text-muted">{showStated(t, figure)}</span>
              </Td>
              <Td>
                <When t={t} locale={locale} figure={figure} />
              </Td>
              <Td className="min-w-64">
                <Link href={sourcePath(portfolio, figure.sourceKey, figure.paragraph)} prefetch={false}>
                  {t("indicators.sourceParagraph", {
                    source: pickText(sources[figure.sourceKey], locale) || figure.sourceKey,
                    number: figure.paragraph,
                  })}
                </Link>
                {figure.note && <Note text={figure.note} locale={locale} />}
              </Td>
              {correct && (
                <Td className="text-end print:hidden">
                  <Link href={`${correct}/figures/${figure.id}`} prefetch={false} className="inline-block py-1">
                    {t("indicators.edit.correct")}
                    <span className="sr-only"> {showValue(t, locale, figure.value, unit)}</span>
                  </Link>
                </Td>
              )}
            </tr>
          ))}
        </tbody>
      </Table>
      <Relations t={t} locale={locale} unit={unit} figures={observations} />
    </div>
  );
}

function When({ t, locale, figure }: { t: Translator; locale: Locale; figure: Observation }) {
  const { phrase, edtf, inferred } = figure;
  return (
    <div className="grid min-w-36">
      <span>{showWhen(t, locale, figure)}</span>
      {inferred ? (
        <Inferred t={t} locale={locale} reason={inferred} />
      ) : (
        phrase !== null &&
        edtf !== null && (
          <span className="text-xs text-muted" lang="en">
            “{phrase}”
          </span>
        )
      )}
    </div>
  );
}

function Note({ text, locale }: { text: Texts; locale: Locale }) {
  const note = pick(text, locale);
  return (
    <p lang={note.lang} className="max-w-prose text-muted">
      {note.text}
    </p>
  );
}
