import type { Metadata } from "next";
import { RemindersFrame } from "#components/reminders/reminders-frame.tsx";
import { RuleList } from "#components/reminders/rule-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { nameFilters } from "#lib/commitments/facets.ts";
import { filterWords } from "#lib/commitments/filter-words.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/reminders/policy.ts";
import { listRules } from "#lib/reminders/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ portfolio: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("reminders.title") };
}

/** By which rules people are reminded. */
export default async function RulesPage({ params }: Props) {
  const [{ portfolio }, actor, locale] = await Promise.all([params, requireActor(), requestLocale()]);
  const t = translator(locale);
  const mayEdit = may(actor, "edit", portfolio);
  const rules = await Promise.all(
    (await listRules(actor, portfolio)).map(async (rule) => {
      const { filters } = parseListing(new URLSearchParams(rule.query)).listing;
      const words = filterWords(t, filters, await nameFilters(actor, filters, portfolio, locale));
      return { ...rule, filters: [...(filters.q ? [`“${filters.q}”`] : []), ...words.map(({ text }) => text)] };
    }),
  );
  return (
    <RemindersFrame
      t={t}
      portfolio={portfolio}
      current="rules"
      lead={t("reminders.lead")}
      action={
        mayEdit && (
          <LinkButton href={`/${portfolio}/reminders/new`} variant="primary" icon="plus">
            {t("reminders.rules.add")}
          </LinkButton>
        )
      }
    >
      <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "reminders.rules"]}>
        <RuleList t={t} locale={locale} portfolio={portfolio} rules={rules} mayEdit={mayEdit} />
      </ClientMessages>
    </RemindersFrame>
  );
}
