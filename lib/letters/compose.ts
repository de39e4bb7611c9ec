import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type PickedText, pick } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { oneLine } from "#lib/mail.ts";
import { recordPath, registerPath } from "#lib/paths.ts";
import { partsOf } from "#lib/reminders/lists.ts";
import { reasonText } from "#lib/reminders/words.ts";
import type { Topic } from "#prisma/generated/enums.ts";
import type { LetterItem } from "./drafts.ts";
import { type ComposedLetter, type Content, type Entry, type Group, longestSubject } from "./letter.ts";
import { asHtml } from "./template.ts";
import { asText } from "./text.ts";

/** So many records of a group a letter shows at most. */
const shownMost = 100;

/** The most urgent first: a record stands where its most urgent reason belongs. */
const topics: readonly Topic[] = ["overdue", "due_soon", "stale", "attention"];

type Options = { name: string; locale: Locale; publicUrl: string; now: Date };

/** A letter as mail has it: pure. In the person's language; what the register says only in another one stands in that. */
export function compose(items: readonly LetterItem[], options: Options): ComposedLetter {
  const content = contentOf(items, options);
  return { subject: content.subject, text: asText(content), html: asHtml(content) };
}

export function contentOf(items: readonly LetterItem[], { name, locale, publicUrl, now }: Options): Content {
  const t = translator(locale);
  const say: Say = { t, locale, publicUrl, now, several: new Set(items.map(({ portfolio }) => portfolio.id)).size > 1 };
  const records = byRecord(items);
  const groups = topics.flatMap((topic): Group[] => {
    const all = records.filter(([first]) => first.topic === topic);
    const more = all.length - shownMost;
    if (all.length === 0) return [];
    return [
      {
        topic,
        title: t(`letters.topic.${topic}`),
        count: all.length,
        entries: all.slice(0, shownMost).map((reasons) => entryOf(say, reasons)),
        more: more > 0 ? { text: t("letters.more", { count: more }), href: `${publicUrl}/inbox` } : null,
      },
    ];
  });
  const count = records.length;
  return {
    locale,
    subject: subjectOf(say, groups),
    lead: t("letters.lead", { name, count }),
    paragraphs: [],
    link: null,
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
  const one = groups.length === 1 && first?.count === 1 && only;
  const said = one
    ? [first.title, [only.reference, only.title.text].filter(Boolean).join(" ")].join(": ")
    : format(locale).list(groups.map(({ topic, count }) => t(`letters.count.${topic}`, { count })));
  const subject = oneLine(`Kept – ${said}`);
  return subject.length > longestSubject ? `${subject.slice(0, longestSubject - 1).trimEnd()}…` : subject;
}

function entryOf(say: Say, reasons: Reasons): Entry {
  const { t, locale, now, publicUrl, several } = say;
  const [first] = reasons;
  const { record, portfolio } = first;
  const why = [...new Set(reasons.map((item) => reasonOf(say, item)))];
  const common = { portfolio: several ? pick(portfolio.name, locale).text : null, reasons: why };
  if (!record) {
    const title: PickedText = { text: t("letters.gap.title"), locale, lang: undefined };
    return { ...common, reasons: [], reference: null, title, date: null, under: null, links: gapLinks(say, first) };
  }
  const href = publicUrl + recordPath(portfolio.id, record.reference);
  const form = formFor(first);
  return {
    ...common,
    reference: record.reference,
    title: pick(record.title, locale),
    date: dateOf(say, first, record),
    under: underOf(say, reasons),
    links: [
      form ? { text: t(`letters.act.${form}`), href: `${href}?form=${form}` } : { text: t("letters.act.open"), href },
    ],
  };

  function reasonOf({ t }: Say, item: LetterItem): string {
    const reason = reasonText(t, item.about, now);
    return item.milestone ? `${pick(item.milestone.title, locale).text} · ${reason}` : reason;
  }
}

/** The form in which the reader does what the reminder asks for. Without an owner, that comes first. */
function formFor({ about: { kind }, record }: LetterItem): keyof typeof asked | null {
  if (kind === "change" || !record) return null;
  if (!record.owned) return "owner";
  if (kind === "milestone") return "milestones";
  if (kind === "instrument_end" || kind === "notice") return "instrument";
  return kind === "snooze" && record.deadline.latest === null ? "deadline" : "report";
}

/** Of the forms of a record (components/commitments/forms.ts) those that a letter leads to. */
const asked = { report: true, owner: true, deadline: true, milestones: true, instrument: true } as const;

type LetterRecord = NonNullable<LetterItem["record"]>;

/**
 * The date as the text says it. What it means stands in the reason where that is about the deadline or a milestone; beside
 * the others it stands here.
 */
function dateOf({ t, locale }: Say, { about, milestone }: LetterItem, { deadline }: LetterRecord): Entry["date"] {
  const { kind } = about;
  if (kind === "instrument_end" || kind === "notice") return null;
  const { phrase, edtf, latest } = kind === "milestone" && milestone ? milestone : deadline;
  if (phrase !== null) return { label: t("letters.says"), phrase, meaning: null };
  if (kind === "deadline" || kind === "milestone" || (edtf === null && latest === null)) return null;
  const meaning = edtf ? showEdtf(t, locale, edtf) : t("dates.until", { date: format(locale).date(latest ?? "") });
  return { label: t("commitments.field.deadline"), phrase: null, meaning };
}

/** What is open under an instrument that ends. */
function underOf({ t, locale, publicUrl }: Say, reasons: Reasons): Entry["under"] {
  const ending = reasons.find(({ about: { kind } }) => kind === "instrument_end" || kind === "notice");
  const { under = [], underCount = 0 } = ending?.record ?? {};
  if (!ending || underCount === 0) return null;
  const more = underCount - under.length;
  return {
    label: t("letters.under.label", { count: underCount }),
    records: under.map(({ reference, title }) => ({
      reference,
      title: pick(title, locale),
      href: publicUrl + recordPath(ending.portfolio.id, reference),
    })),
    more: more > 0 ? t("letters.under.more", { count: more }) : null,
  };
}

/** What lacks an owner and what lacks a date, each with where it stands in the register. */
function gapLinks({ t, publicUrl }: Say, { about, query, portfolio }: LetterItem): Entry["links"] {
  return partsOf(about, query).map(({ lacks, count, query }) => ({
    text: t(`letters.gap.${lacks}`, { count }),
    href: publicUrl + registerPath(portfolio.id, query),
  }));
}
