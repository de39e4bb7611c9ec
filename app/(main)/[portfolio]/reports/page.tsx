import type { Metadata } from "next";
import Link from "next/link";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { templates } from "#lib/reports/request.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reports.title") };
}

/** What can be reported. */
export default async function ReportsPage({ params }: Props) {
  const [{ portfolio }, locale] = await Promise.all([params, requestLocale(), requireActor()]);
  const t = translator(locale);
  return (
    <article className="mx-auto max-w-6xl">
      <h1 className="text-2xl">{t("reports.title")}</h1>
      <ul>
        {templates.map((template) => (
          <li key={template}>
            <Link href={`/${portfolio}/reports/view?template=${template}`} prefetch={false}>
              {t(`reports.template.${template}`)}
            </Link>
          </li>
        ))}
      </ul>
    </article>
  );
}
