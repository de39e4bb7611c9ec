import type { Actor } from "#lib/actor.ts";
import type { Change, Changes, Context } from "#lib/change.ts";
import { asDate } from "#lib/commitments/commands.ts";
import { changeOf } from "#lib/commitments/load.ts";
import { type Standing, standingJson } from "#lib/commitments/standing.ts";
import { reading } from "#lib/db.ts";
import { Conflict } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { changedSince, type Touched } from "./queries.ts";
import type { Present } from "./register.ts";
import type { Verb } from "./steps.ts";

/** Taking an import back. What was reported and revised stays where it is, since nobody can take that out, and is answered. */

/** A record that an import touched: what was done to it, and what it was before if it was there. */
export type Touching = Touched & { created: boolean; verbs: Verb[]; was?: Present };

type Import = { batchId: string; fileName: string; portfolioId: string; version: number; touched: readonly Touching[] };

/**
 * Puts the records back and gives the history of that: each entry of the import turned round.
 * @throws Conflict `theirs.records`: references of those that somebody has gone on with
 */
export async function putBack(
  context: Context,
  { batchId, fileName, portfolioId, version, touched }: Import,
): Promise<Change[]> {
  const { tx, actor } = context;
  const ids = touched.map(({ id }) => id);
  await tx.$queryRaw`SELECT FROM commitment WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const records = await changedSince(actor, touched);
  if (records.length > 0) throw new Conflict(version, { records });
  const told: Change[] = await turnedRound(
    context,
    batchId,
    new Set(touched.flatMap((each) => (each.was ? [each.id] : []))),
  );
  const made = touched.filter(({ created }) => created).map(({ id }) => id);
  const standings = await standingsOf(actor, made);
  for (const { id, reference, title, standing } of standings)
    told.push(changeOf({ id, portfolioId }, { deleted: [{ reference, title, standing }, null] }));
  await tx.commitment.deleteMany({ where: { id: { in: made } } });
  const words = translator((actor.locale ?? "en") satisfies Locale)("importing.undo.said", { file: fileName });
  for (const each of touched) if (each.was) await restore(context, { ...each, was: each.was }, words);
  return told;
}

type Deleted = { id: string; reference: string; title: unknown; standing: Standing };

const standingsOf = (actor: Actor, ids: readonly string[]) =>
  reading(actor)<
    Deleted[]
  >`SELECT c.id, c.reference, c.title, ${standingJson()} AS standing FROM commitment c WHERE c.id = ANY(${[...ids]}::uuid[])`;

/** What the history said of these records in a batch, the last first and each the other way round. */
async function turnedRound({ tx }: Context, batchId: string, ids: ReadonlySet<string>): Promise<Change[]> {
  const events = await tx.auditEvent.findMany({
    where: { batchId, subjectType: "commitment" },
    orderBy: { id: "desc" },
    select: { subjectId: true, portfolioId: true, changes: true },
  });
  const told: Change[] = [];
  for (const { subjectId, portfolioId, changes } of events) {
    if (!ids.has(subjectId) || portfolioId === null) continue;
    const turned: Changes = Object.fromEntries(
      Object.entries(changes as unknown as Changes)
        .filter(([field]) => field !== "report" && field !== "reason")
        .map(([field, [before, after]]) => [field, [after, before]]),
    );
    // One entry a record, unless it says the same thing twice: several citations.
    const one = told.find(
      ({ id, changes: said }) => id === subjectId && Object.keys(turned).every((key) => !(key in said)),
    );
    if (one) Object.assign(one.changes, turned);
    else told.push(changeOf({ id: subjectId, portfolioId }, turned));
  }
  return told;
}

async function restore(
  context: Context,
  { id, verbs, was }: Touching & { was: Present },
  words: string,
): Promise<void> {
  const { tx, actor, now, today } = context;
  const did = (verb: Verb) => verbs.includes(verb);
  const where = { commitmentId: id };
  if (did("setParties")) {
    await tx.commitmentParty.deleteMany({ where });
    await tx.commitmentParty.createMany({ data: was.parties.map((row) => ({ ...where, ...row })) });
    await tx.commitmentPlace.deleteMany({ where });
    await tx.commitmentPlace.createMany({ data: was.places.map((placeId) => ({ ...where, placeId })) });
  }
  if (did("setMoney")) {
    await tx.money.deleteMany({ where });
    await tx.money.createMany({ data: was.money.map((row) => ({ ...where, ...row })) });
  }
  if (did("addCitation")) {
    // The import only added some: they are the last ones.
    const all = await tx.citation.findMany({ where, orderBy: { id: "asc" }, select: { id: true } });
    await tx.citation.deleteMany({ where: { id: { in: all.slice(was.citations.length).map((each) => each.id) } } });
  }
  if (did("classify") && !was.hasInstrument) await tx.instrument.deleteMany({ where });
  const by = { byId: actor.id, byName: actor.name, at: now };
  const deadline = {
    phrase: was.phrase,
    edtf: was.edtf,
    earliest: dated(was.earliest),
    latest: dated(was.latest),
    anchorId: was.anchorId,
  };
  if (did("reviseDeadline")) {
    const seq = await tx.deadlineRevision.count({ where });
    await tx.deadlineRevision.create({ data: { ...where, ...by, ...deadline, seq, reason: words } });
  }
  const { completion, evidence } = was;
  if (did("reportProgress"))
    await tx.progressReport.create({
      data: { ...where, ...by, asOf: asDate(today), text: words, completion, evidence },
    });
  const { title, statement, form, kind, strength, sectorId, lifecycle, ownerId } = was;
  await tx.commitment.update({
    where: { id },
    data: {
      ...(did("editTexts") && { title, statement }),
      ...(did("classify") && {
        form: form ?? "pledge",
        kind: kind ?? "project",
        strength: strength ?? "pledge",
        sectorId: sectorId ?? "",
        lifecycle,
      }),
      ...(did("assignOwner") && { ownerId }),
      ...(did("reviseDeadline") && {
        ...{ deadlinePhrase: deadline.phrase, deadlineEdtf: deadline.edtf, deadlineAnchorId: deadline.anchorId },
        ...{ deadlineEarliest: deadline.earliest, deadlineLatest: deadline.latest },
        deadlineInferred: was.inferred ?? Prisma.DbNull,
      }),
      ...(did("reportProgress") && { completion, evidence, reportedOn: dated(was.reportedOn) }),
      updatedAt: now,
      version: { increment: 1 },
    },
  });
}

const dated = (day: string | null) => (day === null ? null : asDate(day));
