import { format } from "#lib/i18n/format.ts";
import { localeOf, type Translator, translateKey } from "#lib/i18n/translator.ts";
import { facetNames } from "./facet-names.ts";
import { dueBetween, type Filters } from "./filters.ts";

/** One filter in use, in words ("Sector: Health"), and what the filters are without it. */
export type FilterWords = { id: string; text: string; without: Partial<Filters> };

/** The filters whose every value is said by itself, in the order of the screens. */
const chosen = [...facetNames, "lead", "precision"] as const;
type Chosen = (typeof chosen)[number];

/** Every filter but the search, in the reader's language; `names` are those that are data (lib/commitments/facets.ts). */
export function filterWords(t: Translator, filters: Filters, names: ReadonlyMap<string, string>): FilterWords[] {
  const f = format(localeOf(t));
  const words: FilterWords[] = chosen.flatMap((name) =>
    filters[name].map((value: string) => ({
      id: `${name} ${value}`,
      text: `${t(`register.filter.${name}`)}: ${valueName(t, name, value, names)}`,
      without: { [name]: filters[name].filter((each: string) => each !== value) },
    })),
  );
  const { within, due, overdueOn, numbers } = filters;
  if (within !== null)
    words.push({ id: "within", text: `${t("register.panel.within")}: ${within}`, without: { within: null } });
  const days = due === null ? null : dueBetween(due);
  if (days)
    words.push({
      id: "due",
      text: t("register.dueBetween", { days: f.range(days.from, days.to) }),
      without: { due: null },
    });
  if (overdueOn !== null)
    words.push({
      id: "overdueOn",
      text: t("register.overdueOn", { day: f.date(overdueOn) }),
      without: { overdueOn: null },
    });
  if (numbers.length > 0) words.push({ id: "numbers", text: t("register.chosenRecords"), without: { numbers: [] } });
  return words;
}

const sayings: Partial<Record<Chosen, string>> = {
  form: "commitments.form",
  status: "commitments.completion",
  evidence: "commitments.evidence",
  schedule: "commitments.schedule",
  strength: "commitments.strength",
  precision: "register.precision",
};

function valueName(t: Translator, name: Chosen, value: string, names: ReadonlyMap<string, string>): string {
  if (name === "owner" && value === "me") return t("common.me");
  if (name === "owner" && value === "nobody") return t("common.nobody");
  const saying = sayings[name];
  return saying ? translateKey(t, `${saying}.${value}`) : (names.get(value) ?? value);
}
