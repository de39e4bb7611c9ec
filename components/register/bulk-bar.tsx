"use client";
import { lazy, Suspense, useState } from "react";
import type { CellKind, PartProps } from "#components/register/part.ts";
import { Button } from "#components/ui/button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

const BulkDialog = lazy(() => import("#components/register/bulk-dialog.tsx"));

const fields: readonly CellKind[] = ["status", "owner", "deadline"];

/** How many rows are selected, and what can be done with them. */
export default function BulkBar(props: PartProps) {
  const t = useTranslator();
  const [field, setField] = useState<CellKind | null>(null);
  return (
    <section
      aria-label={t("register.bulk.label")}
      className="sticky bottom-3 z-10 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-control bg-raised px-3 py-2 shadow-overlay print:hidden"
    >
      <p role="status" className="me-1 font-semibold">
        {t("common.selected", { count: props.selected.length })}
      </p>
      {fields.map((each) => (
        <Button key={each} size="sm" icon={icons[each]} aria-haspopup="dialog" onClick={() => setField(each)}>
          {t(`register.bulk.${each}`)}
        </Button>
      ))}
      <Button size="sm" variant="quiet" icon="close" onClick={props.clear}>
        {t("register.bulk.clear")}
      </Button>
      {field && (
        <Suspense>
          <BulkDialog {...props} field={field} close={() => setField(null)} />
        </Suspense>
      )}
    </section>
  );
}

const icons = { status: "circle-half", owner: "person", deadline: "calendar" } as const;
