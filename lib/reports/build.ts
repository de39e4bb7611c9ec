import type { Actor } from "#lib/actor.ts";
import { type Day, today } from "#lib/dates.ts";
import { InvalidInput, NotFound } from "#lib/errors.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import type { Indicator } from "#lib/indicators/schema.ts";
import { listMeetings } from "#lib/meetings/queries.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import type { ReportDocument, Section } from "./document.ts";
import { readIndicators } from "./figures.ts";
import { isOfOne, type SectionId, type SectionOf, sectionsOf } from "./outline.ts";
import { titleOf } from "./parts.ts";
import { fixRequest } from "./period.ts";
import { readLived } from "./reading.ts";
import { type ReportRecord, recordsOn, startOf } from "./records.ts";
import { type FixedRequest, type ReportRequest, scopeFilters, type Template } from "./request.ts";
import { openScope } from "./scoping.ts";
import { type Look, openSetting, type Parts } from "./setting.ts";
import { between } from "./templates/between.ts";
import { brief } from "./templates/brief.ts";
import { indicators } from "./templates/indicators.ts";
import { lapsing } from "./templates/lapsing.ts";
import { risk } from "./templates/risk.ts";
import { scorecard } from "./templates/scorecard.ts";
import { status } from "./templates/status.ts";
import { periodText, scopeText } from "./wording.ts";

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
const partsBy: { [T in Template]: (look: Look, more: More) => Parts<SectionOf<T>> | Promise<Parts<SectionOf<T>>> } = {
  status,
  between,
  risk,
  scorecard,
  lapsing,
  indicators: (look, { indicators: found }) => indicators(look, found),
  brief: (look, { indicators: found }) => brief(look, found),
};
type More = { indicators: readonly Indicator[] };
const measuring: readonly Template[] = ["indicators", "brief"];

/**
 * A report within what the actor may see. The same request, once its days are worked out, makes the same report.
 * @throws NotFound, InvalidInput for days, meetings, sections and records that it cannot be made of
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
  const chosen = chosenSections(request);
  const { locale, day, template, period } = request;
  const asOf = { day, known: momentOf(request.known, now) };
  const filters = scopeFilters(request.scope);
  const dayOf = (moment: Date) => today(moment, teamZone());
  const [first = day] = [period?.from ?? day, filters.overdueOn ?? day, day].sort();
  const [setting, lived, found] = await Promise.all([
    openSetting(actor, portfolioId, { locale, asOf, meetings, dayOf }),
    readLived(actor, portfolioId, startOf(first)),
    measuring.includes(template) ? readIndicators(actor, portfolioId, asOf) : [],
  ]);
  const allOn = kept((on: Day) => recordsOn(lived, { day: on, known: asOf.known }, teamZone()));
  const all = allOn(day);
  const scoped = await openScope(actor, { filters, on: allOn });
  const records = isOfOne(template) ? only(all, request.record) : await scoped(all, day);
  const look: Look = {
    ...{ actor, setting, request, records, all, allOn },
    lived: new Map(lived.map((record) => [record.number, record])),
    on: (on) => scoped(allOn(on), on),
  };
  const parts = (await partsBy[template](look, { indicators: found })) as Parts<SectionId>;
  // In their order, since notes are numbered as they come up.
  const sections = chosen.map((id) => ({ id, title: setting.t(`reports.section.${id}`), blocks: parts[id]() }));
  const scope = await scopeText(actor, setting, filters, records.length);
  const register = pickText(portfolio.name as LocalizedText, locale);
  return { document: documentOf(look, { sections, register, scope }), records, request };
}

type Said = { sections: Section[]; register: string; scope: string };

function documentOf(look: Look, { sections, register, scope }: Said): ReportDocument {
  const { actor, setting, request, records } = look;
  const { t, f, locale } = setting;
  const [record] = records;
  const ofOne = isOfOne(request.template) && record;
  return {
    locale,
    title: ofOne
      ? `${record.reference} ${titleOf(record.standing, locale).text}`
      : t(`reports.template.${request.template}`),
    facts: [
      { term: t("reports.fact.register"), text: register },
      { term: t("reports.fact.day"), text: f.date(request.day) },
      ...(request.period ? [{ term: t("reports.fact.period"), text: periodText(setting, request.period) }] : []),
      { term: t("reports.fact.known"), text: f.date(request.known) },
      ...(ofOne ? [] : [{ term: t("reports.fact.scope"), text: scope }]),
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
    ...(ofOne && { brief: true }),
  };
}

/** The sections that were asked for, in that order; all, in the template's own order. */
function chosenSections({ template, sections }: FixedRequest): readonly SectionId[] {
  const own: readonly SectionId[] = sectionsOf[template];
  if (sections === null) return own;
  const chosen = sections.filter((id): id is SectionId => (own as readonly string[]).includes(id));
  if (chosen.length !== sections.length || chosen.length === 0)
    throw new InvalidInput({ sections: ["reports.errors.sections"] });
  return chosen;
}

/** The record that a report of one is about. */
function only(all: readonly ReportRecord[], reference: string | null): ReportRecord[] {
  const record = all.find((each) => each.reference === reference?.trim().toUpperCase());
  if (!record) throw new InvalidInput({ record: ["reports.errors.record"] });
  return [record];
}

/** The same again for the same day. */
function kept<R>(work: (day: Day) => R): (day: Day) => R {
  const done = new Map<Day, R>();
  return (day) => {
    const before = done.get(day);
    if (before !== undefined) return before;
    const result = work(day);
    done.set(day, result);
    return result;
  };
}
