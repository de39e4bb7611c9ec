"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { LanguageFields, noTexts, showTexts } from "#components/catalogue/fields.tsx";
import { TextField } from "#components/commitments/fields.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { editPortfolio, recordPortfolio } from "#lib/portfolios/actions.ts";
import { editPortfolioInput, portfolioInput } from "#lib/portfolios/schema.ts";
import type { Texts } from "#lib/text.ts";

/** `portfolio`: what is edited; none: a new one. */
type Props = { portfolio?: { id: string; name: Texts; version: number } };

/** A register's name, and for a new one what its references begin with. */
export function PortfolioForm({ portfolio }: Props) {
  const t = useTranslator();
  const name = <LanguageFields name="name" label={t("portfolios.name")} required />;
  const back = "/portfolios";
  if (!portfolio) {
    return (
      <EntryForm
        schema={portfolioInput}
        action={recordPortfolio}
        values={{ name: noTexts, prefix: "" }}
        done={t("portfolios.added")}
        submit={t("portfolios.add")}
        next={() => back}
        cancel={back}
      >
        {name}
        <TextField name="prefix" label={t("portfolios.prefix")} hint={t("portfolios.prefixHint")} />
      </EntryForm>
    );
  }
  return (
    <EntryForm
      schema={editPortfolioInput}
      action={editPortfolio}
      values={{ id: portfolio.id, version: portfolio.version, name: portfolio.name }}
      shown={[{ name: "name", label: t("portfolios.name"), show: showTexts }]}
      done={t("catalogue.saved")}
      next={() => back}
      cancel={back}
    >
      {name}
    </EntryForm>
  );
}
