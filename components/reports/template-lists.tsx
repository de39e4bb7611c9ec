import Link from "next/link";
import { OwnTemplateItem } from "#components/reports/own-templates.tsx";
import type { Actor } from "#lib/actor.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { requestQuery } from "#lib/reports/address.ts";
import { scopeWords } from "#lib/reports/choices.ts";
import type { OwnTemplate } from "#lib/reports/own-list.ts";
import { scopeFilters, templates } from "#lib/reports/request.ts";

type Common = { t: Translator; portfolio: string; locale: Locale };

/** What can be reported, with what each tells. */
export function TemplateList({ t, portfolio, locale }: Common) {
  return (
    <section aria-labelledby="templates">
      <h2 id="templates" className="py-1 text-lg">
        {t("reports.hub.templates")}
      </h2>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {templates.map((template) => (
          <li key={template} className="rounded-md border border-line bg-surface p-3">
            <Link
              href={`/${portfolio}/reports/view?${new URLSearchParams({ template, lang: locale })}`}
              prefetch={false}
              className="inline-block py-1 font-semibold"
            >
              {t(`reports.template.${template}`)}
            </Link>
            <p className="text-sm text-muted">{t(`reports.tells.${template}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Reports that managers keep under a name. Nothing while there are none and nobody may keep one. */
export async function OwnTemplates({ actor, t, portfolio, locale, templates: own, mayKeep }: Own) {
  if (own.length === 0 && !mayKeep) return null;
  const items = await Promise.all(
    own.map(async ({ id, name, version, request }) => ({
      ...{ id, name, version },
      href: `/${portfolio}/reports/view?${requestQuery(request)}`,
      about: `${t(`reports.template.${request.template}`)}: ${request.record ?? (await scopeWords(actor, t, portfolio, scopeFilters(request.scope)))}`,
    })),
  );
  return (
    <section aria-labelledby="own">
      <h2 id="own" className="py-1 text-lg">
        {t("reports.own.title")}
      </h2>
      {items.length === 0 ? (
        <p className="text-muted">{t("reports.own.none")}</p>
      ) : (
        <ClientMessages
          locale={locale}
          scopes={["common", "errors", "account.errors", "reports.errors", "reports.own"]}
        >
          <ul>
            {items.map((item) => (
              <OwnTemplateItem key={item.id} item={item} mayKeep={mayKeep} />
            ))}
          </ul>
        </ClientMessages>
      )}
    </section>
  );
}

type Own = Common & { actor: Actor } & { templates: readonly OwnTemplate[]; mayKeep: boolean };
