import type { Actor } from "#lib/actor.ts";
import { countFilters, type Filters } from "#lib/commitments/filters.ts";
import { scopeWords } from "./choices.ts";
import type { FixedRequest } from "./request.ts";
import type { Setting } from "./setting.ts";

/** What a report was asked for, in words for its cover. */

/** "25 April 2025 – 5 November 2026", with the meetings that these are the days of. */
export function periodText({ t, f, meetings }: Setting, period: NonNullable<FixedRequest["period"]>): string {
  const days = f.range(period.from, period.to);
  const names = period.meetings?.flatMap((key) => (key === null ? [] : (meetings.get(key)?.name ?? key))) ?? [];
  const [from, to] = names;
  if (!from) return days;
  return to ? t("reports.period.between", { days, from, to }) : t("reports.period.since", { days, from });
}

/** Which records, by which filters, and how many they are. Who asks for their own is named: others read it, too. */
export async function scopeText(actor: Actor, setting: Setting, filters: Filters, count: number): Promise<string> {
  const { t, portfolioId } = setting;
  if (countFilters(filters) === 0) return t("reports.scopeAll", { count });
  const owner = filters.owner.map((each) => (each === "me" && actor.id ? actor.id : each));
  const words = await scopeWords(actor, t, portfolioId, { ...filters, owner });
  return `${words} (${t("reports.scopeCount", { count })})`;
}
