import type { Context } from "#lib/change.ts";
import { RuleBroken } from "#lib/errors.ts";

/**
 * The places exist: each source is in the portfolio and has the paragraph, and keeps it until this is saved. Gives the
 * sources' keys by their ids.
 * @throws RuleBroken `errors.noSuchSource`, `errors.noSuchParagraph`
 */
export async function checkPlaces(
  { tx }: Context,
  portfolioId: string,
  places: readonly { sourceId: string; paragraph: number }[],
): Promise<Map<string, string>> {
  if (places.length === 0) return new Map();
  const ids = [...new Set(places.map((place) => place.sourceId))];
  await tx.$queryRaw`SELECT FROM source WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR SHARE`;
  const sources = await tx.source.findMany({
    where: { portfolioId, id: { in: ids } },
    select: { id: true, key: true, paragraphs: true },
  });
  const paragraphs = new Map(sources.map((source) => [source.id, source.paragraphs]));
  for (const { sourceId, paragraph } of places) {
    const last = paragraphs.get(sourceId);
    if (last === undefined) throw new RuleBroken("errors.noSuchSource");
    if (paragraph > last) throw new RuleBroken("errors.noSuchParagraph");
  }
  return new Map(sources.map(({ id, key }) => [id, key]));
}
