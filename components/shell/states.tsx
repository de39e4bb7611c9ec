import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";

/** For a page that the person's role doesn't open. */
export function ForbiddenState({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <EmptyState
      page
      icon="lock"
      title={t("errors.page.forbiddenTitle")}
      action={<LinkButton href="/">{t("errors.page.home")}</LinkButton>}
    >
      {t("errors.page.forbiddenBody")}
    </EmptyState>
  );
}
