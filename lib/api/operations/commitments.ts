import { z } from "zod";
import * as commands from "#lib/commitments/commands.ts";
import * as creating from "#lib/commitments/creating.ts";
import { decodeCursor } from "#lib/commitments/cursor.ts";
import * as editing from "#lib/commitments/editing.ts";
import { filterSchema, parseListing } from "#lib/commitments/filters.ts";
import * as linking from "#lib/commitments/linking.ts";
import { publishCommitment, publishedCommitment } from "#lib/commitments/published.ts";
import { getRecord, getRecordById, getRecordByReference, listRecords } from "#lib/commitments/record.ts";
import { orderOf } from "#lib/commitments/where.ts";
import { InvalidInput } from "#lib/errors.ts";
import { teamToday } from "#lib/team-day.ts";
import { uuid } from "#lib/text.ts";
import type { Call, Operation, Writing } from "../operation.ts";
import { ofPortfolio, pageAsked, paged } from "../query.ts";
import { shapes } from "../shapes.ts";

/** What people do with the records: the daily work, and editing what they say. */

/** The register's filters and order, in the register's words (lib/commitments/filters.ts). */
const { q: _q, within: _within, due: _due, overdueOn: _overdueOn, ...lists } = filterSchema.shape;
const single = { q: z.string().optional(), within: z.string().optional(), due: z.string().optional() };
const filters = { ...single, overdueOn: z.string().optional(), sort: z.string().optional() };

async function list({ actor, query, search, today }: Call) {
  const { portfolioId, limit, cursor } = pageAsked(query);
  const { listing, refused } = parseListing(search);
  if (refused.length > 0) throw new InvalidInput(Object.fromEntries(refused.map((name) => [name, ["errors.filter"]])));
  const fits = orderOf(listing.sort, "en").map((part) => part.fits);
  if (cursor !== null && !decodeCursor(cursor, listing.sort, fits))
    throw new InvalidInput({ cursor: ["errors.cursor"] });
  const { records, next } = await listRecords(actor, portfolioId, { ...listing, after: cursor }, { today, limit });
  return { data: records.map((record) => publishCommitment(record, today)), next };
}

const recordOf = ({ actor, params }: Call) => {
  const text = String(params.id);
  return uuid.safeParse(text).success ? getRecordById(actor, text) : getRecordByReference(actor, text);
};

async function history(call: Call) {
  const record = await recordOf(call);
  const { limit } = pageAsked(call.query);
  const found = record && (await getRecord(call.actor, record.portfolioId, record.reference, limit));
  if (!found) return null;
  return {
    data: found.history.map(({ id, at, actorName, verb, changes }) => ({ id, at, by: actorName, verb, changes })),
    more: found.moreHistory,
  };
}

const entry = z.strictObject({
  id: z.int(),
  at: shapes.instant,
  by: z.string(),
  verb: z.string(),
  /** Field → before and after. */
  changes: z.record(z.string(), z.array(z.unknown()).length(2)),
});

const made = z.strictObject({ id: z.uuid(), reference: z.string(), version: z.int().positive() });

/** An edit of what a record says, under its own address. */
const edits = (name: string, command: Writing["command"]): Writing => ({
  method: "PUT",
  path: `/commitments/{id}/${name}`,
  least: "editor",
  command,
  output: shapes.edited,
});

/** Something that is done with a record. */
const acts = (name: string, command: Writing["command"]): Writing => ({ ...edits(name, command), method: "POST" });

export const commitments: Record<string, Operation> = {
  "commitments.list": {
    method: "GET",
    path: "/commitments",
    least: "viewer",
    query: { ...filters, ...ofPortfolio },
    lists,
    output: shapes.page(publishedCommitment),
    give: list,
  },
  "commitments.get": {
    method: "GET",
    path: "/commitments/{id:record}",
    least: "viewer",
    output: publishedCommitment,
    give: async (call) => {
      const record = await recordOf(call);
      return record && publishCommitment(record, teamToday(call.now));
    },
  },
  "commitments.history": {
    method: "GET",
    path: "/commitments/{id:record}/history",
    least: "viewer",
    query: { limit: paged.limit },
    output: z.strictObject({ data: z.array(entry), more: z.boolean() }),
    give: history,
  },
  "commitments.create": {
    method: "POST",
    path: "/commitments",
    least: "manager",
    command: creating.createCommitment,
    hidden: ["seed"],
    output: made,
    creates: "/commitments",
  },
  "commitments.duplicate": {
    ...acts("duplicate", creating.duplicateCommitment),
    least: "manager",
    output: made,
    creates: "/commitments",
  },
  "commitments.changeMany": {
    method: "POST",
    path: "/commitments/changes",
    least: "editor",
    command: commands.changeMany,
    output: z.array(shapes.edited),
  },
  "commitments.delete": {
    method: "DELETE",
    path: "/commitments/{id}",
    least: "admin",
    command: commands.deleteCommitment,
    output: z.strictObject({ reference: z.string() }),
  },
  "commitments.report": acts("reports", commands.reportProgress),
  "commitments.withdraw": acts("withdraw", commands.withdraw),
  "commitments.reopen": acts("reopen", commands.reopen),
  "commitments.supersede": acts("supersede", editing.supersede),
  "commitments.owner": edits("owner", commands.assignOwner),
  "commitments.deadline": edits("deadline", commands.reviseDeadline),
  "commitments.texts": edits("texts", editing.editTexts),
  "commitments.classification": edits("classification", editing.classify),
  "commitments.parties": edits("parties", editing.setParties),
  "commitments.money": edits("money", editing.setMoney),
  "commitments.milestones": edits("milestones", editing.setMilestones),
  "commitments.instrument": edits("instrument", editing.editInstrument),
  "commitments.relations": edits("relations", editing.setRelations),
  "commitments.meetings": edits("meetings", linking.setMeetings),
  "commitments.indicators": edits("indicators", linking.setIndicators),
  "commitments.cite": acts("citations", editing.addCitation),
  "commitments.uncite": {
    method: "DELETE",
    path: "/commitments/{id}/citations/{citationId}",
    least: "editor",
    command: editing.removeCitation,
    output: shapes.edited,
  },
};
