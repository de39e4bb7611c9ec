import type { Metadata } from "next";
import Link from "next/link";
import { InboxFrame } from "#components/reminders/inbox-frame.tsx";
import { InboxList } from "#components/reminders/inbox-list.tsx";
import { inboxMessages } from "#components/reminders/messages.ts";
import { ReadAll } from "#components/reminders/read-all.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { snoozeDays } from "#lib/reminders/days.ts";
import { listInbox } from "#lib/reminders/inbox.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday } from "#lib/team-day.ts";

type Props = { searchParams: Promise<{ after?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("inbox.title") };
}

/** What a person is reminded of: the same as in their letters. */
export default async function InboxPage({ searchParams }: Props) {
  const [{ after }, actor, locale] = await Promise.all([searchParams, requireActor(), requestLocale()]);
  const place = [after].flat()[0] ?? "";
  const [{ items, next }, all] = await Promise.all([listInbox(actor, place), listPortfolios(actor)]);
  const t = translator(locale);
  const now = new Date();
  const portfolios = new Map(all.length > 1 ? all.map(({ id, name }) => [id, pickText(name, locale)] as const) : []);
  return (
    <ClientMessages locale={locale} scopes={inboxMessages}>
      <div className="mx-auto max-w-4xl">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h1 tabIndex={-1} className="text-2xl outline-none">
            {t("inbox.title")}
          </h1>
          {items.some(({ unread }) => unread) && <ReadAll />}
        </div>
        <p className="mt-1 text-muted">
          {t("inbox.lead")}{" "}
          <Link href="/account/reminders" prefetch={false}>
            {t("inbox.settings")}
          </Link>
        </p>
        <InboxFrame>
          {items.length === 0 ? (
            <EmptyState
              icon="check-circle"
              title={t("inbox.empty.title")}
              action={all[0] && <LinkButton href={`/${all[0].id}/desk`}>{t("inbox.empty.action")}</LinkButton>}
            >
              {t("inbox.empty.body")}
            </EmptyState>
          ) : (
            <>
              <InboxList view={{ t, locale, actor, now, days: snoozeDays(teamToday(now)), portfolios }} items={items} />
              <p className="mt-3 text-sm text-muted max-md:hidden print:hidden">{t("inbox.keys")}</p>
            </>
          )}
        </InboxFrame>
        {(place || next) && (
          <div className="mt-4">
            <Pagination
              label={t("inbox.pages")}
              previous={{ label: t("inbox.first"), href: place ? "/inbox" : undefined }}
              next={{ label: t("inbox.next"), href: next ? `/inbox?after=${next}` : undefined }}
            />
          </div>
        )}
      </div>
    </ClientMessages>
  );
}
