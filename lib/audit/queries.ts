import type { Actor } from "#lib/actor.ts";
import type { SubjectType } from "#lib/change.ts";
import { type HistoryEntry, historyJson, historyPage, namesIn, type Told } from "#lib/commitments/history.ts";
import { reading, sql } from "#lib/db.ts";

/** The newest entries of the history of a source, a meeting, an indicator, a party, newest first. Everybody reads those. */
export async function getHistory(actor: Actor, portfolioId: string, type: SubjectType, id: string): Promise<Told> {
  const [row] = await reading(actor)<
    { history: HistoryEntry[] }[]
  >`SELECT (${historyJson(sql`${id}`, historyPage, type)}) AS history`;
  const history = row?.history ?? [];
  return { history, names: await namesIn(actor, history, portfolioId) };
}
