import { redirect } from "next/navigation";
import { Frame } from "#components/people/frame.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import { listPortfolios } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

/** The way in: the register of the first portfolio, the home of the work. */
export default async function StartPage() {
  const actor = await requireActor();
  const [first] = await listPortfolios(actor);
  if (first) redirect(registerPath(first.id));
  const locale = await requestLocale();
  const t = translator(locale);
  return (
    <Frame locale={locale} actor={actor} portfolios={[]}>
      <EmptyState page icon="lock" title={t("people.nowhere.title")}>
        {t("people.nowhere.body")}
      </EmptyState>
    </Frame>
  );
}
