import { z } from "zod";
import { changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, RuleBroken } from "#lib/errors.ts";
import { key, name, uuid } from "#lib/text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { mayKeepTemplates } from "./policy.ts";
import { requestSchema } from "./request.ts";

/** Templates of a register's own: what somebody asked for, kept under a name for everybody. */

const target = { id: uuid, version: z.int({ error: "errors.choice" }).positive() };
const saveInput = z.strictObject({ portfolioId: key, name: name(120), request: requestSchema });
const renameInput = z.strictObject({ ...target, name: name(120) });
const deleteInput = z.strictObject(target);

/** Keeps what a report was asked for. Days that were left open stay open: they are worked out each time. */
export const saveTemplate = command({
  verb: "template.save",
  input: saveInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId } }),
  allow: (actor, { id }) => mayKeepTemplates(actor, id),
  run: async ({ tx, actor, now }, { id: portfolioId }, { name, request }) => {
    if (actor.id === null) throw new RuleBroken("errors.noSuchPerson");
    const data = { portfolioId, ownerId: actor.id, name, request, createdAt: now };
    const { id, version } = await tx.reportTemplate.create({ data }).catch(orTaken);
    const changes = { created: [null, { name, request }] as const };
    return { changed: [{ type: "template", id, portfolioId, changes }], result: { id, version } };
  },
});

/** Gives a template another name. */
export const renameTemplate = command({
  verb: "template.rename",
  input: renameInput,
  load: ({ tx }, { id }) => tx.reportTemplate.findUnique({ where: { id } }),
  allow: (actor, { portfolioId }) => mayKeepTemplates(actor, portfolioId),
  run: async ({ tx }, template, { version, name }) => {
    const { id, portfolioId } = template;
    if (template.version !== version) throw new Conflict(template.version, { name: template.name });
    const changes = changesBetween({ name: template.name }, { name });
    if (!changes.name) return { changed: [], result: { id, version } };
    await tx.reportTemplate.update({ where: { id }, data: { name, version: { increment: 1 } } }).catch(orTaken);
    return { changed: [{ type: "template", id, portfolioId, changes }], result: { id, version: version + 1 } };
  },
});

/** Takes a template away. What it was stays in the history, and schedules that were made from it stay as they are. */
export const deleteTemplate = command({
  verb: "template.delete",
  input: deleteInput,
  load: ({ tx }, { id }) => tx.reportTemplate.findUnique({ where: { id } }),
  allow: (actor, { portfolioId }) => mayKeepTemplates(actor, portfolioId),
  run: async ({ tx }, template, { version }) => {
    const { id, portfolioId, name, request } = template;
    if (template.version !== version) throw new Conflict(template.version, { name });
    await tx.reportTemplate.delete({ where: { id } });
    const changes = { deleted: [{ name, request }, null] as const };
    return { changed: [{ type: "template", id, portfolioId, changes }], result: { id } };
  },
});

/** Two templates of one name could not be told apart. */
function orTaken(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
    throw new RuleBroken("reports.errors.name");
  throw error;
}
