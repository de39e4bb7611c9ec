import { z } from "zod";
import { systemActor } from "#lib/actor.ts";
import { batch, type Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { recordTarget } from "#lib/indicators/targets.ts";
import { recordMeeting } from "#lib/meetings/commands.ts";
import { recordParty, recordPlace, recordSector } from "#lib/parties/commands.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { may } from "#lib/portfolios/policy.ts";
import { recordSource } from "#lib/sources/commands.ts";
import { type Catalogue, type CatalogueRecord, type Keys, numberOf } from "#prisma/seed/catalogue.ts";

/** Enters the missing part of the catalogue through the commands of each noun, in one transaction. */
export async function enterCatalogue(catalogue: Catalogue, missing: Keys): Promise<void> {
  const enter = command({
    verb: "portfolio.seed",
    input: z.strictObject({}),
    load: async () => catalogue,
    allow: (actor) => may(actor, "keep"),
    run: async (context) => {
      await enterAll(batch(context), catalogue, missing);
      return { changed: [], result: null };
    },
  });
  await enter(systemActor("seed"), {});
}

async function enterAll(context: Context, catalogue: Catalogue, missing: Keys): Promise<void> {
  const portfolioId = catalogue.portfolio.key;
  const wanted = new Map(Object.entries(missing).map(([noun, keys]) => [noun, new Set(keys)]));
  const isMissing = (noun: keyof Keys) => (entry: { key: string }) => wanted.get(noun)?.has(entry.key);

  if (missing.portfolio.length > 0) {
    const { key, names, prefix } = catalogue.portfolio;
    await recordPortfolio.within(context, { id: key, name: names, prefix });
  }
  for (const [index, { key, names, dac }] of catalogue.sectors.entries()) {
    if (isMissing("sectors")({ key }))
      await recordSector.within(context, { id: key, name: names, dac, position: index + 1 });
  }
  for (const { key, names, parent, ...rest } of catalogue.parties.filter(isMissing("parties"))) {
    await recordParty.within(context, { id: key, name: names, parentId: parent, ...rest });
  }
  for (const { key, names, ...rest } of catalogue.places.filter(isMissing("places"))) {
    await recordPlace.within(context, { id: key, name: names, ...rest });
  }
  for (const { date, ...rest } of catalogue.sources.filter(isMissing("sources"))) {
    await recordSource.within(context, { portfolioId, ...rest, dateEdtf: date.edtf, inferred: date.reason });
  }
  const sources = await idsOf(context, "source", portfolioId);
  for (const meeting of catalogue.meetings.filter(isMissing("meetings"))) {
    const { names, date, place, parties, citations, ...rest } = meeting;
    await recordMeeting.within(context, {
      portfolioId,
      ...rest,
      name: names,
      ...whenOf(date),
      placeId: place,
      partyIds: parties,
      citations: citations.map(located(sources)),
    });
  }
  const newIndicators = catalogue.indicators.filter(isMissing("indicators"));
  for (const { names, observations, targets: _targets, ...rest } of newIndicators) {
    await recordIndicator.within(context, {
      portfolioId,
      ...rest,
      name: names,
      observations: observations.map(located(sources)).map(({ asOf, ...figure }) => ({ ...figure, ...whenOf(asOf) })),
    });
  }
  await enterCommitments(context, catalogue, catalogue.commitments.filter(isMissing("commitments")), sources);
  await enterTargets(context, portfolioId, newIndicators, sources);
}

type Ids = ReadonlyMap<string, string>;

/** Parents and predecessors first, otherwise in the order of references, which is the order of the history. */
async function enterCommitments(context: Context, catalogue: Catalogue, records: CatalogueRecord[], sources: Ids) {
  const portfolioId = catalogue.portfolio.key;
  const meetings = await idsOf(context, "meeting", portfolioId);
  const indicators = await idsOf(context, "indicator", portfolioId);
  const there = await context.tx.commitment.findMany({
    where: { portfolioId, seedKey: { not: null } },
    select: { id: true, seedKey: true },
  });
  const ids = new Map(there.map(({ id, seedKey }) => [seedKey ?? "", id]));
  const { lastNumber } = await context.tx.portfolio.findUniqueOrThrow({ where: { id: portfolioId } });
  let lastOfAll = Math.max(lastNumber, ...catalogue.commitments.map(numberOf));
  for (const record of inOrder(records)) {
    const { completionBasis, parent, predecessor } = record;
    // In a register that lives, people may have used the number for a record of their own.
    const number = numberOf(record) > lastNumber ? numberOf(record) : ++lastOfAll;
    const { id } = await createCommitment.within(context, {
      portfolioId,
      form: record.form,
      kind: record.kind,
      strength: record.strength,
      sectorId: record.sector,
      title: record.title,
      statement: record.statement,
      // English is what the catalogue is written in; the others are translations that nobody here has reviewed.
      draftLocales: ["vi", "lo"],
      deadline: deadlineOf(record, meetings),
      instrument: record.instrument,
      completion: record.completion,
      evidence: record.evidence,
      parties: record.parties.map(({ party, role }) => ({ partyId: party, role })),
      money: record.money,
      places: record.places,
      milestones: record.milestones.map(({ date, ...rest }) => ({ ...rest, phrase: date.phrase, edtf: date.edtf })),
      // Nobody on the team has reported the seeded status: what says so is the document.
      citations: [
        ...record.citations,
        ...(completionBasis ? [{ ...completionBasis, supports: "completion" }] : []),
      ].map(located(sources)),
      meetings: record.meetings.map(({ meeting, relation }) => ({ meetingId: found(meetings, meeting), relation })),
      indicatorIds: record.indicators.map((key) => found(indicators, key)),
      // A parent may have been deleted since.
      parentId: (parent && ids.get(parent)) ?? null,
      predecessorId: (predecessor && ids.get(predecessor)) ?? null,
      seed: { key: record.key, number },
    });
    ids.set(record.key, id);
  }
}

function deadlineOf({ deadline }: CatalogueRecord, meetings: Ids) {
  if (deadline === null) return null;
  const { anchor, inferred, reason, phrase, edtf } = deadline;
  return {
    phrase,
    // A date that was inferred from the event is the event's, and moves with it.
    edtf: anchor !== null && inferred ? null : edtf,
    anchorId: anchor === null ? null : found(meetings, anchor),
    inferred: reason,
  };
}

async function enterTargets(context: Context, portfolioId: string, indicators: Catalogue["indicators"], sources: Ids) {
  const ids = await idsOf(context, "indicator", portfolioId);
  for (const { key, targets } of indicators) {
    for (const { commitment, date, ...rest } of targets.map(located(sources))) {
      const promised = await context.tx.commitment.findFirst({
        where: { portfolioId, seedKey: commitment },
        select: { id: true },
      });
      if (!promised) continue;
      const { phrase, edtf } = date;
      await recordTarget.within(context, {
        ...rest,
        indicatorId: found(ids, key),
        commitmentId: promised.id,
        phrase,
        edtf,
      });
    }
  }
}

async function idsOf({ tx }: Context, noun: "source" | "meeting" | "indicator", portfolioId: string): Promise<Ids> {
  const query = { where: { portfolioId }, select: { id: true, key: true } };
  const rows =
    noun === "source"
      ? await tx.source.findMany(query)
      : noun === "meeting"
        ? await tx.meeting.findMany(query)
        : await tx.indicator.findMany(query);
  return new Map(rows.map(({ key, id }) => [key, id]));
}

function found(ids: Ids, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the catalogue has no "${key}"`);
  return id;
}

const located =
  (sources: Ids) =>
  <T extends { source: string }>({ source, ...rest }: T) => ({ ...rest, sourceId: found(sources, source) });

const whenOf = ({ phrase, edtf, reason }: { phrase: string | null; edtf: string | null; reason: unknown }) => ({
  phrase,
  edtf,
  inferred: reason,
});

/** What a record refers to before the record itself; a circle is entered as it stands, and refused by the command. */
function inOrder(records: readonly CatalogueRecord[]): CatalogueRecord[] {
  const byKey = new Map(records.map((record) => [record.key, record]));
  const ordered = new Set<CatalogueRecord>();
  const visiting = new Set<string>();
  const visit = (record: CatalogueRecord | undefined) => {
    if (!record || visiting.has(record.key)) return;
    visiting.add(record.key);
    visit(byKey.get(record.parent ?? ""));
    visit(byKey.get(record.predecessor ?? ""));
    ordered.add(record);
  };
  for (const record of records) visit(record);
  return [...ordered];
}
