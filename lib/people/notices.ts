import type { Change, Changes, Context } from "#lib/change.ts";
import type { NoticeKind, Said } from "#lib/letters/account-letter.ts";
import { queueAccountLetter } from "#lib/letters/account-queue.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";
import { saysRole } from "./rules.ts";

/**
 * What people are told by mail of changes to their access, whoever made them. The letter is queued with the change, in its
 * transaction: there is no change without its letter, nor a letter without its change.
 */

type Told = { kind: NoticeKind; said?: Said };

/** What was in a field before and after, as text. */
const both = ([from, to]: Changes[string]): Said => ({ from: String(from ?? ""), to: String(to ?? "") });
const labelled = ({ label: [before, after] = [null, null] }: Changes): Said => ({
  label: String(after ?? before ?? ""),
});
const ofRoles = (changes: Changes): Told | false => Object.keys(changes).some(saysRole) && { kind: "roleChanged" };

/** Verbs of which something is told. */
export const toldVerbs = (): string[] => Object.keys(table);

/** The verbs of the history that concern a person's access, and what is told of each. */
const table: Record<string, (changes: Changes) => (Told | undefined | false)[]> = {
  "person.setPassword": () => [{ kind: "passwordSet" }],
  "person.changePassword": () => [{ kind: "passwordChanged" }],
  "person.update": ({ email, ...others }) => [ofRoles(others), email && { kind: "addressChanged", said: both(email) }],
  "person.disable": () => [{ kind: "disabled" }],
  "person.enable": () => [{ kind: "enabled" }],
  "person.handOver": ({ handedOverTo }) => [handedOverTo && { kind: "handedOver", said: both(handedOverTo) }],
  "factor.addTotp": () => [{ kind: "appAdded" }],
  "factor.removeTotp": () => [{ kind: "appRemoved" }],
  "factor.addPasskey": (changes) => [{ kind: "passkeyAdded", said: labelled(changes) }],
  "factor.removePasskey": (changes) => [{ kind: "passkeyRemoved", said: labelled(changes) }],
  "factor.renewCodes": () => [{ kind: "codesRenewed" }],
  "factor.reset": () => [{ kind: "factorsReset" }],
  "session.finish": ({ proof }) => [proof?.[1] === "recovery" && { kind: "recoveryUsed" }],
  "session.confirm": ({ proof }) => [proof?.[1] === "recovery" && { kind: "recoveryUsed" }],
  "session.start": ({ triesBefore }) => [
    triesBefore && { kind: "afterTries", said: { count: Number(triesBefore[1]) } },
  ],
  "session.halfway": ({ triesBefore }) => [
    triesBefore && { kind: "afterTries", said: { count: Number(triesBefore[1]) } },
  ],
  "identity.connect": ({ at }) => [at && { kind: "identityConnected", said: both(at) }],
  "identity.disconnect": ({ at }) => [at && { kind: "identityDisconnected", said: both(at) }],
  "person.regroup": (changes) => [ofRoles(changes)],
  "session.endAll": () => [{ kind: "sessionsEnded" }],
  "token.create": (changes) => [{ kind: "tokenMade", said: labelled(changes) }],
  "token.revoke": (changes) => [{ kind: "tokenRevoked", said: labelled(changes) }],
};

/** What is told to the person of a change under this verb: most often nothing. */
function toldOf(verb: string, { type, changes }: Change): Told[] {
  return type === "person" ? (table[verb]?.(changes) ?? []).flatMap((told) => told || []) : [];
}

/** Queues the letters about what a command did. Without mail there are none. */
export async function tellOfAccess(context: Context, verb: string, changed: readonly Change[]): Promise<void> {
  if (!(verb in table) || !mailIsSetUp()) return;
  const { tx, actor } = context;
  for (const change of changed) {
    for (const { kind, said = {} } of toldOf(verb, change)) {
      const by = actor.id === null ? "system" : actor.id === change.id ? "self" : "other";
      const notice = { kind, said, by, byName: actor.name } as const;
      await queueAccountLetter(context, { personId: change.id }, notice);
      if (kind !== "addressChanged") continue;
      // Whoever took an account over can't keep its owner from hearing of it.
      const { name, locale } = await tx.person.findUniqueOrThrow({ where: { id: change.id } });
      await queueAccountLetter(context, { recipient: String(said.from) }, { ...notice, name, locale });
    }
  }
}
