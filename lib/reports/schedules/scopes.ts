import type { Actor } from "#lib/actor.ts";
import { requestSchema } from "#lib/reports/request.ts";
import { listViews } from "#lib/views/queries.ts";

/** The saved views that the actor may use, each as the scope of a report. */
export async function scopeChoices(actor: Actor, portfolioId: string): Promise<{ scope: string; name: string }[]> {
  return (await listViews(actor, portfolioId)).flatMap(({ query, name }) => {
    const scope = requestSchema.shape.scope.safeParse(query);
    return scope.success ? [{ scope: scope.data, name }] : [];
  });
}
