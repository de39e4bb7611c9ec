/** The languages of the app, the default first. Cookies, paths of messages and `lang` attributes use these tags. */
export const locales = ["en", "vi", "lo"] as const;

export type Locale = (typeof locales)[number];

export const defaultLocale: Locale = "en";

/** Each language by its own name, for the switch: never translated. */
export const localeNames: Record<Locale, string> = { en: "English", vi: "Tiếng Việt", lo: "ລາວ" };

export const localeCookie = "kept-locale";
export const themeCookie = "kept-theme";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export function isLocale(value: unknown): value is Locale {
  return typeof value === "string" && (locales as readonly string[]).includes(value);
}

/** A cookie's value as a theme; anything that is not one is `auto`. */
export function toTheme(value: unknown): Theme {
  return themes.find((theme) => theme === value) ?? "auto";
}

/** What may say which language a reader wants, strongest first. */
type LocaleWishes = {
  /** The setting of the signed-in person. */
  person?: string | null | undefined;
  cookie?: string | null | undefined;
  /** The `Accept-Language` header, as sent. */
  accept?: string | null | undefined;
};

/** The first wish that we can fulfil, else English. Unknown and malformed values are passed over. */
export function resolveLocale({ person, cookie, accept }: LocaleWishes): Locale {
  if (isLocale(person)) return person;
  if (isLocale(cookie)) return cookie;
  return acceptedLocale(accept ?? "") ?? defaultLocale;
}

// A header is attacker-sized: only its beginning is looked at.
const longestHeader = 500;

function acceptedLocale(header: string): Locale | undefined {
  let best: Locale | undefined;
  let bestQuality = 0;
  for (const range of header.slice(0, longestHeader).split(",")) {
    const [tag = "", ...parameters] = range.split(";");
    const language = tag.trim().toLowerCase().split("-")[0];
    const weight = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (isLocale(language) && quality > bestQuality && quality <= 1) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}
