"use client";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** A new signing key, the only time that it is seen. */
export function ShownKey({ secret }: { secret: string }) {
  const t = useTranslator();
  return (
    <div className="grid gap-3 rounded-md border border-positive bg-positive-soft p-3" role="status">
      <p>{t("webhooks.secret.shown")}</p>
      <Field label={t("webhooks.secret.label")}>
        {(control) => (
          <Input
            {...control}
            readOnly
            value={secret}
            onFocus={(event) => event.target.select()}
            className="font-mono text-sm"
          />
        )}
      </Field>
    </div>
  );
}
