import type { Tx } from "#lib/writer.ts";

/**
 * The links that letters bring. A link's secret is made as the letter goes and is nowhere else than in the mail, so that
 * neither the queue nor a copy of the database opens an account. A second try makes another one; the one before stays good
 * where that try may have arrived.
 */

type Mailed = { letterId: string; hash: string; expiresAt: Date; uncertainBefore: boolean };

/** Keeps a link that is about to go, by its SHA-256 in hex, and takes away those it voids. */
export async function keepMailedLink(tx: Tx, { letterId, hash, expiresAt, uncertainBefore }: Mailed): Promise<void> {
  const { personId, createdAt } = await tx.letter.findUniqueOrThrow({
    where: { id: letterId },
    select: { personId: true, createdAt: true },
  });
  await tx.setupLink.deleteMany({
    where: {
      personId,
      usedAt: null,
      createdAt: { lte: createdAt },
      ...(uncertainBefore && { OR: [{ letterId: null }, { letterId: { not: letterId } }] }),
    },
  });
  const tokenHash = Uint8Array.from(Buffer.from(hash, "hex"));
  await tx.setupLink.create({ data: { tokenHash, purpose: "set_password", personId, createdAt, expiresAt, letterId } });
}

/** Voids every way in by a link that somebody has, also those whose letter has yet to go. */
export async function voidLinks(tx: Tx, personId: string): Promise<void> {
  await tx.setupLink.deleteMany({ where: { personId, usedAt: null } });
  await tx.$executeRaw`
    UPDATE letter SET state = 'dropped' WHERE person_id = ${personId}::uuid AND state IN ('waiting', 'parked', 'unsent')
      AND notice->>'kind' IN ('invitation', 'forgotten')`;
}

/**
 * Voids the links that are out as a person's address changes: they may be in somebody else's mailbox. A letter that has yet
 * to bring one goes to the new address; a worker that is about to send it to the old one finds that it is no longer its.
 */
export async function moveLinks(tx: Tx, personId: string): Promise<void> {
  await tx.setupLink.deleteMany({ where: { personId, usedAt: null } });
  await tx.$executeRaw`
    UPDATE letter SET fence = fence + 1, leased_until = NULL WHERE person_id = ${personId}::uuid AND state = 'waiting'
      AND notice->>'kind' IN ('invitation', 'forgotten')`;
}
