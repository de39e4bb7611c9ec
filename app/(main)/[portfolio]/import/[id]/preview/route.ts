import { Forbidden, NotFound } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { may } from "#lib/importing/policy.ts";
import { previewCsv } from "#lib/importing/preview.ts";
import { previewImport } from "#lib/importing/queries.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";

/** What an import would do, line by line, as CSV. */
export const GET = portfolioRoute<{ portfolio: string; id: string }>(async ({ parts, actor, portfolio, locale }) => {
  if (!may(actor, portfolio.id)) throw new Forbidden();
  const planned = await previewImport(actor, portfolio.id, parts.id);
  if (!planned) throw new NotFound();
  return fileAnswer(previewCsv(planned, locale), { type: "text/csv; charset=utf-8", name: "preview.csv" });
});
