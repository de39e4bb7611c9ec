import { type Context, changesBetween, languageChanges } from "#lib/change.ts";
import { NotFound, RuleBroken } from "#lib/errors.ts";
import { checkPlaces } from "#lib/sources/places.ts";
import type { Texts } from "#lib/text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { asDate, boundsOf } from "./commands.ts";
import { edit, loadCommitment, setColumns } from "./load.ts";
import { mayMove, wouldCycle } from "./rules.ts";
import {
  citationInput,
  classifyInput,
  instrumentInput,
  milestonesInput,
  moneyInput,
  partiesInput,
  relationsInput,
  removeCitationInput,
  supersedeInput,
  textsInput,
} from "./schema.ts";

/** Editing what records say. New ones are made in creating.ts; the daily work (status, owner, deadline) is in commands.ts. */

/** What is promised, in the three languages, and which of them nobody has reviewed yet. */
export const editTexts = edit(
  "editTexts",
  "update",
  textsInput,
  async (_context, record, { title, statement, draftLocales }) => {
    const changes = {
      ...languageChanges("title", record.title as Texts, title),
      ...languageChanges("statement", record.statement as Texts, statement),
    };
    return {
      data: { title, statement, draftLocales },
      changes: { ...changes, ...setColumns(record, { draftLocales }).changes },
    };
  },
);

/**
 * Form, kind, strength and sector. What only an instrument has is kept when the form changes, in case it changes back,
 * except its lifecycle: that stays in the history.
 */
export const classify = edit(
  "classify",
  "update",
  classifyInput,
  async ({ tx }, record, { form, kind, strength, sectorId }) => {
    if ((await tx.sector.count({ where: { id: sectorId } })) === 0) throw new RuleBroken("errors.noSuchSector");
    const lifecycle = form === "instrument" ? (record.lifecycle ?? "unknown") : null;
    const { data, changes } = setColumns(record, { form, kind, strength, sectorId, lifecycle });
    if (form === "instrument")
      await tx.instrument.upsert({
        where: { commitmentId: record.id },
        create: { commitmentId: record.id },
        update: {},
      });
    return { data, changes };
  },
);

export const setParties = edit(
  "setParties",
  "update",
  partiesInput,
  async ({ tx }, record, { parties, places }) => {
    await checkKnown(
      tx.party,
      parties.map((row) => row.partyId),
      "errors.noSuchParty",
    );
    await checkKnown(tx.place, places, "errors.noSuchPlace");
    const where = { commitmentId: record.id };
    const [hadParties, hadPlaces] = [
      await tx.commitmentParty.findMany({ where }),
      await tx.commitmentPlace.findMany({ where }),
    ];
    const changes = changesBetween(
      {
        parties: hadParties.map((row) => `${row.role}:${row.partyId}`).sort(),
        places: hadPlaces.map((row) => row.placeId).sort(),
      },
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
  },
  async ({ tx }, { id }) => ({
    parties: await tx.commitmentParty.findMany({ where: { commitmentId: id }, select: { partyId: true, role: true } }),
    places: (await tx.commitmentPlace.findMany({ where: { commitmentId: id } })).map((row) => row.placeId),
  }),
);

export const setMoney = edit(
  "setMoney",
  "update",
  moneyInput,
  async ({ tx }, record, { money }) => {
    const where = { commitmentId: record.id };
    const had = await tx.money.findMany({ where, orderBy: { id: "asc" } });
    const told = ({ amount, currency, stage }: { amount: Prisma.Decimal | string; currency: string; stage: string }) =>
      `${new Prisma.Decimal(amount)} ${currency} ${stage}`;
    const changes = changesBetween({ money: had.map(told).sort() }, { money: money.map(told).sort() });
    if (changes.money) {
      await tx.money.deleteMany({ where });
      await tx.money.createMany({ data: money.map((row) => ({ ...where, ...row })) });
    }
    return { data: {}, changes };
  },
  async ({ tx }, { id }) => ({
    money: await tx.money.findMany({ where: { commitmentId: id }, orderBy: { id: "asc" } }),
  }),
);

export const setMilestones = edit(
  "setMilestones",
  "update",
  milestonesInput,
  async ({ tx }, record, { milestones }) => {
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
      const same = sameMilestones(had, rows);
      await tx.milestone.deleteMany({ where: { ...where, id: { notIn: same.filter((id) => id !== null) } } });
      for (const [at, row] of rows.entries()) {
        const id = same[at];
        if (id) await tx.milestone.update({ where: { id }, data: row });
        else await tx.milestone.create({ data: { ...where, ...row } });
      }
    }
    return { data: {}, changes };
  },
  async ({ tx }, { id }) => ({
    milestones: await tx.milestone.findMany({ where: { commitmentId: id }, orderBy: { position: "asc" } }),
  }),
);

/**
 * For each row, the id of the milestone that it was before, or null: the one of that title, else the one that stood in its
 * place. What people were reminded of, and what their calendars hold, is known by that id.
 */
function sameMilestones(had: readonly { id: string; title: unknown }[], rows: readonly { title: Texts }[]) {
  const left = new Map(had.map(({ id, title }) => [id, title]));
  const take = (id: string | undefined) => {
    if (id === undefined || !left.delete(id)) return null;
    return id;
  };
  const byTitle = rows.map(({ title }) =>
    take([...left].find(([, other]) => Object.keys(changesBetween({ title: other }, { title })).length === 0)?.[0]),
  );
  return byTitle.map((id, at) => id ?? take(had[at]?.id));
}

type MilestoneInput = { title: Texts; phrase: string | null; edtf: string | null; doneOn: string | null };

/** Milestones as columns, in their order. */
export function milestoneColumns(milestones: readonly MilestoneInput[]) {
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
export const editInstrument = edit(
  "editInstrument",
  "update",
  instrumentInput,
  async ({ tx }, record, input) => {
    if (record.form !== "instrument") throw new RuleBroken("errors.notInstrument");
    const { id: _id, version: _version, lifecycle, ...details } = input;
    const had = await tx.instrument.findUniqueOrThrow({ where: { commitmentId: record.id } });
    const before = Object.fromEntries(Object.keys(details).map((field) => [field, had[field as keyof typeof had]]));
    const own = setColumns(record, { lifecycle });
    const changes = { ...changesBetween(before, details), ...own.changes };
    if (Object.keys(changes).length === 0) return { data: {}, changes };
    // What somebody has set is no longer inferred.
    const inferred = Object.entries(had.inferred ?? {}).filter(([field]) => !(field in changes));
    await tx.instrument.update({
      where: { commitmentId: record.id },
      data: {
        ...details,
        endsLatest: boundsOf(details.ends).latest,
        inferred: inferred.length > 0 ? Object.fromEntries(inferred) : Prisma.DbNull,
      },
    });
    return { data: own.data, changes };
  },
  async ({ tx }, { id, lifecycle }) => ({
    ...(await tx.instrument.findUnique({
      where: { commitmentId: id },
      omit: { commitmentId: true, endsLatest: true, inferred: true },
    })),
    lifecycle,
  }),
);

/** What the record is made under, and what it continues. */
export const setRelations = edit(
  "setRelations",
  "update",
  relationsInput,
  async (context, record, { parentId, predecessorId }) => {
    // Two edits at once could close a circle that neither of them sees: one waits for the other.
    await context.tx.$queryRaw`SELECT FROM portfolio WHERE id = ${record.portfolioId} FOR NO KEY UPDATE`;
    await checkRelated(context, record.portfolioId, { parentId, predecessorId });
    for (const [column, next] of [
      ["parentId", parentId],
      ["predecessorId", predecessorId],
    ] as const) {
      if (next !== null && next !== record[column] && (await makesCircle(context, record.id, next, column)))
        throw new RuleBroken("errors.circle");
    }
    return setColumns(record, { parentId, predecessorId });
  },
);

/**
 * Another record takes its place: this one ends, and that one says what it continues. An instrument is superseded as an
 * instrument, too.
 */
export const supersede = edit("supersede", "update", supersedeInput, async (context, record, { successorId }) => {
  const again = record.completion === "superseded";
  if (!again && !mayMove("supersede", record.completion, "superseded")) throw new RuleBroken("errors.completionStep");
  const successor = await loadCommitment(context, successorId);
  if (!successor || successor.portfolioId !== record.portfolioId) throw new RuleBroken("errors.noSuchRecord");
  const { id, version, parentId } = successor;
  await setRelations.within(context, { id, version, parentId, predecessorId: record.id });
  return setColumns(record, { completion: "superseded", ...(record.lifecycle && { lifecycle: "superseded" }) });
});

async function makesCircle(
  { tx }: Context,
  id: string,
  next: string,
  column: "parentId" | "predecessorId",
): Promise<boolean> {
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

export const addCitation = edit(
  "addCitation",
  "update",
  citationInput,
  async (context, record, { sourceId, paragraph, note, supports }) => {
    const { tx } = context;
    const keys = await checkPlaces(context, record.portfolioId, [{ sourceId, paragraph }]);
    await tx.citation.create({
      data: { commitmentId: record.id, sourceId, paragraph, supports, note: note ?? undefined },
    });
    return { data: {}, changes: { citation: [null, { source: keys.get(sourceId), paragraph }] } };
  },
);

export const removeCitation = edit(
  "removeCitation",
  "update",
  removeCitationInput,
  async ({ tx }, record, { citationId }) => {
    const citation = await tx.citation.findFirst({
      where: { id: citationId, commitmentId: record.id },
      include: { source: true },
    });
    if (!citation) throw new NotFound();
    await tx.citation.delete({ where: { id: citationId } });
    return { data: {}, changes: { citation: [{ source: citation.source.key, paragraph: citation.paragraph }, null] } };
  },
);

/** The records that this one names exist, in the same portfolio. */
export async function checkRelated(
  { tx }: Context,
  portfolioId: string,
  { parentId, predecessorId }: { parentId: string | null; predecessorId: string | null },
) {
  for (const id of [parentId, predecessorId]) {
    if (id !== null && (await tx.commitment.count({ where: { id, portfolioId } })) === 0) {
      throw new RuleBroken("errors.noSuchRecord");
    }
  }
}

type Countable = { count: (query: { where: { id: { in: string[] } } }) => Promise<number> };

/** @throws RuleBroken `errorKey` if one of the ids is nobody's */
export async function checkKnown(table: Countable, ids: readonly string[], errorKey: string): Promise<void> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return;
  if ((await table.count({ where: { id: { in: wanted } } })) !== wanted.length) throw new RuleBroken(errorKey);
}
