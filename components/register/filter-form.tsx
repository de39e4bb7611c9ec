"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/choice.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { type FacetName, type Facets, facetCap, facetNames } from "#lib/commitments/facet-names.ts";
import { columns, defaultColumns, type Filters, type Listing, sorts } from "#lib/commitments/filters.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  /** Where the list is. */
  action: string;
  listing: Listing;
  facets: Facets;
  /** With the columns and the order: on the page that stands in for all dialogs. */
  whole?: boolean;
  /** What the address of another page than the register says besides: its order is its own. */
  kept?: Readonly<Record<string, string>>;
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
};

/** What numbers of other pages lead to and nobody types: it stays until it is taken away. */
const unasked = ["due", "precision", "overdueOn", "lead", "numbers"] as const;

/** Everything by which the register is narrowed, as a form whose answer is an address. */
export function FilterForm({ action, listing, facets, whole, kept, onSubmit }: Props) {
  const t = useTranslator();
  const locale = useLocale();
  const { filters } = listing;
  const columnName = (column: (typeof columns)[number]) =>
    t(column === "status" ? "commitments.field.completion" : `commitments.field.${column}`);
  return (
    <form action={action} onSubmit={onSubmit} className="grid gap-4">
      <p className="text-sm text-muted">
        {facets.capped
          ? t("register.panel.capped", { count: format(locale).number(facetCap) })
          : t("register.panel.counts")}
      </p>
      <input type="hidden" name="q" value={filters.q} />
      {unasked.map((name) => {
        const value = String(filters[name] ?? "");
        return value && <input key={name} type="hidden" name={name} value={value} />;
      })}
      {Object.entries(kept ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {!whole && listing.columns.join() !== defaultColumns.join() && (
        <input type="hidden" name="columns" value={listing.columns.join()} />
      )}
      <div className="grid items-start gap-x-6 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {facetNames.map((name) => (
          <Facet key={name} name={name} chosen={filters[name]} facets={facets} />
        ))}
        <Field label={t("register.panel.within")} hint={t("register.panel.withinHint")}>
          {(control) => (
            <Input
              {...control}
              name="within"
              inputMode="numeric"
              pattern="[0-9]{1,4}"
              defaultValue={filters.within ?? ""}
              className="max-w-24"
            />
          )}
        </Field>
        {!kept && (
          <Field label={t("register.panel.sort")}>
            {(control) => (
              <Select {...control} name="sort" defaultValue={`${listing.descending ? "-" : ""}${listing.sort}`}>
                {sorts.flatMap((sort) => [
                  <option key={sort} value={sort}>
                    {columnName(sort)} ↑
                  </option>,
                  <option key={`-${sort}`} value={`-${sort}`}>
                    {columnName(sort)} ↓
                  </option>,
                ])}
              </Select>
            )}
          </Field>
        )}
        {whole && (
          <fieldset>
            <legend className="mb-1 text-sm font-semibold">{t("register.columnsPanel.title")}</legend>
            {columns.map((column) => (
              <Checkbox
                key={column}
                name="columns"
                value={column}
                label={columnName(column)}
                defaultChecked={listing.columns.includes(column)}
              />
            ))}
          </fieldset>
        )}
      </div>
      <div className="flex gap-2 border-t border-line py-3 in-[dialog]:sticky in-[dialog]:-bottom-3 in-[dialog]:-mx-4 in-[dialog]:-mb-3 in-[dialog]:bg-raised in-[dialog]:px-4">
        <Button type="submit" variant="primary">
          {t("register.panel.apply")}
        </Button>
        <a href={action} className="self-center px-2 text-sm">
          {t("register.clearAll")}
        </a>
      </div>
    </form>
  );
}

type FacetProps = { name: FacetName; chosen: readonly string[]; facets: Facets };
type Choice = { value: string; label: string; count: number };

const longList = 9;

function Facet({ name, chosen, facets }: FacetProps) {
  const t = useTranslator();
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState(chosen);
  const { number, compare } = format(locale);
  const choices = choicesOf();
  const wanted = plain(typed);
  const shown = choices.filter(({ value, label }) => picked.includes(value) || plain(label).includes(wanted));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{t(`register.filter.${name}`)}</legend>
      {choices.length > longList && (
        <Field label={t("register.panel.find", { filter: t(`register.filter.${name}`) })} hideLabel className="mb-1">
          {(control) => (
            <Input
              {...control}
              type="search"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder={t("common.search")}
              autoComplete="off"
            />
          )}
        </Field>
      )}
      <div className="grid max-h-60 overflow-y-auto">
        {shown.map(({ value, label, count }) => (
          <label key={value} className="flex min-h-6 items-start gap-2 rounded-sm px-1 py-0.5 hover:bg-hover">
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={picked.includes(value)}
              onChange={(event) =>
                setPicked(event.target.checked ? [...picked, value] : picked.filter((each) => each !== value))
              }
              className="mt-[0.25em] size-4 flex-none accent-accent"
            />
            <span className="min-w-0 flex-1">{label}</span>
            <span className="text-sm text-muted tabular-nums">{number(count)}</span>
          </label>
        ))}
        {choices.length === 0 && <p className="text-sm text-muted">{t("register.panel.nothing")}</p>}
      </div>
    </fieldset>
  );

  function choicesOf(): Choice[] {
    const found = new Map(facets.values[name].map((each) => [each.value, each]));
    const own = ownValues[name];
    if (own) {
      const { values, prefix } = own;
      return values.map((value) => ({
        value,
        label: t.dynamic(`${prefix}.${value}`),
        count: found.get(value)?.count ?? 0,
      }));
    }
    for (const value of chosen)
      if (!found.has(value) && value !== "me") found.set(value, { value, label: value, count: 0 });
    const named = [...found.values()].map(({ value, label, count }) => ({ value, label: label ?? value, count }));
    if (name !== "owner") return named.sort((a, b) => b.count - a.count || compare(a.label, b.label));
    const nobody = found.get("nobody")?.count ?? 0;
    return [
      { value: "me", label: t("common.me"), count: facets.mine },
      { value: "nobody", label: t("common.nobody"), count: nobody },
      ...named.filter(({ value }) => value !== "nobody").sort((a, b) => compare(a.label, b.label)),
    ];
  }
}

const plain = (text: string) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("đ", "d")
    .toLowerCase();

const ownValues: Partial<Record<FacetName, { values: readonly string[]; prefix: string }>> = {
  schedule: {
    values: ["overdue", "due_soon", "upcoming", "undated", "done", "ended"] satisfies Filters["schedule"],
    prefix: "commitments.schedule",
  },
  status: {
    values: [
      "not_reported",
      "not_started",
      "limited",
      "substantial",
      "complete",
      "withdrawn",
      "superseded",
    ] satisfies Filters["status"],
    prefix: "commitments.completion",
  },
  form: { values: ["instrument", "pledge", "target"] satisfies Filters["form"], prefix: "commitments.form" },
  strength: {
    values: ["obligation", "pledge", "aspiration", "description"] satisfies Filters["strength"],
    prefix: "commitments.strength",
  },
  evidence: {
    values: ["none", "reported", "documented", "verified"] satisfies Filters["evidence"],
    prefix: "commitments.evidence",
  },
};
