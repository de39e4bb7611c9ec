import type { Metadata } from "next";
import { Feeds, type Source } from "#components/feeds/feeds.tsx";
import { Section } from "#components/people/section.tsx";
import { type Listed, Muted, Watched } from "#components/reminders/watch-lists.tsx";
import { WishesForm } from "#components/reminders/wishes-form.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { listOwnFeeds } from "#lib/feeds/queries.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { recordPath, registerPath } from "#lib/paths.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { getOwnPreference } from "#lib/reminders/preferences.ts";
import { listOwnWatches, type WatchedRecord } from "#lib/reminders/watching.ts";
import { requireActor } from "#lib/session.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { listViews } from "#lib/views/queries.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("preferences.title") };
}

/** How one is reminded, of what, and one's calendars. */
export default async function RemindersPage() {
  const [actor, locale] = await Promise.all([requireActor(), requestLocale()]);
  const [preference, watches, portfolios, feeds] = await Promise.all([
    getOwnPreference(actor),
    listOwnWatches(actor, teamToday(new Date())),
    listPortfolios(actor),
    listOwnFeeds(actor),
  ]);
  const views = await Promise.all(portfolios.map(({ id }) => listViews(actor, id)));
  const t = translator(locale);
  const f = format(locale);
  const { version, leadDays, ...wishes } = preference;
  const nameOf = new Map(portfolios.map(({ id, name }) => [id, pickText(name, locale)]));
  const mine = (portfolioId: string) => t("feeds.mine", { portfolio: nameOf.get(portfolioId) ?? portfolioId });
  const sources: Source[] = portfolios.flatMap(({ id }, at) => [
    { portfolioId: id, viewId: null, label: mine(id) },
    ...(views[at] ?? []).map((view) => ({
      portfolioId: id,
      viewId: view.id,
      label: t("feeds.view", { view: view.name }),
    })),
  ]);
  const listed = ({ commitmentId, portfolioId, reference, title }: WatchedRecord, note?: string): Listed => {
    const { text, lang } = pick(title, locale);
    return { id: commitmentId, href: recordPath(portfolioId, reference), reference, title: text, lang, note };
  };
  return (
    <div className="mx-auto max-w-4xl">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ label: t("account.title"), href: "/account" }, { label: t("preferences.title") }]}
      />
      <h1 className="mt-2 text-2xl">{t("preferences.title")}</h1>
      <p className="mt-1 text-muted">{t("preferences.lead")}</p>
      <ClientMessages locale={locale} scopes={["preferences", "feeds", "common", "errors", "account.errors"]}>
        <Section title={t("preferences.form.title")}>
          <WishesForm
            version={version}
            wishes={{ ...wishes, leadDays: leadDays.join(", ") }}
            teamZone={teamZone()}
            weekdays={[1, 2, 3, 4, 5, 6, 7].map((day) => f.weekday(day))}
          />
        </Section>
        <Section title={t("preferences.watched.title")} body={t("preferences.watched.body")}>
          {watches.records.length + watches.views.length === 0 ? (
            <p className="text-muted">{t("preferences.watched.none")}</p>
          ) : (
            <Watched
              records={watches.records.map((record) => listed(record))}
              views={watches.views.map(({ viewId, portfolioId, name, query }) => ({
                id: viewId,
                href: registerPath(portfolioId, query),
                reference: "",
                title: name,
              }))}
            />
          )}
        </Section>
        <Section title={t("preferences.muted.title")} body={t("preferences.muted.body")}>
          {watches.muted.length === 0 ? (
            <p className="text-muted">{t("preferences.muted.none")}</p>
          ) : (
            <Muted
              records={watches.muted.map((record) =>
                listed(
                  record,
                  record.until
                    ? t("preferences.muted.until", { date: f.date(record.until) })
                    : t("preferences.muted.forGood"),
                ),
              )}
            />
          )}
        </Section>
        <Section title={t("feeds.title")} body={t("feeds.body")}>
          <Feeds
            sources={sources}
            feeds={feeds.map(({ id, portfolioId, view, createdAt }) => ({
              id,
              label: view ? t("feeds.view", { view: view.name }) : mine(portfolioId),
              createdAt,
            }))}
          />
        </Section>
      </ClientMessages>
    </div>
  );
}
