import type { z } from "zod";
import { changesBetween, command, type Context } from "#lib/command.ts";
import { NotFound, RuleBroken } from "#lib/errors.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import type { Texts } from "#lib/text.ts";
import { asDate, boundsOf, deadlineFrom } from "./commands.ts";
import { changeOf, edit, loadCommitment, setColumns } from "./load.ts";
import { may } from "./policy.ts";
import { wouldCycle } from "./rules.ts";
import {
  citationInput,
  classifyInput,
  createInput,
  instrumentInput,
  milestonesInput,
  moneyInput,
  partiesInput,
  relationsInput,
  removeCitationInput,
  targetInput,
  textsInput,
} from "./schema.ts";

/** Making records, and editing what they say. The daily work (status, owner, deadline) is in commands.ts. */

/** Enters a commitment. Gives its id and its reference, the portfolio's prefix and the next number. */
export const createCommitment = command({
  verb: "commitment.create",
  input: createInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId } }),
  allow: (actor, _portfolio, input) => may(actor, "create") && (input.seed === null || actor.id === null),
  run: async (context, portfolio, input) => {
    const { tx, actor, now } = context;
    const { parties, money, places, milestones, citations, meetings, indicatorIds, instrument, deadline, seed, ...own } = input;
    await checkRelated(context, portfolio.id, input);
    await checkReferences(context, portfolio.id, input);
    // The row lock of this update also keeps two creators from taking the same number.
    const { lastNumber } = await tx.portfolio.update({
      where: { id: portfolio.id },
      data: { lastNumber: seed?.number ? Math.max(seed.number, portfolio.lastNumber) : { increment: 1 } },
      select: { lastNumber: true },
    });
    const number = seed?.number ?? lastNumber;
    const dates = await deadlineFrom(context, portfolio.id, deadline ?? { phrase: null, edtf: null, anchorId: null });
    const { lifecycle, inferred, ...details } = instrument ?? { lifecycle: null, inferred: null };
    const record = await tx.commitment.create({
      data: {
        ...own,
        ...dates,
        deadlineInferred: deadline?.inferred ?? undefined,
        number,
        reference: referenceOf(portfolio.prefix, number),
        seedKey: seed?.key ?? null,
        lifecycle: input.form === "instrument" ? (lifecycle ?? "unknown") : null,
        createdAt: now,
        updatedAt: now,
        instrument:
          input.form === "instrument"
            ? { create: { ...details, endsLatest: boundsOf(instrument?.ends ?? null).latest, inferred: inferred ?? undefined } }
            : undefined,
        parties: { createMany: { data: parties } },
        places: { createMany: { data: places.map((placeId) => ({ placeId })) } },
        money: { createMany: { data: money } },
        milestones: { createMany: { data: milestoneColumns(milestones) } },
        citations: { createMany: { data: citations.map(({ note, ...rest }) => ({ ...rest, note: note ?? undefined })) } },
        meetings: { createMany: { data: meetings } },
        indicators: { createMany: { data: indicatorIds.map((indicatorId) => ({ indicatorId })) } },
        revisions: deadline
          ? {
              create: {
                seq: 0,
                phrase: dates.deadlinePhrase,
                edtf: dates.deadlineEdtf,
                earliest: dates.deadlineEarliest,
                latest: dates.deadlineLatest,
                anchorId: dates.deadlineAnchorId,
                byId: actor.id,
                byName: actor.name,
                at: now,
              },
            }
          : undefined,
      },
      select: { id: true, reference: true, version: true },
    });
    return {
      changed: [changeOf({ id: record.id, portfolioId: portfolio.id }, { created: [null, { reference: record.reference, title: own.title }] })],
      result: record,
    };
  },
});

/** "VL-007": three digits, more when they are needed. */
export const referenceOf = (prefix: string, number: number) => `${prefix}-${String(number).padStart(3, "0")}`;

/** A new record with the same texts, parties, places, sector and citations; nothing of its status, owner or deadline. */
export const duplicateCommitment = command({
  verb: "commitment.duplicate",
  input: targetInput,
  load: ({ tx }, { id }) =>
    tx.commitment.findUnique({ where: { id }, include: { parties: true, places: true, citations: true, instrument: true } }),
  allow: (actor) => may(actor, "create"),
  run: async (context, record) => ({
    changed: [],
    result: await createCommitment.within(context, {
      portfolioId: record.portfolioId,
      form: record.form,
      kind: record.kind,
      strength: record.strength,
      sectorId: record.sectorId,
      title: record.title,
      statement: record.statement,
      draftLocales: record.draftLocales,
      parentId: record.parentId,
      parties: record.parties.map(({ partyId, role }) => ({ partyId, role })),
      places: record.places.map(({ placeId }) => placeId),
      citations: record.citations.map(({ sourceId, paragraph, note }) => ({ sourceId, paragraph, note })),
    }),
  }),
});

/** What is promised, in the three languages, and which of them nobody has reviewed yet. */
export const editTexts = edit("editTexts", "update", textsInput, async (_context, record, { title, statement, draftLocales }) => {
  const changes = { ...languageChanges("title", record.title as Texts, title), ...languageChanges("statement", record.statement as Texts, statement) };
  return { data: { title, statement, draftLocales }, changes: { ...changes, ...setColumns(record, { draftLocales }).changes } };
});

function languageChanges(field: string, before: Texts, after: Texts) {
  const named = (texts: Texts) => Object.fromEntries(Object.entries(texts).map(([locale, text]) => [`${field}.${locale}`, text]));
  return changesBetween(named(before), named(after));
}

/** Form, kind, strength and sector. What only an instrument has is kept when the form changes, in case it changes back. */
export const classify = edit("classify", "update", classifyInput, async ({ tx }, record, { form, kind, strength, sectorId }) => {
  if ((await tx.sector.count({ where: { id: sectorId } })) === 0) throw new RuleBroken("errors.noSuchSector");
  const { data, changes } = setColumns(record, { form, kind, strength, sectorId });
  if (form === "instrument") await tx.instrument.upsert({ where: { commitmentId: record.id }, create: { commitmentId: record.id }, update: {} });
  return { data: { ...data, lifecycle: form === "instrument" ? (record.lifecycle ?? "unknown") : null }, changes };
});

export const setParties = edit("setParties", "update", partiesInput, async ({ tx }, record, { parties, places }) => {
  await checkKnown(tx.party, parties.map((row) => row.partyId), "errors.noSuchParty");
  await checkKnown(tx.place, places, "errors.noSuchPlace");
  const where = { commitmentId: record.id };
  const [hadParties, hadPlaces] = [await tx.commitmentParty.findMany({ where }), await tx.commitmentPlace.findMany({ where })];
  const changes = changesBetween(
    { parties: hadParties.map((row) => `${row.role}:${row.partyId}`).sort(), places: hadPlaces.map((row) => row.placeId).sort() },
    { parties: parties.map((row) => `${row.role}:${row.partyId}`).sort(), places: [...places].sort() },
  );
  if (changes.parties) {
    await tx.commitmentParty.deleteMany({ where });
    await tx.commitmentParty.createMany({ data: parties.map((row) => ({ ...where, ...row })) });
  }
  if (changes.places) {
    await tx.commitmentPlace.deleteMany({ where });
    await tx.commitmentPlace.createMany({ data: places.map((placeId) => ({ ...where, placeId })) });
  }
  return { data: {}, changes };
}, async ({ tx }, { id }) => ({
  parties: await tx.commitmentParty.findMany({ where: { commitmentId: id }, select: { partyId: true, role: true } }),
  places: (await tx.commitmentPlace.findMany({ where: { commitmentId: id } })).map((row) => row.placeId),
}));

export const setMoney = edit("setMoney", "update", moneyInput, async ({ tx }, record, { money }) => {
  const where = { commitmentId: record.id };
  const had = await tx.money.findMany({ where, orderBy: { id: "asc" } });
  const told = (row: { amount: unknown; currency: string; stage: string }) => `${Number(row.amount)} ${row.currency} ${row.stage}`;
  const changes = changesBetween({ money: had.map(told) }, { money: money.map(told) });
  if (changes.money) {
    await tx.money.deleteMany({ where });
    await tx.money.createMany({ data: money.map((row) => ({ ...where, ...row })) });
  }
  return { data: {}, changes };
}, async ({ tx }, { id }) => ({ money: await tx.money.findMany({ where: { commitmentId: id }, orderBy: { id: "asc" } }) }));

export const setMilestones = edit("setMilestones", "update", milestonesInput, async ({ tx }, record, { milestones }) => {
  const where = { commitmentId: record.id };
  const had = await tx.milestone.findMany({ where, orderBy: { position: "asc" } });
  const rows = milestoneColumns(milestones);
  const told = (row: { title: unknown; phrase: string | null; edtf: string | null; doneOn: Date | null }) => ({
    title: row.title,
    phrase: row.phrase,
    edtf: row.edtf,
    doneOn: row.doneOn?.toISOString().slice(0, 10) ?? null,
  });
  const changes = changesBetween({ milestones: had.map(told) }, { milestones: rows.map(told) });
  if (changes.milestones) {
    await tx.milestone.deleteMany({ where });
    await tx.milestone.createMany({ data: rows.map((row) => ({ ...where, ...row })) });
  }
  return { data: {}, changes };
}, async ({ tx }, { id }) => ({ milestones: await tx.milestone.findMany({ where: { commitmentId: id }, orderBy: { position: "asc" } }) }));

type MilestoneInput = { title: Texts; phrase: string | null; edtf: string | null; doneOn: string | null };

function milestoneColumns(milestones: readonly MilestoneInput[]) {
  return milestones.map(({ title, phrase, edtf, doneOn }, position) => ({
    position,
    title,
    phrase,
    edtf,
    ...boundsOf(edtf),
    doneOn: doneOn === null ? null : asDate(doneOn),
  }));
}

/** Signed, in effect, ends, binding ...: what only a written commitment has. */
export const editInstrument = edit("editInstrument", "update", instrumentInput, async ({ tx }, record, input) => {
  if (record.form !== "instrument") throw new RuleBroken("errors.notInstrument");
  const { id: _id, version: _version, lifecycle, ...details } = input;
  const had = await tx.instrument.findUniqueOrThrow({ where: { commitmentId: record.id } });
  const before = Object.fromEntries(Object.keys(details).map((field) => [field, had[field as keyof typeof had]]));
  const own = setColumns(record, { lifecycle });
  const changes = { ...changesBetween(before, details), ...own.changes };
  await tx.instrument.update({ where: { commitmentId: record.id }, data: { ...details, endsLatest: boundsOf(details.ends).latest } });
  return { data: own.data, changes };
});

/** What the record is made under, and what it continues. */
export const setRelations = edit("setRelations", "update", relationsInput, async (context, record, { parentId, predecessorId }) => {
  await checkRelated(context, record.portfolioId, { parentId, predecessorId });
  for (const [column, next] of [["parentId", parentId], ["predecessorId", predecessorId]] as const) {
    if (next !== null && next !== record[column] && (await makesCircle(context, record.id, next, column))) throw new RuleBroken("errors.circle");
  }
  return setColumns(record, { parentId, predecessorId });
});

async function makesCircle({ tx }: Context, id: string, next: string, column: "parentId" | "predecessorId"): Promise<boolean> {
  const above = new Map<string, string | null>();
  for (let at: string | null = next; at !== null && !above.has(at); at = above.get(at) ?? null) {
    const row: { parentId: string | null; predecessorId: string | null } | null = await tx.commitment.findUnique({
      where: { id: at },
      select: { parentId: true, predecessorId: true },
    });
    above.set(at, row?.[column] ?? null);
  }
  return wouldCycle(id, next, (at) => above.get(at) ?? null);
}

export const addCitation = edit("addCitation", "update", citationInput, async ({ tx }, record, { sourceId, paragraph, note, supports }) => {
  const source = await tx.source.findFirst({ where: { id: sourceId, portfolioId: record.portfolioId } });
  if (!source) throw new RuleBroken("errors.noSuchSource");
  if (paragraph > source.paragraphs) throw new RuleBroken("errors.noSuchParagraph");
  await tx.citation.create({ data: { commitmentId: record.id, sourceId, paragraph, supports, note: note ?? undefined } });
  return { data: {}, changes: { citation: [null, { source: source.key, paragraph }] } };
});

export const removeCitation = edit("removeCitation", "update", removeCitationInput, async ({ tx }, record, { citationId }) => {
  const citation = await tx.citation.findFirst({ where: { id: citationId, commitmentId: record.id }, include: { source: true } });
  if (!citation) throw new NotFound();
  await tx.citation.delete({ where: { id: citationId } });
  return { data: {}, changes: { citation: [{ source: citation.source.key, paragraph: citation.paragraph }, null] } };
});

/** The records that this one names exist, in the same portfolio. */
async function checkRelated(context: Context, portfolioId: string, { parentId, predecessorId }: { parentId: string | null; predecessorId: string | null }) {
  for (const id of [parentId, predecessorId]) {
    if (id !== null && (await loadCommitment(context, id))?.portfolioId !== portfolioId) throw new RuleBroken("errors.noSuchRecord");
  }
}

/** What a new record refers to is there, and belongs to the same portfolio. */
async function checkReferences(context: Context, portfolioId: string, input: z.output<typeof createInput>) {
  const { tx } = context;
  if ((await tx.sector.count({ where: { id: input.sectorId } })) === 0) throw new RuleBroken("errors.noSuchSector");
  if (input.ownerId !== null && (await tx.person.count({ where: { id: input.ownerId, disabledAt: null } })) === 0) {
    throw new RuleBroken("errors.noSuchPerson");
  }
  await checkKnown(tx.party, input.parties.map((row) => row.partyId), "errors.noSuchParty");
  await checkKnown(tx.place, input.places, "errors.noSuchPlace");
  await checkPlaces(context, portfolioId, input.citations);
  const ours = (ids: readonly string[]) => ({ where: { portfolioId, id: { in: [...new Set(ids)] } } });
  const meetings = input.meetings.map((row) => row.meetingId);
  if (meetings.length > 0 && (await tx.meeting.count(ours(meetings))) !== new Set(meetings).size) throw new RuleBroken("errors.noSuchMeeting");
  const indicators = input.indicatorIds;
  if (indicators.length > 0 && (await tx.indicator.count(ours(indicators))) !== indicators.length) {
    throw new RuleBroken("errors.noSuchIndicator");
  }
}

type Countable = { count: (query: { where: { id: { in: string[] } } }) => Promise<number> };

async function checkKnown(table: Countable, ids: readonly string[], errorKey: string): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  if ((await table.count({ where: { id: { in: wanted } } })) !== wanted.length) throw new RuleBroken(errorKey);
}
