"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import type { z } from "zod";
import { sendForm } from "#components/people/form.ts";
import { Problem } from "#components/people/problem.tsx";
import { LocaleOptions } from "#components/shell/locale-options.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { updateOwn } from "#lib/people/actions.ts";
import { ownInput } from "#lib/people/schema.ts";

const input = ownInput.omit({ version: true });

type Values = z.input<typeof input>;

/** One's own name and language. */
export function OwnDataForm({ version: first, values: given }: { version: number; values: Values }) {
  const t = useTranslator();
  const [version, setVersion] = useState(first);
  const [problem, setProblem] = useState<ActionError>();
  const { register, handleSubmit, setError, reset, getValues, formState } = useForm<
    Values,
    unknown,
    z.output<typeof input>
  >({
    resolver: zodResolver(input),
    defaultValues: given,
  });
  const error = (field: keyof Values) => {
    const key = formState.errors[field]?.message;
    return key && t.dynamic(key);
  };

  const submit = handleSubmit(async (values) => {
    const sent = await sendForm(() => updateOwn({ version, ...values }), setError, ["name", "locale"]);
    if ("problem" in sent) {
      if (sent.problem?.conflict) setVersion(sent.problem.conflict.version);
      return setProblem(sent.problem);
    }
    setProblem(undefined);
    setVersion(sent.result.version);
    reset(getValues());
    showToast(t("account.me.saved"));
  });

  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Problem t={t} error={problem} />
      <Field label={t("account.me.name")} error={error("name")}>
        {(control) => <Input {...control} {...register("name")} autoComplete="name" />}
      </Field>
      <Field label={t("account.me.language")} error={error("locale")}>
        {(control) => (
          <Select {...control} {...register("locale")}>
            <option value="">{t("account.me.languageAuto")}</option>
            <LocaleOptions />
          </Select>
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={formState.isSubmitting}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
