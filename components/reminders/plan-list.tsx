import Link from "next/link";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";
import type { PreviewRow } from "#lib/reminders/preview.ts";
import { reasonText } from "#lib/reminders/words.ts";
import type { Topic } from "#prisma/generated/enums.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  rows: readonly PreviewRow[];
  from: Date;
  named: boolean;
};

/** What will be told, day by day; `named`: to whom, too. */
export function PlanList({ t, locale, portfolio, rows, from, named }: Props) {
  const f = format(locale);
  const days = Map.groupBy(rows, ({ at }) => f.day(at));
  return (
    <div className="grid gap-6">
      {[...days].map(([day, told]) => (
        <section key={day} aria-label={day} className="grid gap-1">
          <h2 className="text-lg">{day}</h2>
          <ul className="grid">
            {told.map((row) => (
              <Item
                key={[row.commitment?.id, row.rule?.id, row.occurrence, row.person.id].join()}
                {...{ t, locale, portfolio, row, from, named }}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const tones: Record<Topic, Tone> = { overdue: "critical", due_soon: "caution", stale: "info", attention: "neutral" };

function Item({ t, locale, portfolio, row, from, named }: Omit<Props, "rows"> & { row: PreviewRow }) {
  const { at, about, person, commitment, milestone, rule, topic, mail, inApp } = row;
  const title = commitment && pick(commitment.title, locale);
  const ways = [mail && t("reminders.plan.mail"), inApp && t("reminders.plan.inApp")].filter((way) => way !== false);
  const when = at <= from ? t("reminders.plan.atOnce") : format(locale).moment(at).split(" ").at(-1);
  return (
    <li className="grid gap-x-4 border-t border-line py-2 sm:grid-cols-[7rem_1fr]">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted sm:block">
        <span className="tabular-nums">{when}</span>
        {named && <span className="font-medium text-ink sm:block">{person.name}</span>}
      </p>
      <div className="min-w-0">
        <p>
          {commitment && title ? (
            <Link href={recordPath(portfolio, commitment.reference)} prefetch={false}>
              {commitment.reference} <span lang={title.lang}>{title.text}</span>
            </Link>
          ) : (
            t("reminders.plan.list")
          )}
        </p>
        <p>
          {milestone && `${pickText(milestone, locale)}: `}
          {reasonText(t, about, at)}
        </p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <Badge tone={tones[topic]}>{t(`reminders.topic.${topic}`)}</Badge>
          <span>{rule ? pickText(rule.name, locale) : t("reminders.plan.snooze")}</span>
          <span>{ways.length > 0 ? format(locale).list(ways) : t("reminders.plan.silent")}</span>
        </p>
      </div>
    </li>
  );
}
