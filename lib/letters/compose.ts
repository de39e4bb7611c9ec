import { addDays } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type PickedText, pick } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { oneLine } from "#lib/mail.ts";
import { recordPath } from "#lib/paths.ts";
import { partsOf } from "#lib/reminders/lists.ts";
import { reasonText } from "#lib/reminders/words.ts";
import type { Topic } from "#prisma/generated/enums.ts";
import type { LetterItem, Said } from "./drafts.ts";
import { asHtml } from "./template.ts";
import { asText } from "./text.ts";

/** What a letter says, whatever it is then written as. */
export type Content = {
  locale: Locale;
  subject: string;
  lead: string;
  groups: { topic: Topic; title: string; entries: Entry[] }[];
  footer: string;
  settings: { text: string; href: string };
};

/** A record once, with every reason why it is in the letter, the most urgent first; or a list of many. */
export type Entry = {
  reference: string | null;
  title: PickedText;
  /** The one of several portfolios that it is in. */
  portfolio: string | null;
  reasons: string[];
  date: { label: string; phrase: string | null; meaning: string | null } | null;
  under: {
    label: string;
    records: { reference: string; title: PickedText; href: string }[];
    more: string | null;
  } | null;
  /** What to do about it, each with where to do it. */
  links: { text: string; href: string }[];
};

/** The most urgent first: a record stands where its most urgent reason belongs. */
export const topics: readonly Topic[] = ["overdue", "due_soon", "stale", "attention"];

type Options = { name: string; locale: Locale; publicUrl: string; now: Date };

/** A letter as mail has it: pure. In the person's language; what the register says only in another one stands in that. */
export function compose(
  items: readonly LetterItem[],
  options: Options,
): { subject: string; text: string; html: string } {
  const content = contentOf(items, options);
  return { subject: content.subject, text: asText(content), html: asHtml(content) };
}

export function contentOf(items: readonly LetterItem[], { name, locale, publicUrl, now }: Options): Content {
  const t = translator(locale);
  const say: Say = { t, locale, publicUrl, now, several: new Set(items.map(({ portfolio }) => portfolio.id)).size > 1 };
  const entries = byRecord(items).map((reasons) => ({ topic: reasons[0].topic, entry: entryOf(say, reasons) }));
  const groups = topics
    .map((topic) => ({
      topic,
      title: t(`letters.topic.${topic}`),
      entries: entries.filter((each) => each.topic === topic).map(({ entry }) => entry),
    }))
    .filter((group) => group.entries.length > 0);
  const count = entries.length;
  return {
    locale,
    subject: subjectOf(say, groups),
    lead: t("letters.lead", { name, count }),
    groups,
    footer: t("letters.footer"),
    settings: { text: t("letters.settings"), href: `${publicUrl}/account/reminders` },
  };
}

type Say = { t: Translator; locale: Locale; publicUrl: string; now: Date; several: boolean };
type Reasons = readonly [LetterItem, ...LetterItem[]];

/** The reminders of each record together, the most urgent of them first, in the order of the letter. */
function byRecord(items: readonly LetterItem[]): Reasons[] {
  const urgency = ({ topic }: LetterItem) => topics.indexOf(topic);
  const order = (a: LetterItem, b: LetterItem) =>
    urgency(a) - urgency(b) || compareText(a.about.date ?? a.day, b.about.date ?? b.day);
  const found = new Map<string, [LetterItem, ...LetterItem[]]>();
  for (const item of items.toSorted(order)) {
    const key = item.record ? item.record.reference : item.id;
    const before = found.get(key);
    if (before) before.push(item);
    else found.set(key, [item]);
  }
  return [...found.values()];
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function subjectOf({ t, locale }: Say, groups: Content["groups"]): string {
  const [first] = groups;
  const [only] = first?.entries ?? [];
  const one = groups.length === 1 && first?.entries.length === 1 && only;
  const said = one
    ? [first.title, [only.reference, only.title.text].filter(Boolean).join(" ")].join(": ")
    : format(locale).list(groups.map(({ topic, entries }) => t(`letters.count.${topic}`, { count: entries.length })));
  const subject = oneLine(`Kept – ${said}`);
  return subject.length > longestSubject ? `${subject.slice(0, longestSubject - 1).trimEnd()}…` : subject;
}

const longestSubject = 150;

function entryOf(say: Say, reasons: Reasons): Entry {
  const { t, locale, now, publicUrl, several } = say;
  const [first] = reasons;
  const { record, portfolio } = first;
  const why = [...new Set(reasons.map((item) => reasonOf(say, item)))];
  const common = { portfolio: several ? pick(portfolio.name, locale).text : null, reasons: why };
  if (!record) {
    const title: PickedText = { text: t("letters.gap.title"), locale, lang: undefined };
    return { ...common, reference: null, title, date: null, under: null, links: gapLinks(say, first) };
  }
  const href = publicUrl + recordPath(portfolio.id, record.reference);
  const form = formFor(first);
  return {
    ...common,
    reference: record.reference,
    title: pick(record.title, locale),
    date: dateOf(say, first, record),
    under: underOf(say, first, record),
    links: [
      form ? { text: t(`letters.act.${form}`), href: `${href}?form=${form}` } : { text: t("letters.act.open"), href },
    ],
  };

  function reasonOf({ t }: Say, item: LetterItem): string {
    const reason = reasonText(t, item.about, now);
    return item.milestone ? `${pick(item.milestone.title, locale).text}: ${reason}` : reason;
  }
}

/** The form in which the reader does what the reminder asks for. */
function formFor({ about, record }: LetterItem): "report" | "owner" | "deadline" | null {
  if (about.kind === "change" || !record) return null;
  if (!record.owned) return "owner";
  return record.deadline.latest === null && about.kind === "snooze" ? "deadline" : "report";
}

type LetterRecord = NonNullable<LetterItem["record"]>;

/** The date that the reminder is about, else the deadline, as the text says it. */
function dateOf({ t, locale }: Say, { about, milestone }: LetterItem, { deadline, ends }: LetterRecord): Entry["date"] {
  if (about.kind === "instrument_end" || about.kind === "notice") {
    const meaning = ends ? showEdtf(t, locale, ends) : about.date ? format(locale).date(about.date) : null;
    return meaning === null ? null : { label: t("letters.date.ends"), phrase: null, meaning };
  }
  const said = about.kind === "milestone" && milestone ? milestone : deadline;
  if (said.phrase === null && said.edtf === null && said.latest === null) return null;
  return { label: t("letters.date.deadline"), phrase: said.phrase, meaning: meaningOf(t, locale, said) };
}

/** A year or a month counts to its last day, and the letter says so; an exact day needs no more words. */
function meaningOf(t: Translator, locale: Locale, { edtf, latest }: Said): string | null {
  const { date } = format(locale);
  const shown = edtf ? showEdtf(t, locale, edtf) : null;
  if (latest === null) return shown;
  if (edtf === latest) return shown;
  return t("letters.date.counts", {
    date: shown ?? t("dates.until", { date: date(latest) }),
    latest: date(latest),
    from: date(addDays(latest, 1)),
  });
}

function underOf(
  { t, locale, publicUrl }: Say,
  { about, portfolio }: LetterItem,
  record: LetterRecord,
): Entry["under"] {
  if ((about.kind !== "instrument_end" && about.kind !== "notice") || record.underCount === 0) return null;
  const more = record.underCount - record.under.length;
  return {
    label: t("letters.under.label", { count: record.underCount }),
    records: record.under.map(({ reference, title }) => ({
      reference,
      title: pick(title, locale),
      href: publicUrl + recordPath(portfolio.id, reference),
    })),
    more: more > 0 ? t("letters.under.more", { count: more }) : null,
  };
}

/** What lacks an owner and what lacks a date, each with where it stands in the register. */
function gapLinks({ t, publicUrl }: Say, { about, query, portfolio }: LetterItem): Entry["links"] {
  return partsOf(about, query).map(({ lacks, count, query }) => ({
    text: t(`letters.gap.${lacks}`, { count }),
    href: `${publicUrl}/${portfolio.id}/register?${query}`,
  }));
}
