import { errorOf } from "#lib/action.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { compiledMessages } from "#lib/i18n/compiled.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { currentActor } from "#lib/session.ts";

/** The words of what the register fetches only when it is used. */
export async function GET(): Promise<Response> {
  try {
    if (!(await currentActor())) throw new NotSignedIn();
    return Response.json(
      compiledMessages(await requestLocale(), [
        "common",
        "errors",
        "register",
        "views",
        "watching.view",
        "dates",
        "commitments",
      ]),
    );
  } catch (error) {
    const { key, status } = errorOf(error);
    return Response.json({ error: key }, { status });
  }
}
