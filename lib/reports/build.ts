import type { Actor } from "#lib/actor.ts";
import { teamToday, teamZone } from "#lib/command.ts";
import { type Day, today } from "#lib/dates.ts";
import { NotFound } from "#lib/errors.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { listMeetings } from "#lib/meetings/queries.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import type { ReportDocument, Section } from "./document.ts";
import { fixRequest } from "./period.ts";
import { type ReportRecord, readRecords } from "./records.ts";
import type { FixedRequest, ReportRequest, Template } from "./request.ts";
import { type Look, openSetting } from "./setting.ts";
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

/** A report, the records that it tells of as they stood on its day, and what was asked for with its days worked out. */
export type Built = { document: ReportDocument; records: ReportRecord[]; request: FixedRequest };

/** What makes the sections of each template. */
const sectionsBy: Record<Template, (look: Look) => Section[] | Promise<Section[]>> = {
  status: statusSections,
  between: statusSections,
  risk: statusSections,
  scorecard: statusSections,
  lapsing: statusSections,
  indicators: statusSections,
  brief: statusSections,
};

/**
 * A report within what the actor may see. The same request, once its days are worked out, makes the same report.
 * @throws NotFound, InvalidInput for days, meetings and records that it cannot be made of
 */
export async function buildReport(
  actor: Actor,
  asked: ReportRequest,
  { portfolioId, now }: { portfolioId: string; now: Date },
): Promise<Built> {
  const portfolio = await findPortfolio(actor, portfolioId);
  if (!portfolio) throw new NotFound();
  const meetings = await listMeetings(actor, portfolioId);
  const request = fixRequest(asked, { today: teamToday(now), meetings });
  const { locale, day, known, template } = request;
  const asOf = { day, known: momentOf(known, now) };
  const [setting, records] = await Promise.all([
    openSetting(actor, portfolioId, { locale, asOf }),
    readRecords(actor, portfolioId, asOf, teamZone()),
  ]);
  const { t, f } = setting;
  const made = await sectionsBy[template]({ actor, setting, request, records });
  const document: ReportDocument = {
    locale,
    title: t(`reports.template.${template}`),
    facts: [
      { term: t("reports.fact.register"), text: pickText(portfolio.name as LocalizedText, locale) },
      { term: t("reports.fact.day"), text: f.date(day) },
      { term: t("reports.fact.known"), text: f.date(known) },
      { term: t("reports.fact.scope"), text: t("reports.scopeAll", { count: records.length }) },
      { term: t("reports.fact.by"), text: actor.name },
    ],
    sections: made,
    notes: setting.notes,
    words: {
      contents: t("reports.contents"),
      notes: t("reports.notes"),
      page: t("reports.page"),
      nothing: t("reports.nothing"),
      chartData: t("reports.chartData"),
    },
  };
  return { document, records, request };
}
