import { routes } from "#tests/support/routes.ts";
import type { UnderAttack } from "./under-attack.ts";

/** An address of every route of the build that leads to something, as far as the catalogue has it. */
export async function actingRoutes(app: UnderAttack): Promise<string[]> {
  const first = async (sql: string) =>
    (await app.sql<{ id: string }>(sql))[0]?.id ?? "00000000-0000-7000-8000-000000000000";
  const ids: Record<string, string> = {
    ":id": await first("SELECT id FROM commitment ORDER BY number LIMIT 1"),
    ":person": app.people.viewer.id,
    ":rule": await first("SELECT id FROM reminder_rule ORDER BY position LIMIT 1"),
    ":figure": await first("SELECT id FROM observation LIMIT 1"),
    ":target": await first("SELECT id FROM target LIMIT 1"),
    ":letter": await first("SELECT id FROM letter LIMIT 1"),
  };
  const filled = Object.values(routes).map(({ path }) =>
    path.replace(/:[a-z]+/g, (name) => ids[name] ?? ids[":id"] ?? ""),
  );
  // A stream that stays open.
  return filled.filter((path) => !path.startsWith("/api/live/"));
}
