"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { revokeToken } from "#lib/people/actions.ts";

type Props = {
  tokens: readonly { id: string; label: string; createdAt: Date; expiresAt: Date | null; scopes: string[] }[];
};

/** API tokens that are good, each with the way to end it. Their secrets can't be shown again. */
export function Tokens({ tokens }: Props) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  return (
    <ul className="grid">
      {tokens.map(({ id, label, createdAt, expiresAt, scopes }) => (
        <li
          key={id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
        >
          <div className="min-w-0">
            <p className="font-semibold">{label}</p>
            <p className="text-sm text-muted">
              {t(scopes.includes("write") ? "account.tokens.access.write" : "account.tokens.access.read")}
              {". "}
              {expiresAt
                ? t("account.tokens.madeUntil", { start: moment(createdAt), end: moment(expiresAt) })
                : t("account.tokens.made", { start: moment(createdAt) })}
            </p>
          </div>
          <ActButton
            label={t("account.tokens.revoke")}
            of={label}
            size="sm"
            act={() => revokeToken({ id })}
            done={t("account.tokens.revoked")}
            confirm={{ title: t("account.tokens.revokeTitle"), body: t("account.tokens.revokeBody", { label }) }}
          />
        </li>
      ))}
    </ul>
  );
}
