import type { IconName } from "#components/ui/icon.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { ClientTranslator } from "#lib/i18n/use-translator.tsx";
import type { Hits } from "#lib/search/hit.ts";
import type { Role } from "#prisma/generated/enums.ts";

/** Something to go to. */
export type Entry = { href: string; label: string; icon: IconName; hint?: string; lang?: string | null };
export type Group = { title: string; entries: Entry[] };

type Given = { t: ClientTranslator; locale: Locale; base: string; role: Role; typed: string; hits: Hits };

/** What there is to choose for what has been typed: what the server found, and the pages and actions that fit. */
export function entriesOf({ t, locale, base, role, typed, hits }: Given): Group[] {
  const collate = new Intl.Collator(locale, { sensitivity: "base", usage: "search" });
  const fits = ({ label }: Entry) => typed === "" || includes(label, typed, collate);
  const pages: Entry[] = [
    { href: `${base}/register`, label: t("shell.register"), icon: "table" },
    { href: `${base}/desk`, label: t("shell.desk"), icon: "inbox" },
    { href: `${base}/meetings`, label: t("shell.meetings"), icon: "calendar" },
    { href: `${base}/indicators`, label: t("shell.indicators"), icon: "chart" },
    { href: `${base}/sources`, label: t("shell.sources"), icon: "book" },
    { href: "/account", label: t("palette.account"), icon: "person" },
  ];
  if (role === "admin") pages.push({ href: "/people", label: t("shell.people"), icon: "people" });
  const actions: Entry[] =
    role === "manager" || role === "admin"
      ? [{ href: `${base}/commitments/new`, label: t("register.new"), icon: "plus" }]
      : [];
  const all: Entry[] =
    typed === ""
      ? []
      : [
          {
            href: `${base}/register?q=${encodeURIComponent(typed)}`,
            label: t("palette.allMatches", { typed }),
            icon: "search",
          },
        ];
  return [
    {
      title: t("palette.records"),
      entries: hits.records.map(({ reference, title, lang }) => ({
        href: `${base}/commitments/${reference}`,
        label: title,
        hint: reference,
        icon: "file",
        lang,
      })),
    },
    {
      title: t("palette.people"),
      entries: hits.people.map(({ id, name }) => ({
        href: `${base}/register?owner=${id}`,
        label: t("palette.recordsOf", { name }),
        icon: "person",
      })),
    },
    {
      title: t("palette.views"),
      entries: hits.views.map(({ name, query }) => ({
        href: `${base}/register${query && `?${query}`}`,
        label: name,
        icon: "star",
      })),
    },
    {
      title: t("palette.pages"),
      entries: pages.filter(fits).sort((a, b) => (typed === "" ? 0 : format(locale).compare(a.label, b.label))),
    },
    { title: t("palette.actions"), entries: [...actions.filter(fits), ...all] },
  ];
}

/** Whether a text has another in it, whatever their accents and case. */
function includes(text: string, part: string, { compare }: Intl.Collator): boolean {
  const [all, some] = [[...text.normalize("NFC")], [...part.normalize("NFC")]];
  for (let at = 0; at + some.length <= all.length; at++)
    if (compare(all.slice(at, at + some.length).join(""), some.join("")) === 0) return true;
  return false;
}
