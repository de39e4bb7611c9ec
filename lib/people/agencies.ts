import type { Actor } from "#lib/actor.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { listAgencies } from "./queries.ts";

/** The agencies as a list to choose from, in the order of the reader's language. */
export async function agencyChoices(
  actor: Actor,
  locale: Locale,
): Promise<{ id: string; label: string; people: number }[]> {
  const { compare } = format(locale);
  const agencies = await listAgencies(actor);
  return agencies
    .map(({ id, name, people }) => ({ id, people, label: pickText(name, locale) }))
    .sort((a, b) => compare(a.label, b.label));
}
