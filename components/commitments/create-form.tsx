"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { FormProvider } from "react-hook-form";
import { CitationFields } from "#components/commitments/citation-fields.tsx";
import { ClassificationFields } from "#components/commitments/classification-fields.tsx";
import { clearDraft, readDraft, writeDraft } from "#components/commitments/draft.ts";
import { attempt } from "#components/commitments/edit-form.tsx";
import { SelectField, TextField, VagueDateField } from "#components/commitments/fields.tsx";
import { useLeaveGuard } from "#components/commitments/leave-guard.tsx";
import { type NewRecord, newSchema } from "#components/commitments/new-record.ts";
import { NotThere, PartyFields, PlaceFields } from "#components/commitments/party-fields.tsx";
import { TextFields } from "#components/commitments/text-fields.tsx";
import { Missing } from "#components/commitments/texts-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { FormProblem } from "#components/ui/form-problem.tsx";
import { showToast } from "#components/ui/toast.ts";
import { useForm } from "#components/ui/use-form.ts";
import { createCommitment } from "#lib/commitments/actions.ts";
import type { Choice } from "#lib/commitments/choices.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = { portfolio: string; sectors: readonly Choice[]; meetings: readonly Choice[]; sources: readonly Choice[] };

/** A new commitment. What is typed is kept in this browser tab until it is saved. */
export function CreateForm({ portfolio, sectors, meetings, sources }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const place = `kept-new-${portfolio}`;
  const blank: NewRecord = {
    portfolioId: portfolio,
    form: "pledge",
    kind: "deliverable",
    strength: "pledge",
    sectorId: sectors[0]?.value ?? "",
    title: { en: "", vi: "", lo: "" },
    statement: { en: "", vi: "", lo: "" },
    parties: [],
    places: [],
    deadline: { phrase: null, edtf: null, anchorId: null },
    citations: [],
  };
  const form = useForm<NewRecord>({ resolver: zodResolver(newSchema), defaultValues: blank });
  const [problem, setProblem] = useState<string | null>(null);
  const [known] = useState(() => new Map<string, string>());
  const { setDirty, guard } = useLeaveGuard();
  const { isDirty, isSubmitting } = form.formState;
  useEffect(() => setDirty(isDirty), [isDirty, setDirty]);

  const { reset, subscribe } = form;
  useEffect(() => {
    const draft = readDraft<NewRecord>(place, portfolio);
    if (draft) {
      for (const [key, name] of draft.names) known.set(key, name);
      reset(draft.values, { keepDefaultValues: true });
    }
    return subscribe({ formState: { values: true }, callback: ({ values }) => writeDraft(place, values, known) });
  }, [place, portfolio, reset, subscribe, known]);

  const save = form.handleSubmit(async (values) => {
    setProblem(null);
    const answer = await attempt(() => createCommitment(values));
    if (answer.ok) {
      clearDraft(place);
      setDirty(false);
      showToast(t("commitments.edit.done.create", { reference: answer.result.reference }));
      return router.push(`/${portfolio}/commitments/${answer.result.reference}`);
    }
    const { key, fields } = answer.error;
    for (const [path, [message]] of Object.entries(fields ?? {})) form.setError(path as keyof NewRecord, { message });
    setProblem(key);
  });

  function discard() {
    clearDraft(place);
    form.reset(blank);
    clearDraft(place);
  }

  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={save} className="grid gap-6">
        <Group title={t("commitments.edit.create.what")}>
          <TextFields />
          <Missing name="title" />
          <Missing name="statement" />
          <ClassificationFields sectors={sectors} />
        </Group>
        <Group title={t("commitments.edit.create.who")}>
          <PartyFields records={`/${portfolio}/commitments`} known={known} />
          <PlaceFields records={`/${portfolio}/commitments`} known={known} />
          <NotThere records={`/${portfolio}/commitments`} />
        </Group>
        <Group title={t("commitments.field.deadline")}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              name="deadline.phrase"
              label={t("commitments.edit.deadline.phrase")}
              hint={t("commitments.edit.deadline.phraseHint")}
            />
            <VagueDateField name="deadline.edtf" label={t("commitments.edit.deadline.edtf")} deadline />
          </div>
          <SelectField
            name="deadline.anchorId"
            label={t("commitments.edit.deadline.anchor")}
            hint={t("commitments.edit.deadline.anchorHint")}
            none={t("common.none")}
            options={meetings}
          />
        </Group>
        <Group title={t("commitments.edit.create.where")}>
          <CitationFields sources={sources} />
        </Group>
        <FormProblem text={problem && t.dynamic(problem)} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" busy={isSubmitting}>
            {t("commitments.edit.create.submit")}
          </Button>
          {isDirty && <Button onClick={discard}>{t("commitments.edit.create.discard")}</Button>}
        </div>
      </form>
      {guard}
    </FormProvider>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-4 rounded-lg border border-line bg-surface p-3 sm:p-4">
      <h2 className="text-lg">{title}</h2>
      {children}
    </section>
  );
}
