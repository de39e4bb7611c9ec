"use client";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Radio } from "#components/ui/choice.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

/** A field that two people changed, with both values as they read. */
export type Clashing = { name: string; label: string; mine: string; theirs: string };

type Props = {
  fields: readonly Clashing[];
  busy: boolean;
  onSettle: (choices: Record<string, "mine" | "theirs">) => void;
  onCancel: () => void;
};

/** Two people changed the same: both values side by side, and a choice for each field. */
export function Conflict({ fields, busy, onSettle, onCancel }: Props) {
  const t = useTranslator();
  const [choices, setChoices] = useState<Record<string, "mine" | "theirs">>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const complete = fields.every(({ name }) => choices[name]);
  return (
    <div className="grid gap-4">
      <div className="rounded-md border border-caution bg-caution-soft px-3 py-2 text-caution">
        <h3 ref={heading} tabIndex={-1} className="flex items-center gap-2 text-base outline-none">
          <Icon name="alert" />
          {t("commitments.edit.conflict.title")}
        </h3>
        <p>{t("commitments.edit.conflict.body")}</p>
      </div>
      {fields.map(({ name, label, ...values }) => (
        <fieldset key={name}>
          <legend className="mb-1 text-sm font-semibold">{label}</legend>
          <div className="grid gap-2 md:grid-cols-2">
            {(["mine", "theirs"] as const).map((side) => (
              <div
                key={side}
                className="rounded-md border border-control p-2 has-checked:border-accent has-checked:bg-accent-soft"
              >
                <Radio
                  name={`conflict-${name}`}
                  checked={choices[name] === side}
                  onChange={() => setChoices({ ...choices, [name]: side })}
                  label={<span className="font-medium">{t(`commitments.edit.conflict.${side}`)}</span>}
                  hint={<span className="whitespace-pre-line text-ink">{values[side] || t("common.none")}</span>}
                />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabled={!complete} busy={busy} onClick={() => onSettle(choices)}>
          {t("commitments.edit.conflict.save")}
        </Button>
        <Button onClick={onCancel}>{t("common.cancel")}</Button>
      </div>
    </div>
  );
}
