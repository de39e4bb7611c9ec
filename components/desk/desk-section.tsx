import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { DeskList, DeskRow } from "#lib/commitments/desk.ts";
import { daysUntil } from "#lib/commitments/rules.ts";
import type { Day } from "#lib/dates.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";

type Props = {
  id: string;
  title: string;
  hint?: string;
  tone: Tone;
  icon: IconName;
  list: DeskList;
  /** The same list in the register. */
  href: string;
  portfolio: string;
  locale: Locale;
  today: Day;
  /** With whose each record is. */
  owners: boolean;
  /** Whether the actor reports on records. */
  mayReport: boolean;
};

/** Records that wait for the same thing, each with the way to do it. */
export function DeskSection({
  id,
  title,
  hint,
  tone,
  icon,
  list,
  href,
  portfolio,
  locale,
  today,
  owners,
  mayReport,
}: Props) {
  const t = translator(locale);
  const { number } = format(locale);
  const count = list.more ? t("desk.countMore", { count: number(list.total) }) : t("desk.count", { count: list.total });
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line bg-surface">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        <h2 id={id} className="flex items-center gap-2 text-lg">
          <Icon name={icon} className={inks[tone]} />
          {title}
        </h2>
        <Badge tone={tone}>{count}</Badge>
        {hint && <p className="text-sm text-muted">{hint}</p>}
      </header>
      <ul className="divide-y divide-line">
        {list.rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            portfolio={portfolio}
            locale={locale}
            today={today}
            owners={owners}
            mayReport={mayReport}
          />
        ))}
      </ul>
      {(list.more || list.total > list.rows.length) && (
        <p className="border-t border-line px-3 py-2 text-sm">
          <a href={href}>
            {list.more ? t("desk.seeAllMore", { count: number(list.total) }) : t("desk.seeAll", { count: list.total })}
          </a>
        </p>
      )}
    </section>
  );
}

const inks: Record<Tone, string> = {
  neutral: "text-neutral",
  positive: "text-positive",
  caution: "text-caution",
  critical: "text-critical",
  info: "text-info",
  accent: "text-accent",
};

type RowProps = Pick<Props, "portfolio" | "locale" | "today" | "owners" | "mayReport"> & { row: DeskRow };

function Row({ row, portfolio, locale, today, owners, mayReport }: RowProps) {
  const t = translator(locale);
  const { shortDate, relativeDays } = format(locale);
  const path = recordPath(portfolio, row.reference);
  const days = daysUntil(row.latest, today);
  const facts = [
    row.phrase,
    row.latest !== null && days !== null ? `${shortDate(row.latest)} (${relativeDays(days)})` : null,
    t(`commitments.completion.${row.completion}`),
    row.reportedOn ? t("desk.lastReport", { date: shortDate(row.reportedOn) }) : t("desk.neverReported"),
    owners ? (row.owner ? t("desk.owner", { name: row.owner }) : t("register.noOwner")) : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 hover:bg-hover">
      <div className="min-w-0 flex-[1_1_18rem]">
        <p>
          <a href={path} className="me-2 whitespace-nowrap tabular-nums">
            {row.reference}
          </a>
          <span lang={row.lang ?? undefined} className="font-medium">
            {row.title}
          </span>
        </p>
        <p className="text-sm text-muted">{facts.join(" · ")}</p>
      </div>
      {mayReport && (
        <a
          href={`${path}#report`}
          aria-label={t("desk.reportOn", { reference: row.reference })}
          className="control inline-flex items-center gap-1.5 rounded-md border border-control px-2 text-sm text-ink no-underline hover:bg-surface print:hidden"
        >
          <Icon name="pencil" />
          {t("desk.report")}
        </a>
      )}
    </li>
  );
}
