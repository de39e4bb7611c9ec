import type { Context } from "#lib/change.ts";
import type { Notice } from "./account-letter.ts";
import { newMessageId, outgoingDomain } from "./message-id.ts";

/** Whom it goes to: a person at the address they have then, or an address that was somebody's. */
type Receiver = { personId: string } | { recipient: string };

/**
 * Puts a letter about somebody's account into the outbox, with the change that it tells of: both are there, or neither.
 * Says whether it did: without mail there is nothing to send.
 */
export async function queueAccountLetter(
  { tx, now }: Pick<Context, "tx" | "now">,
  receiver: Receiver,
  notice: Notice,
): Promise<boolean> {
  const domain = outgoingDomain();
  if (domain === null) return false;
  await tx.letter.create({
    data: { ...receiver, notice, messageId: newMessageId(domain), createdAt: now, nextTryAt: now },
  });
  return true;
}
