import { type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { may, seenBy } from "./policy.ts";
import { deleteInput, renameInput, saveInput } from "./schema.ts";

/** So many views one person keeps in a portfolio. */
export const viewsMost = 100;

/** Keeps an address of the register under a name. */
export const saveView = command({
  verb: "view.save",
  input: saveInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId } }),
  allow: (actor, { id }, { shared }) => may(actor, shared ? "share" : "save", { portfolioId: id }),
  run: async ({ tx, actor, now }, portfolio, { name, query, shared }) => {
    const ownerId = actor.id ?? "";
    if ((await tx.savedView.count({ where: { portfolioId: portfolio.id, ownerId } })) >= viewsMost)
      throw new RuleBroken("views.errors.tooMany");
    await checkName(tx, { portfolioId: portfolio.id, ownerId, name });
    const data = { portfolioId: portfolio.id, ownerId, name, query, shared, createdAt: now };
    const view = await tx.savedView.create({ data }).catch(orTaken);
    return {
      changed: [
        { type: "view", id: view.id, portfolioId: portfolio.id, changes: { created: [null, { name, query, shared }] } },
      ],
      result: { id: view.id, version: view.version },
    };
  },
});

/** Gives a view another name, or shares it or no longer. */
export const renameView = command({
  verb: "view.rename",
  input: renameInput,
  load: ({ tx, actor }, { id }) => tx.savedView.findFirst({ where: { id, ...seenBy(actor) } }),
  allow: (actor, view, { shared }) =>
    may(actor, "rename", view) && (!shared || view.shared || may(actor, "share", view)),
  run: async ({ tx }, view, { version, name, shared }) => {
    if (view.version !== version) throw new Conflict(view.version, { name: view.name, shared: view.shared });
    const changes = changesBetween({ name: view.name, shared: view.shared }, { name, shared });
    if (Object.keys(changes).length === 0) return { changed: [], result: { id: view.id, version } };
    if (changes.name) await checkName(tx, { ...view, name });
    await tx.savedView
      .update({ where: { id: view.id }, data: { name, shared, version: { increment: 1 } } })
      .catch(orTaken);
    return {
      changed: [{ type: "view", id: view.id, portfolioId: view.portfolioId, changes }],
      result: { id: view.id, version: version + 1 },
    };
  },
});

/** Takes a view away. What it was stays in the history. */
export const deleteView = command({
  verb: "view.delete",
  input: deleteInput,
  load: ({ tx, actor }, { id }) => tx.savedView.findFirst({ where: { id, ...seenBy(actor) } }),
  allow: (actor, view) => may(actor, "delete", view),
  run: async ({ tx }, view, { version }) => {
    if (view.version !== version) throw new Conflict(view.version, { name: view.name });
    await tx.savedView.delete({ where: { id: view.id } });
    const { name, query, shared } = view;
    return {
      changed: [
        {
          type: "view",
          id: view.id,
          portfolioId: view.portfolioId,
          changes: { deleted: [{ name, query, shared }, null] },
        },
      ],
      result: { id: view.id },
    };
  },
});

/** Two views of one person and one name could not be told apart. */
async function checkName(
  tx: Context["tx"],
  { portfolioId, ownerId, name }: { portfolioId: string; ownerId: string; name: string },
): Promise<void> {
  if ((await tx.savedView.count({ where: { portfolioId, ownerId, name } })) > 0)
    throw new RuleBroken("views.errors.name");
}

/** The database refuses the second of two who save the same name at once. */
function orTaken(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
    throw new RuleBroken("views.errors.name");
  throw error;
}
