"use client";
import { EntryForm } from "#components/catalogue/entry-form.tsx";
import { ReasonField } from "#components/catalogue/fields.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { withdrawFigure, withdrawTarget } from "#lib/indicators/actions.ts";
import { withdrawInput } from "#lib/indicators/schema.ts";

type Props = { of: "figure" | "target"; id: string; version: number; back: string };

/** Takes away a figure or a target that should not be there. It stays in the history, with the reason. */
export function WithdrawForm({ of, id, version, back }: Props) {
  const t = useTranslator();
  return (
    <section aria-labelledby="withdraw" className="grid gap-3 border-t border-line pt-4">
      <div>
        <h2 id="withdraw" className="text-lg">
          {t(`indicators.withdraw.${of}`)}
        </h2>
        <p className="max-w-prose text-muted">{t("indicators.withdraw.body")}</p>
      </div>
      <EntryForm
        schema={withdrawInput}
        action={of === "figure" ? withdrawFigure : withdrawTarget}
        values={{ id, version, reason: "" }}
        done={t("indicators.withdraw.done")}
        submit={t("indicators.withdraw.submit")}
        danger
        next={() => back}
      >
        <ReasonField />
      </EntryForm>
    </section>
  );
}
