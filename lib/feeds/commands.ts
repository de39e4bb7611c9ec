import { z } from "zod";
import { type Actor, hashSecret } from "#lib/actor.ts";
import type { Changes } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { RuleBroken } from "#lib/errors.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { key, uuid } from "#lib/text.ts";
import { seenBy } from "#lib/views/policy.ts";

/** So many addresses one person can have at a time. */
export const feedsMost = 50;

const changeOf = (personId: string, changes: Changes) => ({
  type: "person" as const,
  id: personId,
  portfolioId: null,
  changes,
});

/**
 * A secret address for a calendar program: of what the actor owns or watches in a portfolio, or of what a saved view shows.
 * The secret is in the answer and nowhere else.
 */
export const createFeed = command({
  verb: "feed.create",
  input: z.strictObject({ portfolioId: key, viewId: uuid.nullable() }),
  load: async ({ tx, actor }, { portfolioId, viewId }) => {
    if (viewId === null) return tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } });
    const view = await tx.savedView.findFirst({
      where: { id: viewId, portfolioId, ...seenBy(actor) },
      select: { id: true },
    });
    return view && { id: portfolioId };
  },
  allow: (actor: Actor) => actor.id !== null,
  run: async ({ tx, actor, now }, { id: portfolioId }, { viewId }) => {
    const personId = actor.id ?? "";
    if ((await tx.calendarFeed.count({ where: { personId, revokedAt: null } })) >= feedsMost)
      throw new RuleBroken("feeds.errors.tooMany");
    const token = newSecret();
    const { id } = await tx.calendarFeed.create({
      data: { tokenHash: Uint8Array.from(hashSecret(token)), personId, portfolioId, viewId, createdAt: now },
    });
    return { changed: [changeOf(personId, { feed: [null, { id, portfolioId, viewId }] })], result: { id, token } };
  },
});

/** Ends an address at once: whoever reads it finds nothing there any more. An admin can end other people's. */
export const revokeFeed = command({
  verb: "feed.revoke",
  input: z.strictObject({ id: uuid }),
  load: ({ tx, actor }, { id }) =>
    tx.calendarFeed.findFirst({
      where: { id, revokedAt: null, ...(actor.admin ? {} : { personId: actor.id ?? "" }) },
    }),
  allow: (actor, feed) => feed.personId === actor.id || actor.admin,
  run: async ({ tx, now }, { id, personId, portfolioId, viewId }) => {
    await tx.calendarFeed.update({ where: { id }, data: { revokedAt: now } });
    return { changed: [changeOf(personId, { feed: [{ id, portfolioId, viewId }, null] })], result: undefined };
  },
});
