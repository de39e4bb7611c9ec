"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useFormContext } from "react-hook-form";
import { queryOf, type RuleValues } from "#components/reminders/rule-values.ts";
import { ChoiceGroup, Radio } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { registerPath } from "#lib/paths.ts";

export type ViewChoice = { query: string; name: string };

type Matches = { total: number; open: number; more: boolean; query: string; filters: string[] };

/** Of which records the rule speaks: all, those of a saved view, or those of an address that somebody copied from the register. */
export function RuleRecords({ portfolio, views }: { portfolio: string; views: readonly ViewChoice[] }) {
  const t = useTranslator();
  const { register, watch, formState } = useFormContext<RuleValues>();
  const [of, view, address] = watch(["of", "view", "address"]);
  const key = formState.errors.address?.message;
  const error = key && t.dynamic(key);
  const choices = views.length > 0 ? (["all", "view", "address"] as const) : (["all", "address"] as const);
  const labels = { all: "recordsAll", view: "recordsView", address: "recordsAddress" } as const;
  return (
    <div className="grid gap-3">
      <ChoiceGroup legend={t("reminders.form.records")}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice} {...register("of")} label={t(`reminders.form.${labels[choice]}`)} />
        ))}
      </ChoiceGroup>
      {of === "view" && (
        <Field label={t("reminders.form.view")} error={error} className="max-w-md">
          {(control) => (
            <Select {...control} {...register("view")}>
              <option value="">{t("reminders.form.chooseView")}</option>
              {views.map(({ query, name }) => (
                <option key={`${name} ${query}`} value={query}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {of === "address" && (
        <div className="grid gap-1">
          <Field label={t("reminders.form.address")} hint={t("reminders.form.addressHint")} error={error}>
            {(control) => (
              <Input
                {...control}
                {...register("address")}
                autoComplete="off"
                spellCheck={false}
                className="font-mono"
              />
            )}
          </Field>
          <Link href={registerPath(portfolio)} target="_blank" className="justify-self-start text-sm">
            {t("reminders.form.openRegister")} <span className="sr-only">({t("common.opensInNewTab")})</span>
          </Link>
        </div>
      )}
      <Counted portfolio={portfolio} query={queryOf({ of, view, address })} />
    </div>
  );
}

const pause = 250;

/** How many records the choice means, counted as one types. */
function Counted({ portfolio, query }: { portfolio: string; query: string }) {
  const t = useTranslator();
  const [matches, setMatches] = useState<Matches | "loading" | "failed">("loading");
  useEffect(() => {
    const aborter = new AbortController();
    setMatches("loading");
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`/${portfolio}/reminders/matches?query=${encodeURIComponent(query)}`, {
          signal: aborter.signal,
        });
        setMatches(response.ok ? ((await response.json()) as Matches) : "failed");
      } catch {
        if (!aborter.signal.aborted) setMatches("failed");
      }
    }, pause);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [portfolio, query]);
  if (typeof matches === "string")
    return (
      <p role="status" className="text-sm text-muted">
        {t(matches === "loading" ? "reminders.form.counts" : "reminders.form.notCounted")}
      </p>
    );
  const { total, open, more, filters } = matches;
  return (
    <div role="status" className="grid gap-1 text-sm text-muted">
      {filters.length > 0 && <p>{filters.join(" · ")}</p>}
      <p>
        {t("reminders.form.matches", { total, open, more: String(more) })}{" "}
        <Link href={registerPath(portfolio, matches.query)} target="_blank">
          {t("reminders.form.matchesLink")}
          <span className="sr-only"> ({t("common.opensInNewTab")})</span>
        </Link>
      </p>
    </div>
  );
}
