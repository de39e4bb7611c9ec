import { notFound } from "next/navigation";
import type { Actor } from "#lib/actor.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { requireActor } from "#lib/session.ts";
import { findPortfolio } from "./queries.ts";

/**
 * What a page of a portfolio begins with: the parts of its address, who asks, and in which language. Who isn't signed in
 * is sent to sign in, and there is no such page for whom there is no such portfolio. A layout is no guard, so each page
 * asks by itself.
 */
export async function requirePortfolio<Parts extends { portfolio: string }>(
  params: Promise<Parts>,
): Promise<Parts & { actor: Actor; locale: Locale }> {
  const [parts, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!(await findPortfolio(actor, parts.portfolio))) notFound();
  return { ...parts, actor, locale };
}
