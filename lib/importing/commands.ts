import { z } from "zod";
import { batch, type Change, type Changes, type Context } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, NotSignedIn, RuleBroken } from "#lib/errors.ts";
import { isSystem } from "#lib/people/policy.ts";
import { key } from "#lib/text.ts";
import type { ImportState, Prisma } from "#prisma/generated/client.ts";
import { guessColumns } from "./columns.ts";
import { mostAtOnce, mostInRequest } from "./limits.ts";
import type { Mapping } from "./plan.ts";
import { may } from "./policy.ts";
import { planFor, rememberedColumns } from "./queries.ts";
import { mapInput, runInput, targetInput, tickInput, uploadInput } from "./schema.ts";
import { runSteps, type Verb } from "./steps.ts";
import { putBack, type Touching } from "./undo.ts";

/** Bringing records in from a file: taken, mapped, done, and undone. Each step is a command; all of the doing is one. */

/** Keeps a file that was read, with a guess at its columns: as they were the last time, or by their headings. */
export const uploadImport = command({
  verb: "import.upload",
  input: uploadInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor, { id }) => may(actor, id),
  run: async ({ tx, actor, now }, { id: portfolioId }, { rows, hash, ...file }) => {
    if (actor.id === null) throw new NotSignedIn();
    const remembered = await rememberedColumns(actor, portfolioId, file.headings);
    // A reason, and whether empty cells count, are of one file.
    const mapping: Mapping = { columns: remembered ?? guessColumns(file.headings), clear: false, reason: "" };
    const { id } = await tx.importBatch.create({
      data: {
        ...{ ...file, portfolioId, personId: actor.id, hash: Buffer.from(hash), cells: rows, rowCount: rows.length },
        ...{ mapping, createdAt: now },
      },
      select: { id: true },
    });
    const changes = { file: [null, file.fileName], rows: [null, rows.length] } as const;
    return { changed: [{ type: "import", id, portfolioId, changes }], result: { id } };
  },
});

type Loaded = Prisma.ImportBatchGetPayload<object>;

async function loadImport({ tx }: Context, { id }: { id: string }): Promise<Loaded | null> {
  await tx.$queryRaw`SELECT FROM import_batch WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.importBatch.findUnique({ where: { id } });
}

/** @throws Conflict if somebody has gone on with it, RuleBroken if it is past this step */
function expect(found: Loaded, version: number, states: readonly ImportState[]): void {
  const { created, changed, state } = found;
  if (found.version !== version) throw new Conflict(found.version, { state, created, changed });
  if (!states.includes(state)) throw new RuleBroken("importing.errors.state");
}

/** Says which column is what. May be said again until it is done. */
export const mapImport = command({
  verb: "import.map",
  input: mapInput,
  locks: true,
  load: loadImport,
  allow: (actor, { portfolioId }) => may(actor, portfolioId),
  run: async ({ tx, actor }, found, { id, version, ...mapping }) => {
    expect(found, version, ["uploaded", "previewed"]);
    if (mapping.columns.length !== found.headings.length) throw new RuleBroken("importing.errors.state");
    const { plan } = await planFor(actor, found.portfolioId, found.cells as string[][], mapping);
    const { create: created, change: changed, same: unchanged, refused } = plan.counts;
    await tx.importBatch.update({
      where: { id },
      data: {
        ...{ created, changed, unchanged, refused, mapping, ticked: {} },
        ...{ state: "previewed", version: { increment: 1 } },
      },
    });
    return { changed: [], result: { version: version + 1 } };
  },
});

/** Says of rows whose records somebody changed after the file was made that they are to be imported all the same, or not. */
export const tickRows = command({
  verb: "import.tick",
  input: tickInput,
  locks: true,
  load: loadImport,
  allow: (actor, { portfolioId }) => may(actor, portfolioId),
  run: async ({ tx, actor }, found, { id, version, rows, ticked }) => {
    expect(found, version, ["previewed"]);
    const before = found.ticked as Record<string, number>;
    const { plan } = await plannedFor(actor, found);
    const meant = plan.rows.filter((row) => row.newer && (rows === null || rows.includes(row.row)));
    const now = { ...before };
    for (const row of meant) {
      if (ticked) now[row.row] = row.before.version;
      else delete now[row.row];
    }
    await tx.importBatch.update({ where: { id }, data: { ticked: now, version: { increment: 1 } } });
    return { changed: [], result: { version: version + 1 } };
  },
});

const plannedFor = (actor: Context["actor"], found: Loaded) =>
  planFor(
    actor,
    found.portfolioId,
    found.cells as string[][],
    found.mapping as Mapping,
    found.ticked as Record<string, number>,
  );

/**
 * Sets numbers aside for records to come, in a transaction of its own: an import that takes minutes would else keep
 * everybody from making a record for as long. Those that come to nothing stay unused.
 */
const reserveNumbers = command({
  verb: "import.reserve",
  input: z.strictObject({ portfolioId: key, count: z.int().nonnegative() }),
  locks: true,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor, { id }) => may(actor, id),
  run: async ({ tx }, { id }, { count }) => {
    const data = { lastNumber: { increment: count } };
    const { lastNumber } = await tx.portfolio.update({ where: { id }, data, select: { lastNumber: true } });
    return { changed: [], result: lastNumber - count };
  },
});

async function setAside(actor: Context["actor"], portfolioId: string, count: number): Promise<() => number> {
  let last = await reserveNumbers(actor, { portfolioId, count });
  return () => {
    last += 1;
    return last;
  };
}

/** What goes on meanwhile: told of each row, and asked whether it is still wanted. */
type Watching = { progress: (done: number, total: number) => void; signal: AbortSignal };

/**
 * Does what the preview showed, all or nothing, as one batch in the history: a few records while somebody waits, more of
 * them watched by the worker.
 * @throws Conflict if the register has changed so that something else would be done; what `signal` was aborted with
 */
const running = (most: number, watching?: Watching) =>
  command({
    verb: "import.run",
    input: runInput,
    locks: true,
    load: loadImport,
    allow: (actor, { portfolioId }) => may(actor, portfolioId),
    run: async (context, found, { id, version, fingerprint }) => {
      expect(found, version, ["previewed"]);
      const { tx, actor, now } = context;
      const { portfolioId, fileName } = found;
      const { plan } = await plannedFor(actor, found);
      const { create: created, change: changed, same: unchanged, refused } = plan.counts;
      if (plan.fingerprint !== fingerprint) throw new Conflict(version, { created, changed, refused });
      if (refused > 0) throw new RuleBroken("importing.errors.refusedRows");
      if (plan.unticked > 0) throw new RuleBroken("importing.errors.unticked");
      if (created + changed === 0) throw new RuleBroken("importing.errors.nothing");
      if (created + changed > mostAtOnce) throw new RuleBroken("importing.errors.tooManyAtOnce");
      if (created + changed > most) throw new RuleBroken("importing.errors.inBackground");
      const nextNumber = watching && (await setAside(actor, portfolioId, created));
      const together = { ...batch(context), ...(nextNumber && { nextNumber }) };
      const before: Touching[] = [];
      for (const { act, before: was, steps } of plan.rows) {
        if (act === "same") continue;
        watching?.signal.throwIfAborted();
        const done = await runSteps(together, was, steps);
        const touched = { id: done.id, version: done.version, reference: done.reference ?? was.reference };
        const verbs: Verb[] = [...new Set(steps.map(({ verb }) => verb))];
        before.push({ ...touched, created: act === "create", verbs, ...(act === "change" && { was }) });
        watching?.progress(before.length, created + changed);
      }
      await tx.importBatch.update({
        where: { id },
        data: {
          ...{ state: "done", created, changed, unchanged, refused, before, batchId: together.batchId, doneAt: now },
          version: { increment: 1 },
        },
      });
      const changes: Changes = {
        done: [null, fileName],
        created: [null, created],
        changed: [null, changed],
        batch: [null, together.batchId],
      };
      watching?.signal.throwIfAborted();
      return { changed: [{ type: "import", id, portfolioId, changes }], result: { version: version + 1 } };
    },
  });

export const runImport = running(mostInRequest);

/** The same for the worker, with as many records as there may be. */
export const runWatched = (watching: Watching) => running(mostAtOnce, watching);

/**
 * Puts back what an import changed and takes away what it made, as one batch in the history, as long as nobody has gone
 * on with those records.
 * @throws Conflict naming the records that somebody has gone on with
 */
export const undoImport = command({
  verb: "import.undo",
  input: targetInput,
  locks: true,
  load: loadImport,
  allow: (actor, { portfolioId }) => may(actor, portfolioId),
  run: async (context, found, { id, version }) => {
    expect(found, version, ["done"]);
    const { tx, now } = context;
    const told: Change[] = await putBack(context, {
      ...{ batchId: found.batchId ?? "", fileName: found.fileName, portfolioId: found.portfolioId, version },
      touched: found.before as unknown as Touching[],
    });
    await tx.importBatch.update({
      where: { id },
      data: { state: "undone", undoneAt: now, version: { increment: 1 } },
    });
    const own: Change = {
      ...{ type: "import", id, portfolioId: found.portfolioId },
      changes: { done: [found.fileName, null] },
    };
    return { changed: [own, ...told], result: { version: version + 1 } };
  },
});

/** Throws a file away that was not, or is no longer, brought in. */
export const discardImport = command({
  verb: "import.discard",
  input: targetInput,
  locks: true,
  load: loadImport,
  allow: (actor, { portfolioId }) => may(actor, portfolioId),
  run: async ({ tx }, found, { id, version }) => {
    expect(found, version, ["uploaded", "previewed"]);
    await tx.importBatch.delete({ where: { id } });
    const changes = { file: [found.fileName, null] } as const;
    return { changed: [{ type: "import", id, portfolioId: found.portfolioId, changes }], result: undefined };
  },
});

/** Takes away files that nobody has gone on with for thirty days. What was done stays, so that it can be undone. */
export const clearImports = command({
  verb: "import.clear",
  input: z.strictObject({}),
  locks: true,
  load: async () => ({}),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }) => {
    const before = new Date(now.getTime() - 30 * 86_400_000);
    const { count } = await tx.importBatch.deleteMany({
      where: { state: { in: ["uploaded", "previewed"] }, createdAt: { lt: before } },
    });
    return { changed: [], result: count };
  },
});
