import { LinkButton } from "#components/ui/link-button.tsx";
import { notation } from "#lib/api/notation.ts";
import type { Description } from "#lib/api/openapi.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { ApiOperation, Code } from "./api-operation.tsx";

const example = `curl -H "Authorization: Bearer kept_..." "{origin}/api/v1/commitments?status=limited&limit=10"`;

/** The API's description as a page to read: nothing on it but what the document says. `origin`: where this app is. */
export function ApiReference({ document, origin, locale }: { document: Description; origin: string; locale: Locale }) {
  const t = translator(locale);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      <div className="grid gap-2">
        <h1 className="text-2xl">{t("api.title")}</h1>
        <p className="text-muted">{t("api.page.lead")}</p>
        <div className="flex flex-wrap gap-2 print:hidden">
          <LinkButton href="/account">{t("api.page.back")}</LinkButton>
          <a href="/api/v1/openapi.json" className="inline-flex min-h-11 items-center text-accent underline">
            {t("api.page.document")}
          </a>
        </div>
      </div>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <h2 className="text-lg">{t("api.page.how")}</h2>
        <Code>{example.replace("{origin}", origin)}</Code>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{t("api.page.howToken")}</li>
          <li>{t("api.page.howVersion")}</li>
          <li>{t("api.page.howKey")}</li>
          <li>{t("api.page.howErrors")}</li>
        </ul>
      </section>
      <nav aria-label={t("api.page.contents")} className="flex flex-wrap gap-x-4 print:hidden">
        {[...document.tags, { name: "shapes", description: t("api.page.schemas") }].map(({ name, description }) => (
          <a key={name} href={`#${name}`} className="inline-flex min-h-11 items-center text-accent">
            {description}
          </a>
        ))}
      </nav>
      {document.tags.map(({ name, description }) => (
        <section key={name} id={name} className="grid scroll-mt-16 grid-cols-[minmax(0,1fr)] gap-1">
          <h2 className="text-lg">{description}</h2>
          <div>
            {operations
              .filter(({ operation }) => operation.tags.includes(name))
              .map(({ method, path, operation }) => (
                <ApiOperation key={operation.operationId} method={method} path={path} operation={operation} t={t} />
              ))}
          </div>
        </section>
      ))}
      <section id="shapes" className="grid scroll-mt-16 grid-cols-[minmax(0,1fr)] gap-1">
        <h2 className="text-lg">{t("api.page.schemas")}</h2>
        {Object.entries(document.components.schemas)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, schema]) => (
            <details key={name} id={`shape-${name}`} className="border-t border-line">
              <summary className="min-h-11 py-2 font-mono text-sm">{name}</summary>
              <Code>{notation(schema)}</Code>
            </details>
          ))}
      </section>
    </div>
  );
}
