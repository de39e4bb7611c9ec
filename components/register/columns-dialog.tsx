"use client";
import { type FormEvent, useId } from "react";
import type { PartProps } from "#components/register/part.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { columns, fixedColumns, listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { withQuery } from "#lib/paths.ts";

/** Which columns the table has. The address keeps the choice. */
export default function ColumnsDialog({ base, query, go, close }: PartProps) {
  const t = useTranslator();
  const id = useId();
  const { listing } = parseListing(new URLSearchParams(query));
  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll("columns");
    const next = listingQuery({
      ...listing,
      columns: columns.filter((column) => fixedColumns.includes(column) || chosen.includes(column)),
    });
    close();
    go(withQuery(`${base}/register`, next));
  }
  function reset() {
    const { columns: _columns, ...rest } = Object.fromEntries(new URLSearchParams(query));
    const next = new URLSearchParams(rest).toString();
    close();
    go(withQuery(`${base}/register`, next));
  }
  return (
    <Dialog
      open
      onClose={close}
      size="sm"
      title={t("register.columnsPanel.title")}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={reset}>{t("register.columnsPanel.reset")}</Button>
          <Button type="submit" form={id} variant="primary">
            {t("register.columnsPanel.apply")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={apply} className="grid gap-1">
        <p className="mb-2 text-muted">{t("register.columnsPanel.hint")}</p>
        {columns.map((column) => (
          <Checkbox
            key={column}
            name="columns"
            value={column}
            label={t(column === "status" ? "commitments.field.completion" : `commitments.field.${column}`)}
            defaultChecked={listing.columns.includes(column)}
            disabled={fixedColumns.includes(column)}
          />
        ))}
      </form>
    </Dialog>
  );
}
