import Link from "next/link";
import { ItemActions } from "#components/reminders/item-actions.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Actor } from "#lib/actor.ts";
import { may } from "#lib/commitments/policy.ts";
import { rankOf } from "#lib/commitments/rules.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { recordPath, registerPath } from "#lib/paths.ts";
import type { SnoozeDays } from "#lib/reminders/days.ts";
import type { InboxItem } from "#lib/reminders/inbox.ts";
import { partsOf } from "#lib/reminders/lists.ts";
import { reasonText } from "#lib/reminders/words.ts";
import type { Topic } from "#prisma/generated/enums.ts";

type View = {
  t: Translator;
  locale: Locale;
  actor: Actor;
  now: Date;
  days: SnoozeDays;
  /** The names of the portfolios, where there are several. */
  portfolios: ReadonlyMap<string, string>;
};

/** The inbox's items under their topics, as in a letter. */
export function InboxList({ view, items }: { view: View; items: readonly InboxItem[] }) {
  const { t } = view;
  return [...Map.groupBy(items, ({ topic }) => topic)].map(([topic, some]) => (
    <section key={topic} aria-labelledby={`inbox-${topic}`} className="mt-6">
      <h2 id={`inbox-${topic}`} className="flex items-center gap-2 border-b border-control pb-1.5 text-lg">
        <Icon name={icons[topic]} />
        {t(`letters.topic.${topic}`)}
      </h2>
      <ul>
        {some.map((item) => (
          <Item key={item.key} view={view} item={item} />
        ))}
      </ul>
    </section>
  ));
}

const icons: Record<Topic, IconName> = { overdue: "alert", due_soon: "clock", stale: "history", attention: "flag" };

function Item({ view, item }: { view: View; item: InboxItem }) {
  const { t, days, portfolios } = view;
  const { key, record, unread, more } = item;
  const portfolio = portfolios.get(item.portfolioId);
  return (
    <li
      data-item={key}
      className="relative grid gap-x-4 gap-y-2 border-b border-line py-2.5 ps-5 pe-1 md:grid-cols-[minmax(0,1fr)_auto]"
    >
      {unread && <span aria-hidden="true" className="absolute start-1 top-4.5 size-2 rounded-full bg-accent" />}
      <div className="grid min-w-0 content-start gap-1">
        <p className={unread ? "font-semibold" : undefined}>
          {unread && <span className="sr-only">{t("inbox.new")}: </span>}
          <Title view={view} item={item} />
        </p>
        <Reasons view={view} item={item} />
        {more > 0 && <p className="text-sm text-muted">{t("inbox.more", { count: more })}</p>}
        {(portfolio || record?.owner) && (
          <p className="text-sm text-muted">
            {[portfolio, record?.owner && `${t("commitments.field.owner")}: ${record.owner.name}`]
              .filter(Boolean)
              .join(" · ")}
          </p>
        )}
      </div>
      <div className="flex flex-wrap content-start items-start gap-2 md:justify-end">
        <Act view={view} item={item} />
        <ItemActions
          of={key}
          commitmentId={record?.id ?? null}
          what={record?.reference ?? t("inbox.list")}
          days={days}
        />
      </div>
    </li>
  );
}

function Title({ view: { t, locale }, item }: { view: View; item: InboxItem }) {
  const { record, portfolioId, reminders } = item;
  if (!record) {
    const [list] = reminders;
    const parts = list ? partsOf(list.about, list.query ?? "") : [];
    const [first] = parts;
    return (
      <Link
        href={registerPath(portfolioId, first?.query)}
        prefetch={false}
        data-reads={item.key}
        className="text-ink no-underline hover:underline"
      >
        {t("letters.gap.title")}
      </Link>
    );
  }
  const title = pick(record.title, locale);
  return (
    <Link
      href={recordPath(portfolioId, record.reference)}
      prefetch={false}
      className="text-ink no-underline hover:underline"
    >
      <span className="me-2 text-sm font-normal whitespace-nowrap text-muted tabular-nums">{record.reference}</span>
      <span lang={title.lang}>{title.text}</span>
    </Link>
  );
}

/** Why it is here, each reason once; and where that no longer holds. */
function Reasons({ view: { t, locale, now }, item }: { view: View; item: InboxItem }) {
  const { record, reminders } = item;
  const closed = record && closedAs(record);
  const reasons = new Map(
    reminders.map(({ about, milestone }) => {
      const reason = reasonText(t, about, now);
      const title = milestone && pick(milestone, locale).text;
      const revised = record && about.kind === "deadline" && about.date !== record.latest;
      return [title ? `${title}: ${reason}` : reason, revised] as const;
    }),
  );
  return (
    <ul className="grid gap-0.5">
      {closed && (
        <li>
          <Badge tone={closed === "done" ? "positive" : "neutral"} icon={closed === "done" ? "check-circle" : "minus"}>
            {t("inbox.settled")}: {t(`commitments.schedule.${closed}`)}
          </Badge>
        </li>
      )}
      {[...reasons].map(([reason, revised]) => (
        <li key={reason} className={classNames("flex flex-wrap gap-x-2", (closed || revised) && "text-muted")}>
          {reason}
          {revised && !closed && (
            <Badge icon="calendar" plain>
              {t("inbox.revised")}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

function closedAs(record: NonNullable<InboxItem["record"]>): "done" | "ended" | null {
  const rank = rankOf(record);
  return rank === 0 ? null : rank === 1 ? "done" : "ended";
}

/** What there is to do about it, where the reader may: the form that a letter would lead to. */
function Act({ view: { t, actor }, item }: { view: View; item: InboxItem }) {
  const { record, reminders, portfolioId } = item;
  if (!record) {
    const [list] = reminders;
    return partsOf(list?.about ?? noPart, list?.query ?? "").map(({ lacks, count, query }) => (
      <LinkButton key={lacks} size="sm" href={registerPath(portfolioId, query)} data-reads={item.key}>
        {t(`letters.gap.${lacks}`, { count })}
      </LinkButton>
    ));
  }
  const owned = { portfolioId, ownerId: record.owner?.id ?? null, ownerAgencyId: record.owner?.agencyId ?? null };
  const form = record.owner ? "report" : "owner";
  // What others did asks for nothing but to be known.
  if (reminders.every(({ about }) => about.kind === "change")) return null;
  if (closedAs(record) || !may(actor, form === "owner" ? "assign" : "update", owned)) return null;
  return (
    <LinkButton size="sm" variant="primary" href={`${recordPath(portfolioId, record.reference)}?form=${form}`}>
      {t(`letters.act.${form}`)}
      <span className="sr-only">: {record.reference}</span>
    </LinkButton>
  );
}

const noPart = { kind: "gap", date: null, edtf: null, offset: null } as const;
