import type { Actor } from "#lib/actor.ts";
import { reading } from "#lib/db.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { type ReportRequest, requestSchema } from "./request.ts";

/** A report that was kept under a name. */
export type OwnTemplate = { id: string; name: string; version: number; owner: string; request: ReportRequest };

const most = 200;

/** The templates of a register's own that the actor may see, by name: everybody sees them. */
export async function listTemplates(actor: Actor, portfolioId: string): Promise<OwnTemplate[]> {
  if (!(await findPortfolio(actor, portfolioId))) return [];
  const rows = await reading(actor)<(Omit<OwnTemplate, "request"> & { request: unknown })[]>`
    SELECT t.id, t.name, t.version, t.request, p.name AS owner FROM report_template t JOIN person p ON p.id = t.owner_id
    WHERE t.portfolio_id = ${portfolioId} ORDER BY fold(t.name), t.id LIMIT ${most}`;
  // One that was kept before a template or a filter was given up cannot be made any more.
  return rows.flatMap((row) => {
    const request = requestSchema.safeParse(row.request);
    return request.success ? [{ ...row, request: request.data }] : [];
  });
}
