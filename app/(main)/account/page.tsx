import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Connection } from "#components/people/connection.tsx";
import { Factors } from "#components/people/factors.tsx";
import { NewToken } from "#components/people/new-token.tsx";
import { OwnDataForm } from "#components/people/own-data-form.tsx";
import { OwnPasswordForm } from "#components/people/own-password-form.tsx";
import { RolesHeld } from "#components/people/roles-held.tsx";
import { Section } from "#components/people/section.tsx";
import { Sessions } from "#components/people/sessions.tsx";
import { Tokens } from "#components/people/tokens.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { pick } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { getOwnFactors } from "#lib/people/factor-queries.ts";
import { getOwnIdentity } from "#lib/people/identity-queries.ts";
import { oidcSettings } from "#lib/people/oidc-settings.ts";
import { getOwnAccount } from "#lib/people/queries.ts";
import { deviceOf } from "#lib/people/rules.ts";
import { listPortfolios, portfolioChoices } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("account.title") };
}

export default async function AccountPage() {
  const actor = await requireActor();
  const [account, factors, identity, locale, all] = await Promise.all([
    getOwnAccount(actor, new Date()),
    getOwnFactors(actor),
    getOwnIdentity(actor),
    requestLocale(),
    listPortfolios(actor),
  ]);
  const portfolios = new Map(portfolioChoices(all, locale).map(({ id, label }) => [id, label]));
  if (!account) notFound();
  const t = translator(locale);
  const { required, ...shown } = factors;
  const elsewhere = oidcSettings();
  const agency = account.agency && pick(account.agency, locale);
  return (
    <div className="mx-auto max-w-4xl">
      <h1 className="text-2xl">{t("account.title")}</h1>
      <ClientMessages locale={locale} scopes={["common", "errors", "account", "security", "oidc", "people.errors"]}>
        <Section title={t("account.me.title")}>
          <DescriptionList className="mb-4">
            <Description term={t("account.email")}>{account.email}</Description>
            <Description term={t("account.me.role")}>
              <RolesHeld t={t} person={account} portfolios={portfolios} />
            </Description>
            {agency && (
              <Description term={t("account.me.agency")}>
                <span lang={agency.lang}>{agency.text}</span>
              </Description>
            )}
          </DescriptionList>
          <p className="mb-4 text-sm text-muted">{t("account.me.byAdmin")}</p>
          <OwnDataForm version={account.version} values={{ name: account.name, locale: account.locale ?? "" }} />
        </Section>
        <Section title={t("preferences.title")} body={t("preferences.lead")}>
          <LinkButton href="/account/reminders" icon="bell">
            {t("shell.account.reminders")}
          </LinkButton>
        </Section>
        {account.hasPassword ? (
          <Section title={t("account.changePassword.title")} body={t("account.changePassword.body")}>
            <OwnPasswordForm email={account.email} />
          </Section>
        ) : (
          <Section title={t("account.changePassword.title")}>
            <p>{t("account.changePassword.none")}</p>
          </Section>
        )}
        <Section title={t("security.title")} body={`${t("security.body")} ${required ? t("security.required") : ""}`}>
          <Factors {...shown} />
        </Section>
        {elsewhere && (
          <Section title={elsewhere.name} body={t("oidc.account.body", { name: elsewhere.name })}>
            <Connection name={elsewhere.name} identity={identity} onlyWayIn={!account.hasPassword} />
          </Section>
        )}
        <Section title={t("account.sessions.title")}>
          <Sessions
            sessions={account.sessions.map(({ userAgent, ...session }) => ({
              ...session,
              device: deviceOf(userAgent),
            }))}
          />
        </Section>
        <Section
          title={t("account.tokens.title")}
          body={t.rich("account.tokens.body", {
            command: () => <code className="font-mono whitespace-nowrap">npm run token</code>,
          })}
        >
          {account.tokens.length > 0 ? (
            <Tokens tokens={account.tokens} />
          ) : (
            <p className="text-muted">{t("account.tokens.none")}</p>
          )}
          <NewToken />
          <LinkButton href="/account/api" className="mt-4">
            {t("api.title")}
          </LinkButton>
        </Section>
      </ClientMessages>
    </div>
  );
}
