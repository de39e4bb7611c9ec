import type { Entry, PaletteStart } from "#components/palette/start.ts";
import type { IconName } from "#components/ui/icon.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { ClientTranslator } from "#lib/i18n/use-translator.tsx";
import { indicatorPath, meetingPath, recordPath, registerPath, sourcePath } from "#lib/paths.ts";
import type { Found, RecordHit, ThingKind } from "#lib/search/schema.ts";

/** The lines of the palette's list. */

export type Item = {
  id: string;
  icon: IconName;
  label: string;
  lang?: Locale | null;
  /** What stands before and after the label. */
  before?: string;
  after?: string;
} & ({ href: string } | { post: { to: string; name?: string; value?: string } });

export type Group = { id: string; label: string; items: Item[] };

type Given = { t: ClientTranslator; portfolio: string; start: PaletteStart; typed: string; found: Found | null };

/**
 * Groups in the order of the list. What is known at once stands above what has to be asked for, so that nothing moves
 * under the reader's hand when the answer comes.
 */
export function groupsOf({ t, portfolio, start, typed, found }: Given): Group[] {
  const record = (hit: RecordHit) => recordItem(t, portfolio, hit);
  const groups: Group[] =
    typed.trim() === ""
      ? [
          group(t, "recent", start.recent.map(record)),
          group(t, "pages", start.pages.map(entryItem)),
          group(t, "actions", start.actions.map(entryItem)),
        ]
      : [
          group(t, "pages", start.pages.filter((entry) => says(entry, typed)).map(entryItem)),
          group(t, "actions", start.actions.filter((entry) => says(entry, typed)).map(entryItem)),
          ...(found ? foundGroups(t, portfolio, typed, found) : []),
        ];
  return groups.filter(({ items }) => items.length > 0);
}

type GroupName = "recent" | "pages" | "actions" | "records" | "views" | "people" | ThingKind;

const group = (t: ClientTranslator, id: GroupName, items: Item[]): Group => ({
  id,
  label: t(`palette.group.${id}`),
  items,
});

function foundGroups(t: ClientTranslator, portfolio: string, typed: string, found: Found): Group[] {
  const records = found.records.map((hit) => recordItem(t, portfolio, hit));
  if (found.total > records.length) {
    records.push({
      id: "all",
      icon: "table",
      label: t("palette.all", { count: found.total, more: String(found.more) }),
      href: registerPath(portfolio, { q: typed.trim() }),
    });
  }
  const things = (kind: ThingKind, icon: IconName, path: (portfolio: string, key: string) => string) =>
    group(
      t,
      kind,
      found.things
        .filter((hit) => hit.kind === kind)
        .map(({ key, name, lang }) => ({ id: `${kind}-${key}`, icon, label: name, lang, href: path(portfolio, key) })),
    );
  return [
    group(t, "records", records),
    group(
      t,
      "views",
      found.views.map(({ id, name, query }) => ({
        id: `view-${id}`,
        icon: "star",
        label: name,
        href: registerPath(portfolio, query),
      })),
    ),
    group(
      t,
      "people",
      found.people.map(({ id, name, agency }) => ({
        id,
        icon: "person",
        label: name,
        after: agency ?? "",
        href: registerPath(portfolio, { owner: id }),
      })),
    ),
    things("meetings", "calendar", meetingPath),
    things("indicators", "chart", indicatorPath),
    things("sources", "book", (of, key) => sourcePath(of, key)),
  ];
}

function recordItem(t: ClientTranslator, portfolio: string, { reference, name, lang, schedule }: RecordHit): Item {
  const icon = schedule === "overdue" ? "alert" : schedule === "done" ? "check-circle" : "file";
  return {
    id: reference,
    icon,
    before: reference,
    label: name,
    lang,
    after: t(`commitments.schedule.${schedule}`),
    href: recordPath(portfolio, reference),
  };
}

const entryItem = ({ also: _also, lang, ...entry }: Entry, at: number): Item => ({
  ...entry,
  ...(lang && { lang }),
  id: "href" in entry ? entry.href : `${entry.post.to}-${entry.post.value ?? at}`,
});

/** Whether every word typed begins a word of the label, in any language; accents and case aside. */
function says({ label, also }: Entry, typed: string): boolean {
  const text = ` ${plain(`${label} ${also}`)}`;
  return (
    plain(typed)
      .split(/\s+/)
      .filter(Boolean)
      // Lao puts no spaces between words.
      .every((word) => text.includes(/\p{Script=Lao}/u.test(word) ? word : ` ${word}`))
  );
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replaceAll(/[:,“”]/g, " ");
