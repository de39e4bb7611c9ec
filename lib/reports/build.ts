import type { Actor } from "#lib/actor.ts";
import { teamToday, teamZone } from "#lib/command.ts";
import { type Day, today } from "#lib/dates.ts";
import { NotFound } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import type { ReportDocument } from "./document.ts";
import { type AsOf, readRecords } from "./records.ts";
import { openSetting } from "./setting.ts";
import { statusSections } from "./status.ts";

/** The end of a day where the team is, or now while it lasts. */
export function momentOf(day: Day, now: Date): Date {
  if (day >= teamToday(now)) return now;
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  // The last millisecond whose day it still is: within a day around midnight UTC, by halves.
  let [low, high] = [Date.UTC(year, month - 1, date - 1), Date.UTC(year, month - 1, date + 3)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (today(new Date(middle), teamZone()) <= day) low = middle;
    else high = middle;
  }
  return new Date(low);
}

/** What a report is asked for. */
export type Request = { portfolioId: string; locale: Locale; asOf: AsOf };

/** The report "Status of commitments", within what the actor may see. @throws NotFound */
export async function buildStatus(actor: Actor, { portfolioId, locale, asOf }: Request): Promise<ReportDocument> {
  const portfolio = await findPortfolio(actor, portfolioId);
  if (!portfolio) throw new NotFound();
  const [setting, records] = await Promise.all([
    openSetting(actor, portfolioId, { locale, asOf }),
    readRecords(actor, portfolioId, asOf, teamZone()),
  ]);
  const { t, f } = setting;
  const sections = statusSections(setting, records);
  return {
    locale,
    title: t("reports.status"),
    facts: [
      { term: t("reports.fact.register"), text: pickText(portfolio.name as LocalizedText, locale) },
      { term: t("reports.fact.day"), text: f.date(asOf.day) },
      { term: t("reports.fact.known"), text: f.date(today(asOf.known, teamZone())) },
      { term: t("reports.fact.scope"), text: t("reports.scopeAll", { count: records.length }) },
      { term: t("reports.fact.by"), text: actor.name },
    ],
    sections,
    notes: setting.notes,
    words: {
      contents: t("reports.contents"),
      notes: t("reports.notes"),
      page: t("reports.page"),
      nothing: t("reports.nothing"),
      chartData: t("reports.chartData"),
    },
  };
}
