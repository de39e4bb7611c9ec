import { cookies, headers } from "next/headers";
import { cache } from "react";
import { type Locale, localeCookie, resolveLocale, type Theme, themeCookie, toTheme } from "#lib/i18n/locales.ts";

/** The language of this request. Pages of signed-in people pass the person's own setting, which wins. */
export async function requestLocale(person?: string | null): Promise<Locale> {
  const wishes = await requestWishes();
  return resolveLocale({ ...wishes, person });
}

/** The look that this browser chose. */
export async function requestTheme(): Promise<Theme> {
  return toTheme((await cookies()).get(themeCookie)?.value);
}

const requestWishes = cache(async () => ({
  cookie: (await cookies()).get(localeCookie)?.value,
  accept: (await headers()).get("accept-language"),
}));
