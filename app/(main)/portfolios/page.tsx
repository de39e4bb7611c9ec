import type { Metadata } from "next";
import Link from "next/link";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { pick } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { listKept } from "#lib/portfolios/members.ts";
import { may } from "#lib/portfolios/policy.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("portfolios.title") };
}

/** The registers of the installation, each for a relation or a programme. */
export default async function PortfoliosPage() {
  const [actor, locale] = await Promise.all([requireActor(), requestLocale()]);
  if (!may(actor, "keep")) return <ForbiddenState locale={locale} />;
  const t = translator(locale);
  const { number } = format(locale);
  const portfolios = await listKept(actor);
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("portfolios.title")}</h1>
        <LinkButton href="/portfolios/new" variant="primary" icon="plus">
          {t("portfolios.add")}
        </LinkButton>
      </div>
      <p className="max-w-prose text-muted">{t("portfolios.lead")}</p>
      <Table label={t("portfolios.title")}>
        <thead>
          <tr>
            <Th>{t("portfolios.name")}</Th>
            <Th>{t("portfolios.prefix")}</Th>
            <Th>{t("portfolios.members")}</Th>
            <Th>{t("portfolios.records")}</Th>
          </tr>
        </thead>
        <tbody>
          {portfolios.map(({ id, name, prefix, demo, members, records }) => {
            const { text, lang } = pick(name, locale);
            return (
              <tr key={id} className="hover:bg-hover">
                <Td>
                  <Link href={`/portfolios/${id}`} prefetch={false} lang={lang} className="font-semibold">
                    {text || id}
                  </Link>{" "}
                  {demo && <Badge tone="caution">{t("people.demo")}</Badge>}
                </Td>
                <Td>{prefix}</Td>
                <Td>{number(members)}</Td>
                <Td>{number(records)}</Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </div>
  );
}
