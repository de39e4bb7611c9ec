import ical, { ICalCalendarMethod, ICalEventTransparency } from "ical-generator";
import { addDays, type Day } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";
import type { Completion } from "#prisma/generated/enums.ts";

/** Dates of records as a calendar (RFC 5545). Pure: the same records give the same text, and so the same ETag. */

/** An open record with the dates that it has. */
export type DatedRecord = {
  id: string;
  portfolioId: string;
  reference: string;
  version: number;
  updatedAt: Date;
  title: Texts;
  phrase: string | null;
  edtf: string | null;
  latest: Day | null;
  completion: Completion;
  owner: string | null;
  ends: string | null;
  endsLatest: Day | null;
  noticeDays: number | null;
  /** Those that are still to be reached. */
  milestones: { id: string; title: Texts; phrase: string | null; edtf: string | null; latest: Day }[];
};

type Options = {
  /** What the calendar program calls it. */
  name: string;
  locale: Locale;
  records: readonly DatedRecord[];
  /** The address of the app: "https://kept.example.org". */
  origin: string;
};

type Entry = { uid: string; day: Day; summary: string; lines: string[] };

/** The whole calendar: each deadline, milestone, end and notice as a day on the last one that its date allows. */
export function calendarOf({ name, locale, records, origin }: Options): string {
  const calendar = ical({
    name: escapedName(name),
    prodId: { company: "Kept", product: "Kept", language: locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const seen = new Set<string>();
  for (const record of records) {
    const url = origin + recordPath(record.portfolioId, record.reference);
    for (const { uid, day, summary, lines } of entriesOf(record, locale)) {
      if (seen.has(uid)) continue;
      seen.add(uid);
      calendar.createEvent({
        id: uid,
        start: asDate(day),
        // The end of an event of whole days is the day after.
        end: asDate(addDays(day, 1)),
        allDay: true,
        summary: oneLine(summary),
        description: lines.join("\n"),
        url,
        sequence: record.version,
        stamp: record.updatedAt,
        lastModified: record.updatedAt,
        // A deadline takes nobody's day.
        transparency: ICalEventTransparency.TRANSPARENT,
      });
    }
  }
  return calendar.toString();
}

function entriesOf(record: DatedRecord, locale: Locale): Entry[] {
  const t = translator(locale);
  const f = format(locale);
  const { id, reference, latest, endsLatest, noticeDays, ends } = record;
  const title = `${reference} ${pickText(record.title, locale)}`;
  const common = [
    `${t("commitments.field.completion")}: ${t(`commitments.completion.${record.completion}`)}`,
    `${t("commitments.field.owner")}: ${record.owner ?? t("common.nobody")}`,
  ];
  const until = (date: { phrase: string | null; edtf: string | null; latest: Day }) => asText(date, locale);
  /** The words of the text, and the last day where those name none. */
  const dated = (date: { phrase: string | null; edtf: string | null; latest: Day }) => [
    ...(date.phrase ? [t("feeds.textSays", { phrase: date.phrase })] : []),
    ...(date.edtf === date.latest ? [] : [t("feeds.lastDay", { date: f.date(date.latest) })]),
    ...common,
  ];
  const entries: Entry[] = [];
  const add = (kind: string, of: string, day: Day, summary: string, lines: string[]) =>
    entries.push({ uid: `${kind}-${of}@kept`, day, summary, lines });
  if (latest !== null) {
    const date = { ...record, latest };
    add("deadline", id, latest, t("feeds.deadline", { title, date: until(date) }), dated(date));
  }
  for (const milestone of record.milestones) {
    const what = pickText(milestone.title, locale);
    add(
      "milestone",
      milestone.id,
      milestone.latest,
      t("feeds.milestone", { title, milestone: what, date: until(milestone) }),
      dated(milestone),
    );
  }
  if (endsLatest !== null) {
    const date = { phrase: null, edtf: ends, latest: endsLatest };
    add("end", id, endsLatest, t("feeds.end", { title, date: until(date) }), dated(date));
    if (noticeDays !== null && noticeDays > 0) {
      const text = { title, days: noticeDays, date: until(date) };
      const day = dayBefore(endsLatest, noticeDays);
      if (day) add("notice", id, day, t("feeds.notice", text), dated(date));
    }
  }
  return entries;
}

/** A date as its text has it: the phrase for who reads its language, else what it means: "by 2026" is no day of 2026. */
function asText({ phrase, edtf, latest }: { phrase: string | null; edtf: string | null; latest: Day }, locale: Locale) {
  const t = translator(locale);
  if (phrase && locale === "en") return phrase;
  if (!edtf) return phrase ?? format(locale).date(latest);
  const date = showEdtf(t, locale, edtf);
  return edtf === latest || edtf.includes("/") ? date : t("dates.until", { date });
}

/** Null before the year 1: nobody gives notice then. */
function dayBefore(day: Day, days: number): Day | null {
  try {
    return addDays(day, -days);
  } catch {
    return null;
  }
}

const asDate = (day: Day) => new Date(`${day}T00:00:00Z`);

/** A summary is one line in every program. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();

/** The library escapes what events say, but writes the calendar's name as it is given: a line in it would be one of the file. */
const escapedName = (name: string) => oneLine(name).replace(/[\\;,]/g, "\\$&");
