import type { Context } from "#lib/change.ts";
import { assignOwner, reportProgress, reviseDeadline } from "#lib/commitments/commands.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { addCitation, classify, editTexts, setMoney, setParties } from "#lib/commitments/editing.ts";
import type { Edited } from "#lib/commitments/load.ts";
import { mayReport } from "#lib/commitments/rules.ts";
import { type Column, columns, neededColumns } from "./columns.ts";
import type { Problem, Wanted } from "./read-row.ts";
import type { Present } from "./register.ts";

/** What is to be done for one row, in the register's own commands. */

const commands = {
  ...{ createCommitment, editTexts, classify, setParties, setMoney, addCitation },
  ...{ assignOwner, reviseDeadline, reportProgress },
};
export type Verb = keyof typeof commands;

/** A command with its input; id and version of the record are those of the moment. */
export type Step = { verb: Verb; input: Record<string, unknown> };

const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);
const differIn = (one: Present, other: Present, fields: readonly (keyof Present)[]) =>
  fields.some((field) => differ(one[field], other[field]));

/** The commands that lead from a record to what a row wants, and what the commands' schemas and rules have against it. */
export function stepsOf(
  portfolioId: string,
  before: Present,
  { after, reason }: Pick<Wanted, "after" | "reason">,
): { steps: Step[]; problems: Problem[] } {
  const steps = before.id === "" ? [creating(portfolioId, after)] : editing(before, after, reason);
  const reported = differIn(before, after, ["completion", "evidence", "report"]);
  const { completion, evidence } = after;
  if (reported)
    steps.push({
      verb: "reportProgress",
      input: { completion, evidence, text: differ(before.report, after.report) ? after.report : "" },
    });
  const problems = [...ruledOut(before, after, reason), ...steps.flatMap(refused)];
  // Of several things against one cell the first is the one to mend.
  const first = problems.filter(({ column }, at) => problems.findIndex((other) => other.column === column) === at);
  return { steps, problems: first };
}

function creating(portfolioId: string, after: Present): Step {
  const { title, statement, form, kind, strength, sectorId, ownerId, parties, places, money, citations } = after;
  const { phrase, edtf } = after;
  const deadline = phrase === null && edtf === null ? null : { phrase, edtf };
  const own = { title, statement, form, kind, strength, sectorId, ownerId, deadline };
  return { verb: "createCommitment", input: { portfolioId, ...own, parties, places, money, citations } };
}

function editing(before: Present, after: Present, reason: string): Step[] {
  const steps: Step[] = [];
  const add = (fields: readonly (keyof Present)[], verb: Verb, input: Record<string, unknown>) => {
    if (differIn(before, after, fields)) steps.push({ verb, input });
  };
  const { title, statement, form, kind, strength, sectorId, ownerId, parties, places, money } = after;
  // Which languages nobody has reviewed is added when it is done: a file says nothing of it.
  add(["title", "statement"], "editTexts", { title, statement });
  add(["form", "kind", "strength", "sectorId"], "classify", { form, kind, strength, sectorId });
  add(["parties", "places"], "setParties", { parties, places });
  add(["money"], "setMoney", { money });
  for (const citation of after.citations.slice(before.citations.length))
    steps.push({ verb: "addCitation", input: citation });
  add(["ownerId"], "assignOwner", { ownerId });
  const { phrase, edtf, anchorId } = after;
  add(["phrase", "edtf"], "reviseDeadline", { phrase, edtf, anchorId, reason });
  return steps;
}

/** What the rules of the register say of the change as a whole. */
function ruledOut(before: Present, after: Present, reason: string): Problem[] {
  const problems: Problem[] = [];
  if (before.id === "") {
    const missing = neededColumns.filter((column) => isMissing(after, column));
    problems.push(...missing.map((column) => ({ column, key: "importing.errors.needed" })));
  }
  const hadDeadline = before.phrase !== null || before.edtf !== null || before.anchorId !== null;
  if (before.id !== "" && hadDeadline && reason === "" && differIn(before, after, ["phrase", "edtf"]))
    problems.push({ column: "reason", key: "errors.reasonNeeded" });
  const [from, to] = [before.completion, after.completion];
  if (from !== to && [from, to].some((each) => each === "withdrawn" || each === "superseded"))
    problems.push({ column: "completion", key: "importing.errors.closing" });
  else if (from !== to && !mayReport(from, to)) problems.push({ column: "completion", key: "errors.completionStep" });
  return problems;
}

function isMissing(after: Present, column: Column): boolean {
  // Of a text one language is enough, and English stands for all.
  if (column === "title.en" || column === "statement.en")
    return Object.values(after[column === "title.en" ? "title" : "statement"]).every((text) => text === "");
  if (column === "sector") return after.sectorId === null;
  return (column === "form" || column === "kind" || column === "strength") && after[column] === null;
}

const someRecord = { id: "00000000-0000-4000-8000-000000000000", version: 1 };

/** What the schema of a step's command has against its input. */
function refused({ verb, input }: Step): Problem[] {
  const filled =
    verb === "createCommitment"
      ? input
      : { ...someRecord, ...input, ...(verb === "editTexts" && { draftLocales: [] }) };
  const parsed = commands[verb].input.safeParse(filled);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ column: columnOf(path.map(String)), key: message }));
}

/** Which column a part of a command's input comes from. */
function columnOf([first = "", second]: readonly string[]): Column | null {
  if (first === "deadline") return second === "phrase" ? "phrase" : "edtf";
  const text = `${first}.${second ?? "en"}`;
  const names: Record<string, Column> = {
    sectorId: "sector",
    ownerId: "owner",
    parties: "lead",
    text: "report",
    paragraph: "citations",
    sourceId: "citations",
  };
  const found = names[first] ?? (first === "title" || first === "statement" ? text : first);
  return columns.find((column) => column === found) ?? null;
}

/** Does the steps of one row within the import's transaction. Gives the record as it is then. */
export async function runSteps(
  context: Context,
  record: { id: string; version: number },
  steps: readonly Step[],
): Promise<Edited & { reference?: string }> {
  let now: Edited & { reference?: string } = { ...record };
  for (const { verb, input } of steps) {
    const command: { within: (context: Context, input: unknown) => Promise<Edited & { reference?: string }> } =
      commands[verb];
    const { reference } = now;
    const done = await command.within(
      context,
      verb === "createCommitment"
        ? input
        : { ...input, ...(await draftsOf(context, verb, now.id)), id: now.id, version: now.version },
    );
    now = { ...(reference !== undefined && { reference }), ...done };
  }
  return now;
}

async function draftsOf({ tx }: Context, verb: Verb, id: string) {
  if (verb !== "editTexts") return {};
  return tx.commitment.findUniqueOrThrow({ where: { id }, select: { draftLocales: true } });
}
