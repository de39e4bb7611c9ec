import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { EventFilter, Searchable } from "#lib/audit/search.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";

type Props = { t: Translator; filter: EventFilter; searchable: Searchable };

/** What happened, in the reader's words; one that has none says itself. */
export function verbText(t: Translator, verb: string): string {
  const key = `audit.verb.${verb}`;
  const text = translateKey(t, key);
  return text === key ? verb : text;
}

/** Narrows the history. A plain form: the address is the search. */
export function EventSearch({ t, filter, searchable }: Props) {
  const { people, verbs, sealed, hash } = searchable;
  const named = verbs.map((verb) => ({ verb, text: verbText(t, verb) })).sort((a, b) => a.text.localeCompare(b.text));
  return (
    <>
      <search>
        <form action="/audit" className="flex flex-wrap items-end gap-3">
          <Field label={t("audit.who")} className="w-52">
            {(control) => (
              <Select {...control} name="actor" defaultValue={filter.actor ?? ""}>
                <option value="">{t("audit.anybody")}</option>
                <option value="system">{t("audit.system")}</option>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("audit.what")} className="w-60">
            {(control) => (
              <Select {...control} name="verb" defaultValue={filter.verb ?? ""}>
                <option value="">{t("audit.anything")}</option>
                {named.map(({ verb, text }) => (
                  <option key={verb} value={verb}>
                    {text}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {(["from", "to"] as const).map((name) => (
            <Field key={name} label={t(`audit.${name}`)}>
              {(control) => <Input {...control} type="date" name={name} defaultValue={filter[name] ?? ""} />}
            </Field>
          ))}
          <Field label={t("audit.q")} className="w-60">
            {(control) => <Input {...control} type="search" name="q" defaultValue={filter.q} maxLength={100} />}
          </Field>
          <Button type="submit" icon="search">
            {t("audit.find")}
          </Button>
        </form>
      </search>
      {hash && (
        <p className="text-sm text-muted">
          {t("audit.sealed", { count: sealed })} <code className="break-all">{hash}</code>
        </p>
      )}
    </>
  );
}
