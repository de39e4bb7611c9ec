import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RuleForm } from "#components/reminders/rule-form.tsx";
import { RulePage } from "#components/reminders/rule-page.tsx";
import { valuesOf } from "#components/reminders/rule-values.ts";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/reminders/policy.ts";
import { getRule, listTellable } from "#lib/reminders/queries.ts";
import { requireActor } from "#lib/session.ts";
import { listViews } from "#lib/views/queries.ts";

type Props = { params: Promise<{ portfolio: string; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reminders.form.edit") };
}

export default async function EditRulePage({ params }: Props) {
  const [{ portfolio, id }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  if (!may(actor, "edit", portfolio)) return <ForbiddenState locale={locale} />;
  const [rule, people, views] = await Promise.all([
    getRule(actor, portfolio, id),
    listTellable(actor, portfolio),
    listViews(actor, portfolio),
  ]);
  if (!rule) notFound();
  const t = translator(locale);
  const choices = views.map(({ query, name }) => ({ query, name }));
  return (
    <RulePage t={t} locale={locale} portfolio={portfolio} title={t("reminders.form.edit")}>
      <RuleForm
        key={rule.id}
        portfolio={portfolio}
        rule={{
          id: rule.id,
          version: rule.version,
          values: valuesOf(
            rule,
            choices.map(({ query }) => query),
          ),
        }}
        people={people}
        views={choices}
      />
    </RulePage>
  );
}
