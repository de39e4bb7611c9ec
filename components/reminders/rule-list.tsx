import Link from "next/link";
import { RuleSwitch } from "#components/reminders/rule-switch.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";
import type { RuleRow } from "#lib/reminders/rule-row.ts";
import { ruleSentences } from "#lib/reminders/sentence.ts";

/** A rule with its filter in words. */
type ListedRule = RuleRow & { filters: string[] };

type Props = { t: Translator; locale: Locale; portfolio: string; rules: readonly ListedRule[]; mayEdit: boolean };

/** The rules, each as sentences. */
export function RuleList({ t, locale, portfolio, rules, mayEdit }: Props) {
  if (rules.length === 0)
    return (
      <EmptyState icon="bell" title={t("reminders.rules.none")}>
        {t("reminders.rules.noneBody")}
      </EmptyState>
    );
  return (
    <ul className="grid">
      {rules.map((rule) => {
        const name = pick(rule.name, locale);
        return (
          <li key={rule.id} className="grid gap-1 border-t border-line py-4 first:border-t-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h2 className="text-lg" lang={name.lang}>
                {name.text}
              </h2>
              {!rule.active && <Badge>{t("reminders.rules.off")}</Badge>}
            </div>
            <div className={rule.active ? undefined : "text-muted"}>
              {ruleSentences(t, rule).map((sentence) => (
                <p key={sentence}>{sentence}</p>
              ))}
              <p className="text-sm text-muted">
                {rule.query === "" ? (
                  t("reminders.rules.all")
                ) : (
                  <Link href={registerPath(portfolio, rule.query)} prefetch={false}>
                    {t("reminders.rules.some")} {rule.filters.join(", ")}
                  </Link>
                )}
              </p>
            </div>
            {mayEdit && (
              <div className="mt-1 flex flex-wrap gap-2 print:hidden">
                <LinkButton href={`/${portfolio}/reminders/${rule.id}`} size="sm" icon="pencil">
                  {t("reminders.rules.edit")}
                  <span className="sr-only">: {name.text}</span>
                </LinkButton>
                <RuleSwitch id={rule.id} version={rule.version} active={rule.active} name={name.text} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
