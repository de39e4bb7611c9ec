import { buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { controlClass } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { format } from "#lib/i18n/format.ts";
import { localeOf, type Translator } from "#lib/i18n/translator.ts";

type Choice = { id: string; title: string; day: string };
type Props = {
  t: Translator;
  portfolio: string;
  choices: readonly Choice[];
  /** Ids; `b` may be "now". */
  a: string | null;
  b: string | null;
};

/** Which two reports are compared. A plain form: the address is the comparison. */
export function CompareForm({ t, portfolio, choices, a, b }: Props) {
  const f = format(localeOf(t));
  const base = `/${portfolio}/reports/compare`;
  const options = choices.map(({ id, title, day }) => (
    <option key={id} value={id}>
      {t("issuing.compare.choice", { title, date: f.date(day) })}
    </option>
  ));
  return (
    <form action={base} className="flex flex-wrap items-end gap-3 print:hidden">
      {(["a", "b"] as const).map((name) => (
        <Field
          key={name}
          label={t(name === "a" ? "issuing.compare.first" : "issuing.compare.second")}
          className="min-w-0 max-w-full"
        >
          {(control) => (
            <select {...control} name={name} defaultValue={(name === "a" ? a : b) ?? ""} className={controlClass}>
              {name === "b" && <option value="now">{t("issuing.page.now")}</option>}
              {options}
            </select>
          )}
        </Field>
      ))}
      <button type="submit" className={buttonClass({ variant: "primary" })}>
        {t("issuing.page.show")}
      </button>
      {a && b && b !== "now" && (
        <LinkButton href={`${base}?a=${b}&b=${a}`} icon="sort">
          {t("issuing.compare.swap")}
        </LinkButton>
      )}
    </form>
  );
}
