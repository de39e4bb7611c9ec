import { cookies, headers } from "next/headers";
import { cache } from "react";
import { type Locale, localeCookie, resolveLocale, type Theme, themeCookie, toTheme } from "#lib/i18n/locales.ts";
import { currentActor } from "#lib/session.ts";

/** The language of this request: the signed-in person's own setting, else what the browser keeps or asks for. */
export const requestLocale = cache(async (): Promise<Locale> => {
  const [person, jar, sent] = await Promise.all([personLocale(), cookies(), headers()]);
  return resolveLocale({ person, cookie: jar.get(localeCookie)?.value, accept: sent.get("accept-language") });
});

// A page that says that the database is away must be able to say it in a language.
async function personLocale(): Promise<Locale | null> {
  return currentActor().then(
    (actor) => actor?.locale ?? null,
    () => null,
  );
}

/** The look that this browser chose. */
export async function requestTheme(): Promise<Theme> {
  return toTheme((await cookies()).get(themeCookie)?.value);
}
