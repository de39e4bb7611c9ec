import type { Locale } from "#lib/i18n/locales.ts";
import type { PickedText } from "#lib/i18n/text.ts";
import type { Topic } from "#prisma/generated/enums.ts";

/** What a letter says, whatever it is then written as. */
export type Content = {
  locale: Locale;
  subject: string;
  lead: string;
  /** What else there is to say before the groups, and where to go for it. */
  paragraphs: string[];
  link: { text: string; href: string } | null;
  groups: Group[];
  footer: string;
  /** Where the reader changes what they get; null: nothing ends such letters. */
  settings: { text: string; href: string } | null;
};

/** `count` of all; those that would make the letter too long to read are only counted, and stand in the inbox. */
export type Group = {
  topic: Topic;
  title: string;
  count: number;
  entries: Entry[];
  more: { text: string; href: string } | null;
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

/** A letter as mail has it. */
export type ComposedLetter = { subject: string; text: string; html: string };

/** Letters: more of a subject is cut. */
export const longestSubject = 150;
