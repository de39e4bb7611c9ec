import type { Metadata } from "next";
import { z } from "zod";
import { PlanFilter } from "#components/reminders/plan-filter.tsx";
import { PlanList } from "#components/reminders/plan-list.tsx";
import { RemindersFrame } from "#components/reminders/reminders-frame.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/reminders/policy.ts";
import { previewPlan } from "#lib/reminders/preview.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reminders.tabs.plan") };
}

const choices = [30, 90, 180, 365];
const limit = 100;

/** An address can say anything: what does not fit is as if it were not there. */
const address = z.object({
  days: z.coerce.number().int().min(1).max(366).catch(90),
  person: z.uuid().nullable().catch(null),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

/** What will be sent in the next days, to whom, when and why. */
export default async function PlanPage({ params, searchParams }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  const { days, person, page } = address.parse(await searchParams);
  const from = new Date();
  const skip = (page - 1) * limit;
  const { rows, total, people } = await previewPlan(actor, portfolio, { from, days, personId: person, limit, skip });
  const t = translator(locale);
  const all = may(actor, "seeAll", portfolio);
  const href = (to: number) =>
    `/${portfolio}/reminders/plan?${new URLSearchParams({ days: `${days}`, ...(person && { person }), page: `${to}` })}`;
  return (
    <RemindersFrame
      t={t}
      portfolio={portfolio}
      current="plan"
      lead={t(all ? "reminders.plan.lead" : "reminders.plan.own")}
    >
      <PlanFilter t={t} days={days} choices={choices} people={all ? people : null} personId={person} />
      <p>{t("reminders.plan.summary", { total, days })}</p>
      {rows.length === 0 ? (
        <EmptyState icon="bell" title={t("reminders.plan.none")}>
          {t("reminders.plan.noneBody")}
        </EmptyState>
      ) : (
        <PlanList t={t} locale={locale} portfolio={portfolio} rows={rows} from={from} named={all} />
      )}
      {total > limit && (
        <Pagination
          label={t("reminders.plan.pages")}
          previous={{ label: t("common.previous"), href: page > 1 ? href(page - 1) : undefined }}
          next={{ label: t("common.next"), href: skip + rows.length < total ? href(page + 1) : undefined }}
        >
          {rows.length > 0 && t("reminders.plan.shown", { from: skip + 1, to: skip + rows.length, total })}
        </Pagination>
      )}
    </RemindersFrame>
  );
}
