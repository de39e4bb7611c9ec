import type { Context } from "#lib/command.ts";
import { RuleBroken } from "#lib/errors.ts";

/**
 * The places exist: each source is in the portfolio and has the paragraph.
 * @throws RuleBroken `errors.noSuchSource`, `errors.noSuchParagraph`
 */
export async function checkPlaces(
  { tx }: Context,
  portfolioId: string,
  places: readonly { sourceId: string; paragraph: number }[],
): Promise<void> {
  if (places.length === 0) return;
  const sources = await tx.source.findMany({
    where: { portfolioId, id: { in: [...new Set(places.map((place) => place.sourceId))] } },
    select: { id: true, paragraphs: true },
  });
  const paragraphs = new Map(sources.map((source) => [source.id, source.paragraphs]));
  for (const { sourceId, paragraph } of places) {
    const last = paragraphs.get(sourceId);
    if (last === undefined) throw new RuleBroken("errors.noSuchSource");
    if (paragraph > last) throw new RuleBroken("errors.noSuchParagraph");
  }
}
