import { choicesOfForm, type FormData, formMessages, isFormName } from "#components/commitments/forms.ts";
import { errorOf } from "#lib/action.ts";
import { teamToday } from "#lib/command.ts";
import { type Choice, type ChoiceNoun, listChoices } from "#lib/commitments/choices.ts";
import { getRecord } from "#lib/commitments/record.ts";
import { NotFound, NotSignedIn } from "#lib/errors.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { may } from "#lib/parties/policy.ts";
import { isManager } from "#lib/portfolios/policy.ts";
import { currentActor } from "#lib/session.ts";

type Context = { params: Promise<{ portfolio: string; reference: string }> };

/** What a form of the record starts with: the record as it stands now, what there is to choose from, and its words. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const name = new URL(request.url).searchParams.get("form") ?? "";
    if (!isFormName(name)) throw new NotFound();
    const { portfolio, reference } = await params;
    const locale = await requestLocale();
    const nouns: readonly ChoiceNoun[] = choicesOfForm[name];
    const [found, ...lists] = await Promise.all([
      getRecord(actor, portfolio, reference, 1),
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
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
