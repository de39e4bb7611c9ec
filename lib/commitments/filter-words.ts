import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import { type FacetName, facetNames } from "./facet-names.ts";
import type { Filters } from "./filters.ts";

/** One filter in use, in words: "Sector: Health". */
export type FilterWords = { name: FacetName; value: string; text: string };

/** Every chosen value in the reader's language; `names` are those that are data (lib/commitments/facets.ts). */
export function filterWords(t: Translator, filters: Filters, names: ReadonlyMap<string, string>): FilterWords[] {
  return facetNames.flatMap((name) =>
    filters[name].map((value) => ({
      name,
      value,
      text: `${t(`register.filter.${name}`)}: ${valueName(t, name, value, names)}`,
    })),
  );
}

const sayings: Partial<Record<FacetName, string>> = {
  form: "commitments.form",
  status: "commitments.completion",
  evidence: "commitments.evidence",
  schedule: "commitments.schedule",
  strength: "commitments.strength",
};

function valueName(t: Translator, name: FacetName, value: string, names: ReadonlyMap<string, string>): string {
  if (name === "owner" && value === "me") return t("common.me");
  if (name === "owner" && value === "nobody") return t("common.nobody");
  const saying = sayings[name];
  return saying ? translateKey(t, `${saying}.${value}`) : (names.get(value) ?? value);
}
