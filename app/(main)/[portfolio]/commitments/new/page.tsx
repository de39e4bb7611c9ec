import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CreateForm } from "#components/commitments/create-form.tsx";
import { formMessages } from "#components/commitments/forms.ts";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { listChoices } from "#lib/commitments/choices.ts";
import { may } from "#lib/commitments/policy.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import { findPortfolio } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("commitments.edit.create.title") };
}

export default async function Page({ params }: Props) {
  const [{ portfolio: id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const portfolio = await findPortfolio(actor, id);
  if (!portfolio) notFound();
  if (!may(actor, "create", { portfolioId: id })) return <ForbiddenState locale={locale} />;
  const [sectors, meetings, sources] = await Promise.all(
    (["sectors", "meetings", "sources"] as const).map((noun) => listChoices(actor, portfolio.id, noun, { locale })),
  );
  const t = translator(locale);
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <Breadcrumbs
        label={t("commitments.record.here")}
        crumbs={[
          { label: t("shell.register"), href: registerPath(portfolio.id) },
          { label: t("commitments.edit.create.title") },
        ]}
      />
      <h1 className="text-2xl">{t("commitments.edit.create.title")}</h1>
      <p className="max-w-prose text-muted">{t("commitments.edit.create.lead")}</p>
      <ClientMessages locale={locale} scopes={formMessages}>
        <CreateForm
          portfolio={portfolio.id}
          sectors={sectors ?? []}
          meetings={meetings ?? []}
          sources={sources ?? []}
        />
      </ClientMessages>
    </div>
  );
}
