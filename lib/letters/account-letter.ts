import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Messages } from "#lib/i18n/messages/en/index.ts";
import { translator } from "#lib/i18n/translator.ts";
import { oneLine } from "#lib/mail.ts";
import { linkHours } from "#lib/people/rules.ts";
import { type ComposedLetter, type Content, longestSubject } from "./letter.ts";
import { asHtml } from "./template.ts";
import { asText } from "./text.ts";

/** Letters about one's own account. Nothing ends them, and they wait for no hour of the day. */

/** What changed about somebody's access: lib/people/notices.ts says of which change each is told. */
export type NoticeKind = keyof Messages["notices"]["of"];

/** What goes into the words: a label, what was there before and what is there now, a count. */
export type Said = { label?: string; from?: string; to?: string; count?: number };

/** What such a letter is about, as it is kept until it goes: no secret is in it. */
export type Notice =
  /** `by`: who added them. */
  | { kind: "invitation"; by: string | null }
  | { kind: "forgotten" }
  | {
      kind: NoticeKind;
      said: Said;
      /** Whether the person did it. */
      by: "self" | "other" | "system";
      byName: string;
      /** Of a letter to an address that is theirs no more. */
      name?: string;
      locale?: Locale | null;
    };

/** For how many hours the link is good that such a letter brings; null: it brings none. */
export function linkHoursOf({ kind }: Notice): number | null {
  if (kind === "invitation") return linkHours.set_password;
  return kind === "forgotten" ? linkHours.forgotten : null;
}

type Options = {
  name: string;
  /** With what they sign in. */
  email: string;
  locale: Locale;
  publicUrl: string;
  /** When it happened. */
  at: Date;
  link: { href: string; until: Date } | null;
};

export function composeAccountLetter(notice: Notice, options: Options): ComposedLetter {
  const content = contentOf(notice, options);
  return { subject: content.subject, text: asText(content), html: asHtml(content) };
}

function contentOf(notice: Notice, { name, email, locale, publicUrl, at, link }: Options): Content {
  const t = translator(locale);
  const { moment } = format(locale);
  const subject = (said: string) => oneLine(`Kept – ${said}`).slice(0, longestSubject);
  const until = link ? t("notices.until", { end: moment(link.until) }) : "";
  if (notice.kind === "invitation") {
    const { by } = notice;
    return {
      locale,
      subject: subject(t("notices.invitation.subject")),
      lead: by ? t("notices.invitation.lead", { name, by }) : t("notices.invitation.leadNobody", { name }),
      paragraphs: [t("notices.invitation.address", { email, url: publicUrl }), until],
      link: link && { text: t("notices.invitation.set"), href: link.href },
      groups: [],
      footer: t("notices.invitation.footer"),
      settings: null,
    };
  }
  if (notice.kind !== "forgotten") {
    const { kind, said, by, byName } = notice;
    const words = { label: "", count: 0, from: "", to: "", ...said };
    return {
      locale,
      subject: subject(t(`notices.of.${kind}.subject`, words)),
      lead: t(`notices.of.${kind}.body`, { ...words, name }),
      paragraphs: [t("notices.when", { at: moment(at), by, byName }), t(`notices.notExpected.${by}`)],
      link: { text: t("notices.open"), href: `${publicUrl}/account` },
      groups: [],
      footer: t("notices.footer"),
      settings: null,
    };
  }
  return {
    locale,
    subject: subject(t("notices.forgotten.subject")),
    lead: t("notices.forgotten.lead", { name, at: moment(at) }),
    paragraphs: [until, t("notices.forgotten.factor"), t("notices.forgotten.notYou")],
    link: link && { text: t("notices.forgotten.set"), href: link.href },
    groups: [],
    footer: t("notices.footer"),
    settings: null,
  };
}
