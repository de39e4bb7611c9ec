import type { Metadata } from "next";
import { DeskSection } from "#components/desk/desk-section.tsx";
import type { Tone } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { teamToday } from "#lib/command.ts";
import { type DeskListName, deskOf } from "#lib/commitments/desk.ts";
import { dueSoonDays, staleDays } from "#lib/commitments/rules.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import { requireActor } from "#lib/session.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("desk.title") };
}

/** My desk: what I owe. Those who answer for everything can look at all of it. */
export default async function DeskPage({ params, searchParams }: Props) {
  const [{ portfolio }, { whose }, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  const answersForAll = actor.role === "manager" || actor.role === "admin";
  const all = answersForAll && whose === "all";
  const today = teamToday(new Date());
  const desk = await deskOf(actor, portfolio, { locale, today, all });
  const t = translator(locale);
  const sections: {
    name: DeskListName;
    title: string;
    hint?: string;
    tone: Tone;
    icon: IconName;
    query: Record<string, string>;
  }[] = [
    {
      name: "overdue",
      title: t("desk.overdue"),
      hint: t("desk.overdueHint"),
      tone: "critical",
      icon: "alert",
      query: { schedule: "overdue" },
    },
    {
      name: "due_soon",
      title: t("desk.due_soon", { days: dueSoonDays }),
      tone: "caution",
      icon: "clock",
      query: { schedule: "due_soon" },
    },
    {
      name: "stale",
      title: t("desk.stale", { days: staleDays }),
      hint: t("desk.staleHint"),
      tone: "info",
      icon: "history",
      query: { status: "not_reported,not_started,limited,substantial", sort: "updated" },
    },
    {
      name: "unowned",
      title: t("desk.unowned"),
      hint: t("desk.unownedHint"),
      tone: "caution",
      icon: "person",
      query: { owner: "nobody" },
    },
    {
      name: "undated",
      title: t("desk.undated"),
      hint: t("desk.undatedHint"),
      tone: "neutral",
      icon: "calendar",
      query: { schedule: "undated" },
    },
  ];
  const firm = { strength: "obligation,pledge" };
  const mine: Record<string, string> = all ? {} : { owner: "me" };
  const shared = { portfolio, locale, today, owners: all, mayReport: actor.role !== "viewer" };
  const waiting = sections.filter(({ name }) => desk[name].total > 0);
  const { owned } = desk;
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <h1 className="text-xl">{t("desk.title")}</h1>
      {answersForAll && (
        <Tabs
          label={t("desk.whose")}
          tabs={[
            { href: `/${portfolio}/desk`, label: t("desk.mine"), current: !all },
            { href: `/${portfolio}/desk?whose=all`, label: t("desk.all"), current: all },
          ]}
        />
      )}
      {waiting.map(({ name, query, ...section }) => (
        <DeskSection
          key={name}
          id={name}
          {...section}
          {...shared}
          list={desk[name]}
          href={registerPath(portfolio, { ...firm, ...mine, ...query })}
        />
      ))}
      {waiting.length === 0 && (owned.total > 0 || all) && (
        <EmptyState icon="check-circle" title={t("desk.clear.title")}>
          {t("desk.clear.body")}
        </EmptyState>
      )}
      {!all && owned.total === 0 && (
        <EmptyState title={t("desk.nothingOwned.title")}>{t("desk.nothingOwned.body")}</EmptyState>
      )}
      {!all && owned.total > 0 && (
        <DeskSection
          id="owned"
          title={t("desk.owned")}
          tone="neutral"
          icon="person"
          {...shared}
          list={owned}
          href={registerPath(portfolio, { owner: "me" })}
        />
      )}
    </div>
  );
}
