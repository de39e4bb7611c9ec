import type { Metadata } from "next";
import { EventSearch } from "#components/audit/event-search.tsx";
import { EventTable } from "#components/audit/event-table.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { may } from "#lib/audit/policy.ts";
import { eventFilter, getSearchable, searchEvents } from "#lib/audit/search.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requireActor } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("audit.all") };
}

/** The whole history: who did what, when, to what. */
export default async function AuditPage({ searchParams }: Props) {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "search")) return <ForbiddenState locale={locale} />;
  const query = Object.entries(await searchParams).map(([name, value]) => [name, [value].flat()[0] || undefined]);
  const filter = eventFilter.parse(Object.fromEntries(query));
  const [{ events, next }, searchable] = await Promise.all([searchEvents(actor, filter), getSearchable(actor)]);
  const t = translator(locale);
  const { after, ...narrowed } = filter;
  const asked = Object.entries(narrowed).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const address = (more: Record<string, string> = {}) =>
    `/audit?${new URLSearchParams({ ...Object.fromEntries(asked), ...more })}`;
  return (
    <div className="mx-auto grid max-w-6xl gap-4">
      <h1 className="text-2xl">{t("audit.all")}</h1>
      <p className="max-w-prose text-muted">{t("audit.intro")}</p>
      <EventSearch t={t} filter={filter} searchable={searchable} />
      {events.length > 0 ? (
        <EventTable events={events} locale={locale} />
      ) : (
        <EmptyState
          icon="search"
          title={t("audit.none")}
          action={<LinkButton href="/audit">{t("audit.first")}</LinkButton>}
        >
          {t("audit.noneBody")}
        </EmptyState>
      )}
      {(next || after) && (
        <nav aria-label={t("audit.all")} className="flex flex-wrap gap-2">
          {after && <LinkButton href={address()}>{t("audit.first")}</LinkButton>}
          {next && (
            <LinkButton href={address({ after: String(next) })} icon="chevron-right">
              {t("common.next")}
            </LinkButton>
          )}
        </nav>
      )}
    </div>
  );
}
