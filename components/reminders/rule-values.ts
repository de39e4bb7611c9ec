import type { RuleRow } from "#lib/reminders/rule-row.ts";
import type { Said } from "#lib/reminders/sentence.ts";
import type { DayCount, Recipient, ReminderDate } from "#prisma/generated/enums.ts";

/** A rule as its form holds it: numbers as people type them, before and after apart. */
export type RuleValues = {
  name: { en: string; vi: string; lo: string };
  /** How the records were chosen, and which: a saved view's query, or an address of the register. */
  of: "all" | "view" | "address";
  view: string;
  address: string;
  date: ReminderDate;
  reportEvery: string;
  before: string;
  onDay: boolean;
  after: string;
  repeatEvery: string;
  counting: DayCount;
  countries: string[];
  recipients: Recipient[];
  personId: string;
  escalates: boolean;
  escalateAfter: string;
  escalateTo: Recipient[];
  escalatePersonId: string;
};

export const newRule: RuleValues = {
  name: { en: "", vi: "", lo: "" },
  of: "all",
  view: "",
  address: "",
  date: "deadline",
  reportEvery: "60",
  before: "30, 7",
  onDay: true,
  after: "",
  repeatEvery: "",
  counting: "calendar",
  countries: ["VN"],
  recipients: ["owner", "watchers"],
  personId: "",
  escalates: false,
  escalateAfter: "30",
  escalateTo: ["managers"],
  escalatePersonId: "",
};

type Given = Pick<RuleRow, keyof Said & keyof RuleRow> &
  Pick<RuleRow, "name" | "query" | "personId" | "escalatePersonId">;

/** A rule as it stands, for its form. `views` are the queries that can be chosen by a name. */
export function valuesOf(rule: Given, views: readonly string[]): RuleValues {
  const text = (days: number | null, otherwise = "") => (days === null ? otherwise : String(days));
  const some = (fits: (days: number) => boolean) =>
    rule.offsets
      .filter(fits)
      .map((days) => Math.abs(days))
      .join(", ");
  const isView = rule.query !== "" && views.includes(rule.query);
  return {
    name: rule.name,
    of: rule.query === "" ? "all" : isView ? "view" : "address",
    view: isView ? rule.query : "",
    address: isView ? "" : rule.query,
    date: rule.date,
    reportEvery: text(rule.reportEvery, newRule.reportEvery),
    before: some((days) => days < 0),
    onDay: rule.offsets.includes(0),
    after: some((days) => days > 0),
    repeatEvery: text(rule.repeatEvery),
    counting: rule.counting,
    countries: [...rule.countries],
    recipients: [...rule.recipients],
    personId: rule.personId ?? "",
    escalates: rule.escalateAfter !== null,
    escalateAfter: text(rule.escalateAfter, newRule.escalateAfter),
    escalateTo: rule.escalateTo.length > 0 ? [...rule.escalateTo] : newRule.escalateTo,
    escalatePersonId: rule.escalatePersonId ?? "",
  };
}

/** What is typed as a whole number; anything else stays as it is, for the schema to refuse. */
const number = (text: string) => (/^\d{1,6}$/.test(text.trim()) ? Number(text) : text);
const orNone = (text: string) => (text.trim() === "" ? null : number(text));
const numbers = (text: string) =>
  text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(number);

/** The query of the records that are chosen. */
export const queryOf = ({ of, view, address }: Pick<RuleValues, "of" | "view" | "address">) =>
  of === "all" ? "" : of === "view" ? view : address;

/** What the form says, as the commands take it (lib/reminders/schema.ts, which checks it). */
export function inputOf(values: RuleValues) {
  const { before, onDay, after, date, escalates } = values;
  const ahead = date === "report" ? [] : numbers(before).map((days) => (typeof days === "number" ? 0 - days : days));
  return {
    name: values.name,
    query: queryOf(values),
    date,
    reportEvery: date === "report" ? orNone(values.reportEvery) : null,
    offsets: date === "gap" ? [] : [...ahead, ...(onDay ? [0] : []), ...numbers(after)],
    repeatEvery: date === "gap" ? null : orNone(values.repeatEvery),
    counting: values.counting,
    countries: values.countries,
    recipients: values.recipients,
    personId: values.personId || null,
    escalateAfter: escalates && date !== "gap" ? orNone(values.escalateAfter) : null,
    escalateTo: escalates ? values.escalateTo : [],
    escalatePersonId: values.escalatePersonId || null,
  };
}

/** The same for the sentence under the form; null while something typed is no number. */
export function saidOf(values: RuleValues, nameOf: (id: string | null) => string | null): Said | null {
  const { personId, escalatePersonId, offsets, reportEvery, repeatEvery, escalateAfter, ...rule } = inputOf(values);
  const all = [...offsets, reportEvery, repeatEvery, escalateAfter];
  if (all.some((value) => typeof value === "string")) return null;
  if (rule.recipients.length === 0 || (rule.date !== "gap" && offsets.length === 0)) return null;
  return {
    ...rule,
    offsets: (offsets as number[]).toSorted((a, b) => a - b),
    reportEvery: reportEvery as number | null,
    repeatEvery: repeatEvery as number | null,
    escalateAfter: rule.escalateTo.length > 0 ? (escalateAfter as number | null) : null,
    person: nameOf(personId),
    escalatePerson: nameOf(escalatePersonId),
  };
}

/** Where in the form the schema's complaint about a field belongs. */
export function fieldOf(path: string): keyof RuleValues | "name.en" {
  const [field = ""] = path.split(".");
  if (field === "offsets") return "before";
  if (field === "query") return "address";
  return field === "name" ? "name.en" : (field as keyof RuleValues);
}
