import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { RecordPage } from "#components/commitments/record-page.tsx";
import { recordMessages } from "#components/reminders/messages.ts";
import { RecordReminders } from "#components/reminders/record-reminders.tsx";
import { historyLimit, historyPage, namesIn } from "#lib/commitments/history.ts";
import { may } from "#lib/commitments/policy.ts";
import { getRecord } from "#lib/commitments/record.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";
import { snoozeDays } from "#lib/reminders/days.ts";
import { planDays } from "#lib/reminders/record-plan.ts";
import { getRecordWatch } from "#lib/reminders/watching.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = {
  params: Promise<{ portfolio: string; reference: string }>;
  searchParams: Promise<{ history?: string | string[] }>;
};

const load = cache(async (portfolio: string, reference: string, entries: number) => {
  const actor = await requireActor();
  const now = new Date();
  const [found, watch] = await Promise.all([
    getRecord(actor, portfolio, reference, entries),
    getRecordWatch(actor, portfolio, reference, teamToday(now)),
  ]);
  return found && { ...found, actor, watch, now, names: await namesIn(actor, found.history, found.record.portfolioId) };
});

/** How much of the history the address asks for. */
function entriesOf(history: string | string[] | undefined): number {
  const wanted = Number(history);
  return Number.isInteger(wanted) ? Math.min(Math.max(wanted, historyPage), historyLimit) : historyPage;
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ portfolio, reference }, { history }, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const found = await load(portfolio, reference, entriesOf(history));
  return { title: found ? `${found.record.reference} ${pickText(found.record.title, locale)}` : reference };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ portfolio, reference }, { history }, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const entries = entriesOf(history);
  const found = await load(portfolio, reference, entries);
  if (!found) notFound();
  const { record, actor, watch } = found;
  const today = teamToday(found.now);
  const owned = {
    portfolioId: record.portfolioId,
    ownerId: record.owner?.id ?? null,
    ownerAgencyId: record.owner?.agencyId ?? null,
  };
  return (
    <RecordPage
      reminders={
        watch && (
          <ClientMessages locale={locale} scopes={recordMessages}>
            <RecordReminders
              record={{ id: record.id, reference: record.reference }}
              base={recordPath(portfolio, record.reference)}
              watch={watch}
              days={snoozeDays(today)}
              planDays={planDays}
            />
          </ClientMessages>
        )
      }
      view={{
        record,
        history: found.history,
        names: found.names,
        older:
          found.moreHistory && entries < historyLimit
            ? `${recordPath(portfolio, record.reference)}?history=${entries * 2}`
            : null,
        locale,
        t: translator(locale),
        f: format(locale),
        today,
        portfolio,
        may: {
          create: may(actor, "create", owned),
          update: may(actor, "update", owned),
          assign: may(actor, "assign", owned),
          delete: may(actor, "delete", owned),
        },
      }}
    />
  );
}
