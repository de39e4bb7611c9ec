import type { Metadata } from "next";
import { Badge } from "#components/ui/badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";
import { listViews } from "#lib/views/queries.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("views.title") };
}

/** The saved views as a page: what the dialog shows, for browsers without a script. */
export default async function SavedViewsPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const views = await listViews(actor, portfolio);
  const t = translator(locale);
  const register = registerPath(portfolio);
  return (
    <div className="mx-auto max-w-2xl">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ label: t("register.title"), href: register }, { label: t("views.title") }]}
      />
      <h1 className="my-3 text-xl">{t("views.title")}</h1>
      {views.length === 0 && <EmptyState title={t("views.none")} />}
      <ul className="divide-y divide-line">
        {views.map((view) => (
          <li key={view.id} className="flex flex-wrap items-center gap-2 py-2">
            <a href={`${register}${view.query && `?${view.query}`}`}>{view.name}</a>
            {view.shared && <Badge>{t("views.shared")}</Badge>}
            {!view.mine && <span className="text-sm text-muted">{t("views.by", { name: view.owner })}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
