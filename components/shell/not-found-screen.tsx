"use client";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/**
 * For `notFound()`: no such page or record, or none that this person may see. Next sends it along with every page, in
 * case; as a client component it is one reference there and not a page within each page. The root layout has its words.
 */
export function NotFoundScreen() {
  const t = useTranslator();
  return (
    <EmptyState
      page
      icon="search"
      title={t("errors.page.notFoundTitle")}
      action={<LinkButton href="/">{t("errors.page.home")}</LinkButton>}
    >
      {t("errors.page.notFoundBody")}
    </EmptyState>
  );
}
