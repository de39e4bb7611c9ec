import type { Metadata } from "next";
import { RuleForm } from "#components/reminders/rule-form.tsx";
import { RulePage } from "#components/reminders/rule-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { requirePortfolio } from "#lib/portfolios/page.ts";
import { may } from "#lib/reminders/policy.ts";
import { listTellable } from "#lib/reminders/queries.ts";
import { listViews } from "#lib/views/queries.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reminders.form.new") };
}

export default async function NewRulePage({ params }: Props) {
  const { portfolio, actor, locale } = await requirePortfolio(params);
  if (!may(actor, "edit", portfolio)) return <ForbiddenState locale={locale} />;
  const [people, views] = await Promise.all([listTellable(actor, portfolio), listViews(actor, portfolio)]);
  const t = translator(locale);
  return (
    <RulePage t={t} locale={locale} portfolio={portfolio} title={t("reminders.form.new")}>
      <RuleForm
        portfolio={portfolio}
        rule={null}
        people={people}
        views={views.map(({ query, name }) => ({ query, name }))}
      />
    </RulePage>
  );
}
