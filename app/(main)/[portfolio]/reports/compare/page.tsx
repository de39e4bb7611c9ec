import type { Metadata } from "next";
import { CompareForm } from "#components/reports/compare-form.tsx";
import { ComparisonTables } from "#components/reports/comparison.tsx";
import type { Actor } from "#lib/actor.ts";
import { namesIn } from "#lib/commitments/history.ts";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { buildReport } from "#lib/reports/build.ts";
import { asOfToday, compareReports } from "#lib/reports/compare.ts";
import { getDraft, getIssued, getIssuedRecords, listIssued } from "#lib/reports/written.ts";
import { teamToday } from "#lib/team-day.ts";
import { uuid } from "#lib/text.ts";

type Props = {
  params: Promise<{ portfolio: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("issuing.compare.title") };
}

/** Two issued reports side by side, or one and how things stand now. */
export default async function ComparePage({ params, searchParams }: Props) {
  const [{ portfolio, actor, locale }, query] = await Promise.all([requirePortfolio(params), searchParams]);
  const [a, b] = [query.a, query.b].map((given) => [given].flat()[0] ?? null);
  const t = translator(locale);
  const f = format(locale);
  const { reports } = await listIssued(actor, portfolio, { after: null });
  const first = a ? await sideOf(actor, portfolio, a) : null;
  const second = first && (b === "now" ? await today(actor, first) : b ? await sideOf(actor, portfolio, b) : null);
  const chosen = [first, second].flatMap((side) => (side?.id ? [side] : []));
  const choices = [...chosen, ...reports.filter(({ id }) => !chosen.some((side) => side.id === id))];
  const comparison = first && second && compareReports(first, second);
  const entries = comparison
    ? comparison.changed.map(({ changes }) => ({
        ...{ id: 0, at: "", actorId: null, actorName: "", verb: "", batchId: null },
        changes,
      }))
    : [];
  const names = await namesIn(actor, entries, portfolio);
  return (
    <article className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4">
      <h1 className="text-2xl">{t("issuing.compare.title")}</h1>
      <CompareForm {...{ t, portfolio, choices, a: a ?? null, b: b ?? null }} />
      {comparison ? (
        <>
          <p className="max-w-prose">
            {t("issuing.compare.lead")}{" "}
            {[first, second]
              .map((side) => `${side.title}, ${t("issuing.compare.asOf", { date: f.date(side.day) })}`)
              .join(" → ")}
          </p>
          <ComparisonTables
            view={{ t, f, locale, portfolio, names, history: [], older: null }}
            comparison={comparison}
          />
        </>
      ) : (
        <p className="text-muted">{t("issuing.compare.choose")}</p>
      )}
    </article>
  );
}

async function sideOf(actor: Actor, portfolio: string, id: string) {
  if (!uuid.safeParse(id).success) return null;
  const [report, issued, records] = await Promise.all([
    getDraft(actor, id),
    getIssued(actor, id),
    getIssuedRecords(actor, id),
  ]);
  if (report?.portfolioId !== portfolio || !issued || !records) return null;
  const { title, request } = report;
  return { id, title, request, portfolio, day: request.day, document: issued.document, records };
}

/** The same as it would be reported now. */
async function today(actor: Actor, { request, portfolio, title }: NonNullable<Awaited<ReturnType<typeof sideOf>>>) {
  const now = new Date();
  const built = await buildReport(actor, asOfToday(request, teamToday(now)), { portfolioId: portfolio, now });
  return { id: null, title, day: built.request.day, document: built.document, records: built.records };
}
