import type { Choice, ChoiceNoun } from "#lib/commitments/choices.ts";
import type { CommitmentRecord } from "#lib/commitments/record.ts";
import type { Day } from "#lib/dates.ts";
import type { CompiledMessages, MessageScope } from "#lib/i18n/compiled.ts";

/** The forms in which a record is edited, and what each has to offer for choosing. Their code is fetched when one opens. */
export const choicesOfForm = {
  report: [],
  owner: [],
  deadline: ["meetings"],
  texts: [],
  classify: ["sectors"],
  parties: [],
  money: [],
  milestones: [],
  instrument: [],
  relations: [],
  citations: ["sources"],
  meetings: ["meetings"],
  indicators: [],
  withdraw: [],
  supersede: [],
  reopen: [],
  duplicate: [],
  delete: [],
} as const satisfies Record<string, readonly ChoiceNoun[]>;

export type FormName = keyof typeof choicesOfForm;

export const isFormName = (name: string): name is FormName => Object.hasOwn(choicesOfForm, name);

/** The words of the forms. They come with the form's data, so that a page that is only read does not carry them. */
export const formMessages = [
  "common",
  "errors",
  "dates",
  "parties.role",
  "parties.edit.notThere",
  "meetings.relation",
  "commitments.edit",
  "commitments.field",
  "commitments.form",
  "commitments.kind",
  "commitments.strength",
  "commitments.completion",
  "commitments.evidence",
  "commitments.confidence",
  "commitments.binding",
  "commitments.lifecycle",
  "commitments.moneyStage",
  "commitments.history.field.meetings",
  "commitments.history.field.indicators",
] as const satisfies readonly MessageScope[];

/** What a form begins with: the record as it stands at that moment, and what there is to choose from. */
export type FormData = {
  record: CommitmentRecord;
  choices: Partial<Record<ChoiceNoun, Choice[]>>;
  messages: CompiledMessages;
  today: Day;
  me: { id: string; name: string } | null;
  /** Whether the actor may make somebody else the owner of what nobody owns. */
  mayGive: boolean;
  /** Whether the actor may add what records refer to. */
  mayRecord: boolean;
};
