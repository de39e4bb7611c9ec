import type { Actor } from "#lib/actor.ts";
import type { Context } from "#lib/change.ts";
import { ConfirmFirst } from "#lib/errors.ts";

/** Minutes after showing who one is in which that is enough for what is sensitive. */
const confirmMinutes = 15;

const isFresh = ({ confirmedAt }: Actor, now: Date) =>
  confirmedAt !== null && now.getTime() - confirmedAt.getTime() <= confirmMinutes * 60_000;

/**
 * Asked in the `load` of commands that an unlocked screen must not be enough for: other people's access. An API token is,
 * for whoever made it had to show who they are.
 * @throws ConfirmFirst
 */
export function checkConfirmed({ actor, now }: Context): void {
  if (actor.sessionId !== null && !isFresh(actor, now)) throw new ConfirmFirst();
}

/**
 * The same for one's own ways in, which no token changes.
 * @throws ConfirmFirst
 */
export function checkConfirmedAtScreen({ actor, now }: Context): void {
  if (actor.id !== null && !isFresh(actor, now)) throw new ConfirmFirst();
}
