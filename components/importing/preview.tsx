import { PreviewRow } from "#components/importing/preview-row.tsx";
import { BackgroundButton, DiscardButton, RunButton, TickAll } from "#components/importing/steps.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { mostAtOnce, mostInRequest } from "#lib/importing/limits.ts";
import type { Act } from "#lib/importing/plan.ts";
import { acts, pageOf } from "#lib/importing/preview.ts";
import type { ImportFound, Planned } from "#lib/importing/shown.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  found: ImportFound;
  planned: Planned;
  act: Act | null;
  page: number;
  /** Who changed the records of this page's rows last. */
  changed: ReadonlyMap<string, { by: string; at: Date }>;
  /** The worker is at it, or will be. */
  underWay: boolean;
};

/** What an import would do, row by row, before it does anything. */
export function Preview({ t, locale, portfolio, found, planned, act, page, changed, underWay }: Props) {
  const { plan, vocabulary } = planned;
  const { rows, pages } = pageOf(plan.rows, { act, page });
  const base = `/${portfolio}/import/${found.id}`;
  const address = (show: Act | null, at = 1) => {
    const query = new URLSearchParams({ ...(show && { show }), ...(at > 1 && { page: String(at) }) }).toString();
    return `${base}${query && `?${query}`}`;
  };
  const tabs = [
    { href: address(null), label: t("common.all"), current: act === null, count: plan.rows.length },
    ...acts.map((each) => ({
      href: address(each),
      label: t(`importing.act.${each}`),
      current: act === each,
      count: plan.counts[each],
    })),
  ];
  const { create, change, refused } = plan.counts;
  const count = create + change;
  const blocked =
    refused > 0
      ? t("importing.preview.refused", { count: refused })
      : count === 0
        ? t("importing.preview.nothing")
        : count > mostAtOnce
          ? t("importing.preview.tooMany", { most: format(locale).number(mostAtOnce) })
          : plan.unticked > 0
            ? t("importing.preview.unticked", { count: plan.unticked })
            : null;
  const of = { id: found.id, version: found.version };
  const long = count > mostInRequest;
  const run = { ...of, fingerprint: plan.fingerprint, count };
  return (
    <>
      <p className="max-w-prose text-muted">{t("importing.preview.lead")}</p>
      {underWay && <p className="font-semibold">{t("importing.preview.underWay")}</p>}
      {plan.newer > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-caution bg-caution-soft px-3 py-2">
          <p className="max-w-prose">{t("importing.preview.newerBody", { count: plan.newer })}</p>
          <TickAll {...of} ticked={plan.unticked === 0} />
        </div>
      )}
      <Tabs label={t("importing.preview.show")} tabs={tabs} />
      {rows.length === 0 ? (
        <p className="text-muted">{t("importing.preview.none")}</p>
      ) : (
        <ol className="grid">
          {rows.map((row) => (
            <PreviewRow
              key={row.row}
              {...{ t, locale, portfolio, vocabulary, row, of, last: changed.get(row.before.id) }}
            />
          ))}
        </ol>
      )}
      {pages > 1 && (
        <Pagination
          label={t("importing.preview.pages")}
          previous={{ label: t("register.previous"), ...(page > 1 && { href: address(act, page - 1) }) }}
          next={{ label: t("register.next"), ...(page < pages && { href: address(act, page + 1) }) }}
        >
          {format(locale).number(page)} / {format(locale).number(pages)}
        </Pagination>
      )}
      <p className="max-w-prose border-t border-line pt-4">
        {blocked ?? t(long ? "importing.preview.backgroundBody" : "importing.preview.confirm")}
      </p>
      <div className="flex flex-wrap gap-2 print:hidden">
        {!blocked && !underWay && (long ? <BackgroundButton portfolio={portfolio} {...run} /> : <RunButton {...run} />)}
        <LinkButton href={`${base}?step=map`} icon="columns">
          {t("importing.steps.map")}
        </LinkButton>
        <a href={`${base}/preview`} download className={buttonClass({})}>
          <Icon name="download" />
          {t("importing.preview.download")}
        </a>
        <DiscardButton portfolio={portfolio} id={found.id} version={found.version} />
      </div>
    </>
  );
}
