import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { systemActor } from "#lib/actor.ts";
import { command } from "#lib/command.ts";
import { InvalidInput, RuleBroken, TooMany } from "#lib/errors.ts";
import { queueAccountLetter } from "#lib/letters/account-queue.ts";
import { mailIsSetUp } from "#lib/letters/message-id.ts";
import { type RateLimits, rateLimits } from "#lib/rate-limit.ts";
import { isSystem } from "./policy.ts";
import { email as emailSchema } from "./schema.ts";
import { accountOf } from "./secrets.ts";

/** A forgotten password: whoever gives an address is told the same, and whose address it is gets a letter. */

/**
 * Queues the letter for whom there is one. Alike for every address are what is asked and that something is written: the
 * history gets a line either way, which names the account by a fingerprint alone.
 */
const queueForgotten = command({
  verb: "person.forgot",
  input: z.strictObject({ email: emailSchema, account: z.string(), address: z.string() }),
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async (context, _subject, { email, account, address }) => {
    const person = await context.tx.person.findUnique({ where: { email } });
    if (person && !person.disabledAt && !person.demo) {
      await queueAccountLetter(context, { personId: person.id }, { kind: "forgotten" });
    }
    const changes = { address: [null, address] } as const;
    return { changed: [{ type: "session", id: account, portfolioId: null, changes }], result: undefined };
  },
});

/** Milliseconds: an answer comes after one of these, or two, and so on, however long the work took. */
const tact = 400;

/**
 * Whoever asks learns nothing about the account. The letter's link is made as it goes (mailed-link.ts).
 * @throws InvalidInput for what is no address at all, TooMany, Unavailable; RuleBroken where there is no mail
 */
export async function askForLink(
  { email: typed, address, now = new Date() }: { email: unknown; address: string; now?: Date },
  limits: RateLimits = rateLimits(),
): Promise<void> {
  if (!mailIsSetUp()) throw new RuleBroken("account.forgotten.noMail");
  const parsed = emailSchema.safeParse(typed);
  if (!parsed.success) throw new InvalidInput({ email: parsed.error.issues.map(({ message }) => message) });
  const email = parsed.data;
  const account = accountOf(email);
  for (const [limit, whose] of [
    ["forgottenFrom", address],
    ["forgotten", account],
  ] as const) {
    const verdict = await limits.take(limit, whose);
    if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
  }
  const begun = performance.now();
  await queueForgotten(systemActor("sign-in"), { email, account, address }, { now });
  await sleep(tact - ((performance.now() - begun) % tact));
}
