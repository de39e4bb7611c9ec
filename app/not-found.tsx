import { PublicShell } from "#components/shell/public-shell.tsx";
import { NotFoundState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";

export default async function NotFoundPage() {
  const locale = await requestLocale();
  return (
    <PublicShell locale={locale}>
      <NotFoundState locale={locale} />
    </PublicShell>
  );
}
