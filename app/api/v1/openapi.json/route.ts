import { describeApi } from "#lib/api/openapi.ts";
import { resolveLocale } from "#lib/i18n/locales.ts";

export const dynamic = "force-dynamic";

/** What the API can do, in the reader's language. It says nothing of what is in the register, so anybody may know it. */
export function GET({ headers }: Request): Response {
  const locale = resolveLocale({ accept: headers.get("accept-language") });
  return Response.json(describeApi(locale), { headers: { Vary: "Accept-Language", "Content-Language": locale } });
}
