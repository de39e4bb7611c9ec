import { wordsOf } from "#lib/commitments/export-columns.ts";
import { type Locale, locales } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import {
  type Completion,
  type Evidence,
  type Form,
  type Kind,
  MoneyStage,
  type PartyRole,
  type Strength,
} from "#prisma/generated/enums.ts";
import { type Column, folded, partyRoles } from "./columns.ts";
import type { Lookups, Named, Present } from "./register.ts";

/** Words of files: what they mean in any of the three languages, and how a record's values are written in one. */

/** What a word stands for: one thing, nothing that is known, or several. */
export type Meaning<T> = { one: T } | "unknown" | "several";

/** Looks words up without regard to case, space and the way of writing accents. */
class Dictionary<T extends string> {
  private readonly meanings = new Map<string, Set<T>>();

  add(value: T, names: readonly (string | null | undefined)[]): void {
    for (const name of names) {
      if (!name) continue;
      const key = folded(name);
      const values = this.meanings.get(key);
      if (values) values.add(value);
      else this.meanings.set(key, new Set([value]));
    }
  }

  find(word: string): Meaning<T> {
    const [first, ...others] = this.meanings.get(folded(word)) ?? [];
    if (first === undefined) return "unknown";
    return others.length > 0 ? "several" : { one: first };
  }
}

const spoken = locales.map((locale) => {
  const t = translator(locale);
  const stages = Object.fromEntries(
    Object.values(MoneyStage).map((stage) => [stage, t(`commitments.moneyStage.${stage}`)]),
  ) as Record<MoneyStage, string>;
  return [locale, { ...wordsOf(t), stage: stages }] as const;
});
const wordsIn = Object.fromEntries(spoken) as Record<Locale, (typeof spoken)[number][1]>;

type Choices = {
  form: Form;
  kind: Kind;
  strength: Strength;
  completion: Completion;
  evidence: Evidence;
  stage: MoneyStage;
};

const choices = Object.fromEntries(
  (["form", "kind", "strength", "completion", "evidence", "stage"] as const).map((field) => {
    const dictionary = new Dictionary<string>();
    for (const locale of locales)
      for (const [value, word] of Object.entries(wordsIn[locale][field])) dictionary.add(value, [value, word]);
    return [field, dictionary];
  }),
) as unknown as { [F in keyof Choices]: Dictionary<Choices[F]> };

/** The value of a field that a word means. */
export const chosen = <F extends keyof Choices>(field: F, word: string): Meaning<Choices[F]> =>
  choices[field].find(word);

/** The words of a field's values, for the template. */
export const wordsFor = (field: keyof Choices, locale: Locale): string[] => Object.values(wordsIn[locale][field]);

/** What the words of a file may mean in a portfolio, ready to be looked up. */
export type Vocabulary = Lookups & {
  sector: Dictionary<string>;
  party: Dictionary<string>;
  place: Dictionary<string>;
  person: Dictionary<string>;
  source: Map<string, Lookups["sources"][number]>;
  /** Names by id. */
  names: Map<string, Named>;
  sourceKeys: Map<string, string>;
};

export function vocabularyOf(lookups: Lookups): Vocabulary {
  const dictionaryOf = (all: readonly Named[]) => {
    const dictionary = new Dictionary<string>();
    for (const { id, name, aliases } of all) dictionary.add(id, [id, ...Object.values(name), ...aliases]);
    return dictionary;
  };
  const person = new Dictionary<string>();
  for (const { id, name, email } of lookups.people) person.add(id, [name, email]);
  const named = (noun: string, all: readonly Named[]) => all.map((each) => [`${noun}:${each.id}`, each] as const);
  return {
    ...lookups,
    sector: dictionaryOf(lookups.sectors),
    party: dictionaryOf(lookups.parties),
    place: dictionaryOf(lookups.places),
    person,
    source: new Map(lookups.sources.map((source) => [source.key, source])),
    names: new Map([
      ...named("sector", lookups.sectors),
      ...named("party", lookups.parties),
      ...named("place", lookups.places),
    ]),
    sourceKeys: new Map(lookups.sources.map(({ id, key }) => [id, key])),
  };
}

/** Between the entries of a cell that has several. */
export const between = "; ";

/** What stands in a record's cell of a column, in a language: the register's file and the template are made of this. */
export function cellOf(record: Present, column: Column, locale: Locale, vocabulary: Vocabulary): string {
  const words = wordsIn[locale];
  const name = (noun: "sector" | "party" | "place", id: string) =>
    pickText(vocabulary.names.get(`${noun}:${id}`)?.name, locale) || id;
  const inRole = (role: string) => namesOf(record.parties.filter((party) => party.role === role));
  const namesOf = (parties: readonly { partyId: string }[]) =>
    [...new Set(parties.map(({ partyId }) => name("party", partyId)))].join(between);
  switch (column) {
    case "reference":
      return record.reference;
    case "title.en":
    case "title.vi":
    case "title.lo":
      return record.title[column.slice(-2) as Locale];
    case "statement.en":
    case "statement.vi":
    case "statement.lo":
      return record.statement[column.slice(-2) as Locale];
    case "form":
      return record.form ? words.form[record.form] : "";
    case "kind":
      return record.kind ? words.kind[record.kind] : "";
    case "strength":
      return record.strength ? words.strength[record.strength] : "";
    case "sector":
      return record.sectorId === null ? "" : name("sector", record.sectorId);
    case "parties": {
      const weight = (role: PartyRole) => partyRoles.indexOf(role);
      return namesOf(
        [...record.parties].sort((a, b) => weight(a.role) - weight(b.role) || (a.partyId < b.partyId ? -1 : 1)),
      );
    }
    case "lead":
    case "counterpart":
    case "signatory":
    case "participant":
    case "beneficiary":
    case "funder":
      return inRole(column);
    case "places":
      return record.places.map((id) => name("place", id)).join(between);
    case "money":
      return record.money
        .map(({ amount, currency, stage }) => `${amount} ${currency} ${words.stage[stage]}`)
        .join(between);
    case "owner":
      return record.ownerName ?? "";
    case "completion":
      return words.completion[record.completion];
    case "evidence":
      return words.evidence[record.evidence];
    case "report":
      return record.report;
    case "phrase":
      return record.phrase ?? "";
    case "edtf":
      return record.edtf ?? "";
    case "citations":
      return record.citations
        .map(({ sourceId, paragraph }) => `${vocabulary.sourceKeys.get(sourceId) ?? sourceId} ${paragraph}`)
        .join(between);
    case "reason":
    case "earliest":
    case "latest":
    case "schedule":
    case "updated":
      return "";
  }
}
