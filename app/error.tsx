"use client";
import { Button } from "#components/ui/button.tsx";
import { ErrorState } from "#components/ui/states.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** In place of a page that failed. The code is what the server's log calls the failure. */
export default function ErrorPage({ error, retry }: Props) {
  const t = useTranslator();
  return (
    <ErrorState
      page
      title={t("errors.page.title")}
      action={
        <Button variant="primary" onClick={retry}>
          {t("common.retry")}
        </Button>
      }
    >
      <p>{t("errors.page.body")}</p>
      {error.digest && <p className="mt-2 text-sm">{t("errors.page.code", { code: error.digest })}</p>}
    </ErrorState>
  );
}
