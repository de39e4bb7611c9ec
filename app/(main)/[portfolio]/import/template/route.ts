import { Forbidden } from "#lib/errors.ts";
import { fileAnswer } from "#lib/file-answer.ts";
import { may } from "#lib/importing/policy.ts";
import { emptyCsv, workbookOf } from "#lib/importing/template.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";

const workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The file to fill in: `?as=xlsx` or `csv`, and with `filled=1` as a workbook with every record. */
export const GET = portfolioRoute(async ({ query, actor, portfolio, locale }) => {
  if (!may(actor, portfolio.id)) throw new Forbidden();
  const csv = query.get("as") === "csv";
  const filled = query.get("filled") === "1";
  const body = csv ? emptyCsv(locale) : new Uint8Array(await workbookOf(actor, portfolio.id, { locale, filled }));
  const name = `${portfolio.id}-import.${csv ? "csv" : "xlsx"}`;
  return fileAnswer(body, { type: csv ? "text/csv; charset=utf-8" : workbook, name });
});
