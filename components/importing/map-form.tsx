"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { DiscardButton } from "#components/importing/steps.tsx";
import { fieldError, Problem } from "#components/people/problem.tsx";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Select } from "#components/ui/select.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import type { ActionError } from "#lib/action.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { mapImport } from "#lib/importing/actions.ts";
import type { Mapping } from "#lib/importing/plan.ts";

type Column = Exclude<Mapping["columns"][number], null>;
type Props = {
  portfolio: string;
  found: {
    id: string;
    version: number;
    headings: readonly string[];
    sample: readonly (readonly string[])[];
    mapping: Mapping;
  };
  names: readonly { column: Column; name: string; derived: boolean }[];
};

/** Which column of the file is what. */
export function MapForm({ portfolio, found, names }: Props) {
  const t = useTranslator();
  const router = useRouter();
  const [mapping, setMapping] = useState(found.mapping);
  const [problem, setProblem] = useState<ActionError>();
  const [busy, start] = useTransition();

  const choose = (at: number, value: string) => {
    const column = names.find((each) => each.column === value)?.column ?? null;
    setMapping({ ...mapping, columns: mapping.columns.with(at, column) });
  };
  function save(event: FormEvent) {
    event.preventDefault();
    start(async () => {
      const answer = await keepingSession(() => mapImport({ id: found.id, version: found.version, ...mapping }));
      if (!answer.ok) return setProblem(answer.error);
      router.push(`/${portfolio}/import/${found.id}`);
    });
  }

  return (
    <form onSubmit={save} noValidate className="grid gap-4">
      <p className="max-w-prose text-muted">{t("importing.map.lead")}</p>
      <Problem
        t={t}
        error={problem?.fields?.columns ? { ...problem, key: problem.fields.columns[0] ?? problem.key } : problem}
      />
      <Table label={t("importing.map.heading")}>
        <thead>
          <tr>
            <Th>{t("importing.map.heading")}</Th>
            <Th>{t("importing.map.meaning")}</Th>
            <Th>{t("importing.map.sample")}</Th>
          </tr>
        </thead>
        <tbody>
          {found.headings.map((heading, at) => {
            const letter = letterOf(at);
            const name = heading || t("importing.map.noHeading", { letter });
            const sample = found.sample.map((row) => row[at] ?? "").filter((cell) => cell.trim() !== "");
            return (
              <tr key={letter}>
                <Td className="min-w-32 [overflow-wrap:anywhere]">
                  <span className="me-1 text-muted">{letter}</span>
                  {name}
                </Td>
                <Td className="min-w-52">
                  <Select
                    aria-label={t("importing.map.meaningOf", { letter, heading: name })}
                    value={mapping.columns[at] ?? ""}
                    onChange={({ target }) => choose(at, target.value)}
                  >
                    <option value="">{t("importing.map.none")}</option>
                    {names.map(({ column, name: column_, derived }) => (
                      <option key={column} value={column}>
                        {derived ? t("importing.map.derived", { column: column_ }) : column_}
                      </option>
                    ))}
                  </Select>
                </Td>
                <Td className="min-w-52 text-muted">
                  {sample.map((cell, row) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing else
                    <span key={row} className="line-clamp-1 [overflow-wrap:anywhere]">
                      {cell.slice(0, 200)}
                    </span>
                  ))}
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <Checkbox
        label={t("importing.map.clear")}
        hint={t("importing.map.clearHint")}
        checked={mapping.clear}
        onChange={({ target }) => setMapping({ ...mapping, clear: target.checked })}
      />
      <Field
        label={t("importing.map.reason")}
        hint={t("importing.map.reasonHint")}
        error={fieldError(t, problem, "reason")}
        className="max-w-xl"
      >
        {(control) => (
          <Textarea
            {...control}
            value={mapping.reason}
            onChange={({ target }) => setMapping({ ...mapping, reason: target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={busy}>
          {t("importing.map.next")}
        </Button>
        <DiscardButton portfolio={portfolio} id={found.id} version={found.version} />
      </div>
    </form>
  );
}

/** The name that spreadsheets give a column: A, B … Z, AA. */
function letterOf(at: number): string {
  return (at >= 26 ? letterOf(Math.floor(at / 26) - 1) : "") + String.fromCharCode(65 + (at % 26));
}
