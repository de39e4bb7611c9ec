import { cookies, headers } from "next/headers";
import { errorOf } from "#lib/action.ts";
import { isLocale, localeCookie, themeCookie, themes } from "#lib/i18n/locales.ts";
import { wayBack } from "#lib/i18n/way-back.ts";
import { setOwnLocale } from "#lib/people/commands.ts";
import { currentActor } from "#lib/session.ts";

const year = 365 * 24 * 60 * 60;

/**
 * Keeps a reader's language or look: a form with `locale` or `theme`, answered by going back to the page it was sent from.
 * A signed-in person's language is kept in their settings too, for mails and other browsers.
 * The server in front has refused forms of other origins.
 */
export async function POST(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => null);
  const locale = form?.get("locale");
  const theme = themes.find((each) => each === form?.get("theme"));
  if (!isLocale(locale) && !theme) return new Response(null, { status: 422 });

  const jar = await cookies();
  const secure = (await headers()).get("x-forwarded-proto") === "https";
  const keep = (name: string, value: string) =>
    jar.set(name, value, { path: "/", maxAge: year, sameSite: "lax", httpOnly: true, secure });
  if (isLocale(locale)) keep(localeCookie, locale);
  if (theme) keep(themeCookie, theme);

  const actor = await currentActor();
  if (isLocale(locale) && actor) {
    try {
      await setOwnLocale(actor, { locale });
    } catch (error) {
      return new Response(null, { status: errorOf(error).status });
    }
  }
  return new Response(null, { status: 303, headers: { Location: wayBack(request.headers.get("referer")) } });
}
