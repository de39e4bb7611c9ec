import type { Actor } from "#lib/actor.ts";
import { nameFilters } from "#lib/commitments/facets.ts";
import { filterWords } from "#lib/commitments/filter-words.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import { localeOf, type Translator } from "#lib/i18n/translator.ts";
import { listViews } from "#lib/views/queries.ts";
import { normalScope, scopeFilters } from "./request.ts";

/** Which records a report can be of: the filters of the register with a name. */
export type ScopeChoice = { name: string; query: string };

type Options = {
  t: Translator;
  portfolio: string;
  /** What is chosen, in its normal spelling. */
  scope: string;
};

/** All records, what is chosen where no view shows it, and the saved views that the actor may see. */
export async function scopeChoices(actor: Actor, { t, portfolio, scope }: Options): Promise<ScopeChoice[]> {
  const views = (await listViews(actor, portfolio)).map(({ name, query }) => ({ name, query: normalScope(query) }));
  const choices = [{ name: t("reports.form.allRecords"), query: "" }, ...views];
  if (!choices.some(({ query }) => query === scope))
    choices.splice(1, 0, { name: await scopeWords(actor, t, portfolio, scopeFilters(scope)), query: scope });
  // Two views that differ in their order alone are the same records.
  return [...new Map(choices.map((choice) => [choice.query, choice])).values()];
}

/** The filters of a scope in words. */
export async function scopeWords(actor: Actor, t: Translator, portfolio: string, filters: Filters): Promise<string> {
  const names = await nameFilters(actor, filters, portfolio, localeOf(t));
  const words = filterWords(t, filters, names).map(({ text }) => text);
  if (filters.q) words.unshift(t("reports.scopeSearch", { words: filters.q }));
  return words.join("; ") || t("reports.form.allRecords");
}
