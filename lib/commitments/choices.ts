import type { Actor } from "#lib/actor.ts";
import { type Fragment, reading, sql } from "#lib/db.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { answerableIn } from "#lib/people/policy.ts";
import { may, visibleTo } from "./policy.ts";

/** What the forms of a record offer to choose from. */

/** Something to choose: its id or key, its name in the reader's language, and what tells it from its namesakes. */
export type Choice = { value: string; label: string; hint?: string };

export const choiceNouns = [
  "people",
  "records",
  "parties",
  "places",
  "sectors",
  "meetings",
  "indicators",
  "sources",
] as const;
export type ChoiceNoun = (typeof choiceNouns)[number];

const most = 20;

type Found = { value: string; name: unknown; hint: string | null };

/**
 * What of a noun fits what was typed (accents and case do not count), at most 20 of what can be many; sectors, meetings and
 * sources all, whatever was typed. People: those who can answer for records here, by name only, and none for who gives no
 * record to anybody: a viewer.
 */
export async function listChoices(
  actor: Actor,
  portfolioId: string,
  noun: ChoiceNoun,
  { typed = "", locale }: { typed?: string; locale: Locale },
): Promise<Choice[]> {
  if (noun === "people" && !may(actor, "assign", { portfolioId, ownerId: null, ownerAgencyId: null })) return [];
  const like = `%${typed
    .replaceAll("\0", "")
    .toWellFormed()
    .slice(0, 100)
    .trim()
    .replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await reading(actor)<Found[]>`${statement(actor, portfolioId, noun, like, locale)}`;
  return rows.map(({ value, name, hint }) => ({
    value,
    label: typeof name === "string" ? name : pickText(name as Record<Locale, string>, locale),
    ...(hint && { hint }),
  }));
}

function statement(actor: Actor, portfolioId: string, noun: ChoiceNoun, like: string, locale: Locale): Fragment {
  const byName = sql`fold(coalesce(nullif(x.name->>${locale}, ''), x.name->>'en', '')) COLLATE "C"`;
  const called = sql`fold(concat_ws(' ', x.id, x.name->>'en', x.name->>'vi', x.name->>'lo', array_to_string(x.aliases, ' '))) LIKE fold(${like})`;
  switch (noun) {
    case "people":
      return sql`SELECT p.id AS value, p.name, coalesce(a.name->>${locale}, a.name->>'en') AS hint FROM person p LEFT JOIN party a ON a.id = p.agency_id
        WHERE ${answerableIn(portfolioId)} AND fold(p.name) LIKE fold(${like}) ORDER BY fold(p.name), p.id LIMIT ${most}`;
    case "records":
      return sql`SELECT c.id AS value, c.title AS name, c.reference AS hint FROM commitment c
        WHERE ${visibleTo(actor, portfolioId)} AND c.search LIKE search_key(${like}) ORDER BY c.number LIMIT ${most}`;
    case "parties":
      return sql`SELECT x.id AS value, x.name, NULL AS hint FROM party x WHERE ${called} ORDER BY ${byName} LIMIT ${most}`;
    case "places":
      return sql`SELECT x.id AS value, x.name, NULL AS hint FROM place x WHERE ${called} ORDER BY ${byName} LIMIT ${most}`;
    case "sectors":
      return sql`SELECT x.id AS value, x.name, NULL AS hint FROM sector x ORDER BY x.position`;
    case "meetings":
      return sql`SELECT x.id AS value, x.name, x.edtf AS hint FROM meeting x WHERE x.portfolio_id = ${portfolioId} ORDER BY x.earliest DESC NULLS FIRST, x.key`;
    case "indicators":
      return sql`SELECT x.id AS value, x.name, NULL AS hint FROM indicator x WHERE x.portfolio_id = ${portfolioId}
        AND fold(concat_ws(' ', x.name->>'en', x.name->>'vi', x.name->>'lo')) LIKE fold(${like}) ORDER BY ${byName} LIMIT ${most}`;
    case "sources":
      return sql`SELECT x.id AS value, x.label AS name, x.paragraphs::text AS hint FROM source x WHERE x.portfolio_id = ${portfolioId} ORDER BY x.date_latest, x.key`;
  }
}
