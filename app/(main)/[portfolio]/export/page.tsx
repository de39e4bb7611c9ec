import type { Metadata } from "next";
import { AskButton } from "#components/tasks/ask-button.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/webhooks/policy.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("archive.title") };
}

/** The whole register as a file that needs no Kept to be read. */
export default async function ExportPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  const t = translator(locale);
  return (
    <article className="mx-auto grid max-w-3xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ label: t("reports.title"), href: `/${portfolio}/reports` }, { label: t("archive.title") }]}
      />
      <h1 className="text-2xl">{t("archive.title")}</h1>
      <p className="max-w-prose text-muted">{t("archive.lead")}</p>
      <section className="grid gap-2">
        <h2 className="text-lg">{t("archive.holds")}</h2>
        <ul className="grid max-w-prose list-disc gap-1 ps-5">
          {(["tables", "history", "format", "people"] as const).map((part) => (
            <li key={part}>{t(`archive.${part}`)}</li>
          ))}
        </ul>
      </section>
      <div className="grid justify-items-start gap-2 print:hidden">
        <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "tasks.errors"]}>
          <AskButton
            label={t("archive.make")}
            ask={{ portfolioId: portfolio, kind: "archive", input: {} }}
            list={`/${portfolio}/tasks`}
          />
        </ClientMessages>
        <p className="text-sm text-muted">{t("archive.wait")}</p>
      </div>
      {may(actor, "see", portfolio) && (
        <section className="grid justify-items-start gap-2 print:hidden">
          <h2 className="text-lg">{t("webhooks.title")}</h2>
          <p className="max-w-prose text-muted">{t("webhooks.lead")}</p>
          <LinkButton href={`/${portfolio}/webhooks`} icon="link">
            {t("webhooks.look")}
          </LinkButton>
        </section>
      )}
    </article>
  );
}
