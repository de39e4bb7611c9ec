import { clock, type Wishes } from "#components/reminders/wishes.ts";
import { Icon } from "#components/ui/icon.tsx";
import { type ClientTranslator, useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  wishes: Wishes;
  leadDays: readonly (number | string)[];
  zone: string;
  weekdays: readonly string[];
};

/** What follows from one's wishes, in sentences. */
export function Summary({ wishes, leadDays, zone, weekdays }: Props) {
  const t = useTranslator();
  const nothing = !wishes.mail && !wishes.inApp;
  const sentences = nothing
    ? [t("preferences.summary.nothing")]
    : [...whenSentences(t, { wishes, zone, weekdays }), ...leadSentences(t, wishes, leadDays)];
  return (
    <div
      role="status"
      aria-label={t("preferences.summary.title")}
      className={`flex items-start gap-2 rounded-md border px-3 py-2 ${nothing ? "border-caution bg-caution-soft text-caution" : "border-line bg-surface"}`}
    >
      <Icon name={nothing ? "alert" : "info"} className="mt-[0.25em]" />
      <p>{sentences.join(" ")}</p>
    </div>
  );
}

/** "60 days, 14 days and 3 days". Not every browser can join a list in every language of ours. */
function listed(t: ClientTranslator, items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : t("preferences.summary.and", { first: items.slice(0, -1).join(", "), last });
}

function whenSentences(t: ClientTranslator, { wishes, zone: id, weekdays }: Omit<Props, "leadDays">): string[] {
  const { frequency, mail, inApp, hour, weekday, countries } = wishes;
  const [time, zone, day] = [clock(hour), id.replaceAll("_", " "), weekdays[weekday - 1] ?? ""];
  const weekly = frequency === "weekly";
  const days = daysText(t, wishes.days, weekdays);
  const left =
    weekly || countries.length === 0
      ? t("preferences.summary.early")
      : t("preferences.summary.holidays", {
          countries: listed(
            t,
            ["VN", "LA"]
              .filter((each) => countries.includes(each))
              .map((each) => t.dynamic(`preferences.country.${each}`)),
          ),
        });
  if (!mail)
    return [
      weekly
        ? t("preferences.summary.inboxWeekly", { weekday: day, time, zone })
        : t("preferences.summary.inboxOnly", { days, time, zone }),
    ];
  return [
    weekly
      ? t("preferences.summary.weekly", { weekday: day, time, zone })
      : t(`preferences.summary.${frequency}`, { days, time, zone }),
    left,
    t(inApp ? "preferences.summary.inbox" : "preferences.summary.mailOnly"),
  ];
}

function daysText(t: ClientTranslator, days: readonly number[], weekdays: readonly string[]): string {
  const chosen = [...days].sort();
  if (chosen.length === 7) return t("preferences.summary.everyDay");
  if (chosen.join("") === "12345") return t("preferences.summary.workdays");
  return listed(
    t,
    chosen.map((day) => weekdays[day - 1] ?? ""),
  );
}

function leadSentences(t: ClientTranslator, { ownLeadDays }: Wishes, leadDays: readonly unknown[]): string[] {
  if (!ownLeadDays) return [t("preferences.summary.rules")];
  const days = [...new Set(leadDays.filter((day) => typeof day === "number"))].sort((a, b) => b - a);
  const before = days.filter((day) => day > 0).map((count) => t("preferences.summary.days", { count }));
  const same = days.includes(0);
  return [
    ...(before.length > 0 ? [t("preferences.summary.before", { list: listed(t, before) })] : []),
    ...(same ? [t(before.length > 0 ? "preferences.summary.sameDay" : "preferences.summary.onlySameDay")] : []),
  ];
}
