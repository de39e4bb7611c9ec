import { choicesOfForm, type FormData, formMessages, isFormName } from "#components/commitments/forms.ts";
import { type Choice, type ChoiceNoun, listChoices } from "#lib/commitments/choices.ts";
import { getRecord } from "#lib/commitments/record.ts";
import { NotFound } from "#lib/errors.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { may } from "#lib/parties/policy.ts";
import { isManager } from "#lib/portfolios/policy.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { teamToday } from "#lib/team-day.ts";

/** What a form of the record starts with: the record as it stands now, what there is to choose from, and its words. */
export const GET = portfolioRoute<{ portfolio: string; reference: string }>(
  async ({ query, parts, actor, portfolio: { id: portfolio }, locale }) => {
    const name = query.get("form") ?? "";
    if (!isFormName(name)) throw new NotFound();
    const nouns: readonly ChoiceNoun[] = choicesOfForm[name];
    const [found, ...lists] = await Promise.all([
      getRecord(actor, portfolio, parts.reference, 1),
      ...nouns.map((noun) => listChoices(actor, portfolio, noun, { locale })),
    ]);
    if (!found) throw new NotFound();
    const choices: Partial<Record<ChoiceNoun, Choice[]>> = Object.fromEntries(
      nouns.map((noun, index) => [noun, lists[index] ?? []]),
    );
    const me = actor.id === null ? null : { id: actor.id, name: actor.name };
    const answer: FormData = {
      record: found.record,
      choices,
      messages: compiledMessages(locale, formMessages),
      today: teamToday(new Date()),
      me,
      mayGive: isManager(actor, portfolio),
      mayRecord: may(actor, "record", portfolio),
    };
    return Response.json(answer);
  },
);
