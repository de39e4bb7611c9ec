import { z } from "zod";
import { type Context, changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { Conflict, InvalidInput, NotSignedIn } from "#lib/errors.ts";
import { newMessageId } from "#lib/letters/message-id.ts";
import { answering, isSystem } from "#lib/people/policy.ts";
import { uuid } from "#lib/text.ts";
import { Prisma } from "#prisma/generated/client.ts";
import { may } from "./policy.ts";
import { createScheduleInput, switchScheduleInput, updateScheduleInput } from "./schema.ts";

/** Reports that are made without anybody asking. A schedule is switched off, never deleted: what it made names it. */

type Row = Prisma.ReportScheduleModel;

/** The schedule, locked until the transaction ends. */
async function lockSchedule({ tx }: Context, { id }: { id: string }): Promise<Row | null> {
  await tx.$queryRaw`SELECT FROM report_schedule WHERE id = ${id}::uuid FOR UPDATE`;
  return tx.reportSchedule.findUnique({ where: { id } });
}

const changeOf = (
  { id, portfolioId }: Pick<Row, "id" | "portfolioId">,
  changes: ReturnType<typeof changesBetween>,
) => ({ type: "schedule" as const, id, portfolioId, changes });

/** Adds a schedule, switched on. What its owner leaves behind stays: it is the one whom its letters name. */
export const createSchedule = command({
  verb: "schedule.create",
  input: createScheduleInput,
  load: ({ tx }, { portfolioId }) => tx.portfolio.findUnique({ where: { id: portfolioId }, select: { id: true } }),
  allow: (actor, { id }) => may(actor, "edit", id),
  run: async (context, { id: portfolioId }, { portfolioId: _portfolio, ...wanted }) => {
    const { tx, actor, now } = context;
    if (actor.id === null) throw new NotSignedIn();
    await checkPeople(context, portfolioId, wanted.personIds, []);
    const data = { ...wanted, portfolioId, ownerId: actor.id, madeUntil: now, createdAt: now };
    const row = await withFreeName(() => tx.reportSchedule.create({ data }));
    return { changed: [changeOf(row, changesBetween({}, wanted))], result: { id: row.id, version: row.version } };
  },
});

const timing = ["every", "weekday", "monthDay", "daysBefore", "hour"];

/** Changes a schedule. With other times it begins anew from now: what those would have been before is not made up for. */
export const updateSchedule = command({
  verb: "schedule.update",
  input: updateScheduleInput,
  locks: true,
  load: lockSchedule,
  allow: (actor, { portfolioId }) => may(actor, "edit", portfolioId),
  run: async (context, row, { id, version, ...wanted }) => {
    const present = Object.fromEntries(Object.keys(wanted).map((field) => [field, row[field as keyof Row]]));
    if (row.version !== version) throw new Conflict(row.version, present);
    await checkPeople(context, row.portfolioId, wanted.personIds, row.personIds);
    const changes = changesBetween(present, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    const anew = timing.some((field) => field in changes);
    await withFreeName(() =>
      context.tx.reportSchedule.update({
        where: { id },
        data: { ...wanted, error: null, version: { increment: 1 }, ...(anew && { madeUntil: context.now }) },
      }),
    );
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

/** Switches a schedule on or off. Switched on again it goes on from now. */
export const switchSchedule = command({
  verb: "schedule.switch",
  input: switchScheduleInput,
  locks: true,
  load: lockSchedule,
  allow: (actor, { portfolioId }) => may(actor, "edit", portfolioId),
  run: async ({ tx, now }, row, { id, version, active }) => {
    if (row.version !== version) throw new Conflict(row.version, { active: row.active });
    const changes = changesBetween({ active: row.active }, { active });
    if (Object.keys(changes).length === 0) return { changed: [], result: { id, version } };
    const data = { active, error: null, version: { increment: 1 }, ...(active && { madeUntil: now }) };
    await tx.reportSchedule.update({ where: { id }, data });
    return { changed: [changeOf(row, changes)], result: { id, version: version + 1 } };
  },
});

/** Takes somebody off the list: by the link of a letter, whose secret says who it was for. */
export const leaveSchedule = command({
  verb: "schedule.leave",
  input: z.strictObject({ id: uuid, personId: uuid.nullable(), address: z.string().nullable() }),
  locks: true,
  load: lockSchedule,
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, row, { id, personId, address }) => {
    const { personIds, addresses } = row;
    const left = {
      personIds: personIds.filter((each) => each !== personId),
      addresses: addresses.filter((each) => each !== address),
    };
    const changes = changesBetween({ personIds, addresses }, left);
    if (Object.keys(changes).length === 0) return { changed: [], result: undefined };
    await tx.reportSchedule.update({ where: { id }, data: { ...left, version: { increment: 1 } } });
    return { changed: [changeOf(row, changes)], result: undefined };
  },
});

/**
 * Puts what was issued into letters, one for each person and address, and notes that it was made: together, so that a
 * worker which dies in between does it again, and nobody gets two.
 */
export const sendScheduled = command({
  verb: "schedule.send",
  input: z.strictObject({ id: uuid, reportId: uuid, madeUntil: z.date(), domain: z.string() }),
  locks: true,
  load: lockSchedule,
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, { portfolioId, personIds, addresses }, { id, reportId, madeUntil, domain }) => {
    const people = await tx.person.findMany({
      where: { id: { in: personIds }, demo: false, ...answering(portfolioId) },
      select: { id: true, email: true },
    });
    // Who is named as a person and by their address gets one.
    const known = new Set(people.map(({ email }) => email));
    const to = [
      ...people.map((person) => ({ personId: person.id })),
      ...addresses.filter((address) => !known.has(address)).map((recipient) => ({ recipient })),
    ];
    const data = to.map((one) => ({
      ...one,
      ...{ scheduleId: id, reportId, messageId: newMessageId(domain), createdAt: now, nextTryAt: now },
    }));
    const { count } = await tx.letter.createMany({ data, skipDuplicates: true });
    await tx.reportSchedule.update({ where: { id }, data: { madeUntil, error: null } });
    return { changed: [], result: { letters: count } };
  },
});

/** Notes why a report could not be made; it is tried again. */
export const noteFailure = command({
  verb: "schedule.failed",
  input: z.strictObject({ id: uuid, error: z.string().max(500) }),
  locks: true,
  load: lockSchedule,
  allow: (actor) => isSystem(actor),
  run: async ({ tx }, _row, { id, error }) => {
    await tx.reportSchedule.update({ where: { id }, data: { error } });
    return { changed: [], result: undefined };
  },
});

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Puts a report that is only tried into a letter to who tries it. */
export const sendTrial = command({
  verb: "schedule.try",
  input: z.strictObject({
    id: uuid,
    personId: uuid,
    domain: z.string(),
    files: z.array(z.strictObject({ name: z.string(), type: z.string(), bytes })),
  }),
  load: ({ tx }, { id }) => tx.reportSchedule.findUnique({ where: { id }, select: { id: true } }),
  allow: (actor) => isSystem(actor),
  run: async ({ tx, now }, _row, { id, personId, domain, files }) => {
    await tx.letter.create({
      data: {
        ...{ personId, scheduleId: id, messageId: newMessageId(domain), createdAt: now, nextTryAt: now },
        files: { create: files.map((file) => ({ ...file, bytes: new Uint8Array(file.bytes) })) },
      },
    });
    return { changed: [], result: undefined };
  },
});

/** Whom a schedule names anew has to be somebody who can be told; who was disabled since may stay, and gets nothing. */
async function checkPeople(
  { tx }: Context,
  portfolioId: string,
  wanted: readonly string[],
  before: readonly string[],
): Promise<void> {
  const added = wanted.filter((id) => !before.includes(id));
  const found = await tx.person.count({ where: { id: { in: added }, ...answering(portfolioId) } });
  if (found < added.length) throw new InvalidInput({ personIds: ["errors.noSuchPerson"] });
}

async function withFreeName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw new InvalidInput({ name: ["schedules.errors.nameTaken"] });
    throw error;
  }
}
