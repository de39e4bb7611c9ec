"use client";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { EditForm } from "#components/commitments/edit-form.tsx";
import { type FormProps, useFrame } from "#components/commitments/frame.ts";
import { PickerField } from "#components/commitments/picker.tsx";
import { Button } from "#components/ui/button.tsx";
import { assignOwner } from "#lib/commitments/actions.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import { ownerInput } from "#lib/commitments/schema.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const toValues = ({ owner }: CommitmentRecord) => ({ ownerId: owner?.id ?? null });

/** Who answers for the record. */
export default function OwnerForm({ data }: FormProps) {
  const t = useTranslator();
  const { records } = useFrame();
  const [known] = useState(() => new Map(data.me && [[data.me.id, data.me.name]]));
  const { record, me, mayGive } = data;
  const initial = record.owner && { value: record.owner.id, label: record.owner.name };
  const onlyMe = !mayGive && record.owner === null;
  const show = (value: unknown, { owner }: CommitmentRecord) =>
    value === null ? t("common.nobody") : owner && owner.id === value ? owner.name : (known.get(String(value)) ?? "");
  return (
    <EditForm
      schema={ownerInput}
      action={assignOwner}
      data={data}
      toValues={toValues}
      shown={[{ name: "ownerId", label: t("commitments.field.owner"), show }]}
      done={t("commitments.edit.done.owner")}
    >
      {onlyMe && me ? (
        <TakeIt me={me} />
      ) : (
        <>
          <PickerField
            noun="people"
            records={records}
            known={known}
            name="ownerId"
            label={t("commitments.field.owner")}
            hint={t("commitments.edit.owner.hint")}
            initial={initial}
          />
          {me && me.id !== record.owner?.id && <TakeIt me={me} />}
        </>
      )}
    </EditForm>
  );
}

function TakeIt({ me }: { me: { id: string; name: string } }) {
  const t = useTranslator();
  const { setValue, watch } = useFormContext();
  const mine = watch("ownerId") === me.id;
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Button
        size="sm"
        icon={mine ? "check" : "person"}
        onClick={() => setValue("ownerId", me.id, { shouldDirty: true })}
      >
        {t("commitments.edit.owner.take")}
      </Button>
      {mine && <span role="status">{t("commitments.edit.owner.taken", { name: me.name })}</span>}
    </p>
  );
}
