import { type Context, languageChanges } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, InvalidInput, RuleBroken } from "#lib/errors.ts";
import { freeKey } from "#lib/parties/revising.ts";
import { createRule } from "#lib/reminders/commands.ts";
import type { Texts } from "#lib/text.ts";
import { may } from "./policy.ts";
import { editPortfolioInput, portfolioInput } from "./schema.ts";

/** Making registers, and renaming them. Who is a member of one is said with the people (lib/people/commands.ts). */

/** The app's own pages stand where a portfolio's would. */
const pages = new Set(
  "account api audit forgot-password inbox letters new people portfolios set-password setup sign-in sign-out unsubscribe worker".split(
    " ",
  ),
);

/** Makes an empty register with its own references, which reminds people by the rules that the first one began with. */
export const recordPortfolio = command({
  verb: "portfolio.record",
  input: portfolioInput,
  locks: true,
  load: async ({ tx }) => {
    // Nobody else takes the same id or prefix meanwhile.
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('portfolio'))::text`;
    return {};
  },
  allow: (actor) => may(actor, "keep"),
  run: async (context, _locked, input) => {
    const { tx, actor } = context;
    const { name, prefix } = input;
    const isTaken = async (id: string) => pages.has(id) || (await tx.portfolio.count({ where: { id } })) > 0;
    if (input.id !== null && (await isTaken(input.id))) throw new RuleBroken("errors.keyTaken");
    if ((await tx.portfolio.count({ where: { prefix } })) > 0)
      throw new InvalidInput({ prefix: ["portfolios.errors.prefixTaken"] });
    const id = input.id ?? (await freeKey(name, "register", isTaken));
    await tx.portfolio.create({ data: { id, name, prefix } });
    if (actor.id !== null) await giveRules(context, id);
    const changes = { ...languageChanges("name", { en: "", vi: "", lo: "" }, name), prefix: [null, prefix] as const };
    return { changed: [{ type: "portfolio", id, portfolioId: id, changes }], result: { id } };
  },
});

/** The rules that a catalogue brought, as they stand now; who is named in them is named for that register alone. */
async function giveRules(context: Context, portfolioId: string): Promise<void> {
  const brought = await context.tx.reminderRule.findMany({
    where: { seedKey: { not: null }, active: true, portfolio: { demo: false } },
    orderBy: [{ portfolioId: "asc" }, { position: "asc" }],
  });
  for (const rule of brought.filter((each) => each.portfolioId === brought[0]?.portfolioId)) {
    const { name, query, date, reportEvery, offsets, repeatEvery, counting, countries } = rule;
    const [recipients, escalateTo] = [rule.recipients, rule.escalateTo].map((all) =>
      all.filter((to) => to !== "person"),
    );
    await createRule.within(context, {
      ...{ portfolioId, name, query, date, reportEvery, offsets, repeatEvery, counting, countries, recipients },
      ...{ personId: null, escalatePersonId: null, escalateTo, escalateAfter: rule.escalateAfter },
    });
  }
}

/** Gives a portfolio another name. */
export const editPortfolio = command({
  verb: "portfolio.edit",
  input: editPortfolioInput,
  locks: true,
  load: async ({ tx }, { id }) => {
    await tx.$queryRaw`SELECT FROM portfolio WHERE id = ${id} FOR NO KEY UPDATE`;
    return tx.portfolio.findUnique({ where: { id } });
  },
  allow: (actor) => may(actor, "keep"),
  run: async ({ tx }, { name: present, version: seen }, { id, version, name }) => {
    if (seen !== version) throw new Conflict(seen, { name: present });
    const changes = languageChanges("name", present as Texts, name);
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    await tx.portfolio.update({ where: { id }, data: { name, version: { increment: 1 } } });
    return {
      changed: [{ type: "portfolio", id, portfolioId: id, changes }],
      result: { id, version: version + 1 },
    };
  },
});
