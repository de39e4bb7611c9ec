import type { Metadata } from "next";
import { ImportList } from "#components/importing/import-list.tsx";
import { UploadForm } from "#components/importing/upload-form.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { mostBytes, mostRows } from "#lib/importing/limits.ts";
import { may } from "#lib/importing/policy.ts";
import { listImports } from "#lib/importing/queries.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("importing.title") };
}

const templates = [
  ["empty", "as=xlsx"],
  ["csv", "as=csv"],
  ["filled", "as=xlsx&filled=1"],
] as const;

/** Where files are brought in from, and what was. */
export default async function ImportPage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, portfolio)) return <ForbiddenState locale={locale} />;
  const imports = await listImports(actor, portfolio);
  const t = translator(locale);
  const f = format(locale);
  const limits = { megabytes: f.number(mostBytes / 1024 / 1024), rows: f.number(mostRows) };
  return (
    <div className="mx-auto grid max-w-4xl gap-6">
      <div className="grid gap-1">
        <Breadcrumbs
          label={t("commitments.record.here")}
          crumbs={[{ label: t("register.title"), href: `/${portfolio}/register` }, { label: t("importing.title") }]}
        />
        <h1 className="text-2xl">{t("importing.title")}</h1>
        <p className="max-w-prose text-muted">{t("importing.lead")}</p>
      </div>
      <section aria-labelledby="template" className="grid gap-2 print:hidden">
        <h2 id="template" className="text-lg">
          {t("importing.template.title")}
        </h2>
        <p className="max-w-prose text-muted">{t("importing.template.lead")}</p>
        <p className="flex flex-wrap gap-2">
          {templates.map(([name, query]) => (
            <a key={name} href={`/${portfolio}/import/template?${query}`} download className={buttonClass({})}>
              <Icon name="download" />
              {t(`importing.template.${name}`)}
            </a>
          ))}
        </p>
      </section>
      <section aria-labelledby="upload" className="grid gap-2 print:hidden">
        <h2 id="upload" className="text-lg">
          {t("importing.upload.title")}
        </h2>
        <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "importing.upload"]}>
          <UploadForm portfolio={portfolio} hint={t("importing.upload.hint", limits)} />
        </ClientMessages>
      </section>
      <section aria-labelledby="imports" className="grid gap-2">
        <h2 id="imports" className="text-lg">
          {t("importing.list.title")}
        </h2>
        <ImportList t={t} locale={locale} portfolio={portfolio} imports={imports} />
      </section>
    </div>
  );
}
