import { type Context, changesBetween } from "#lib/change.ts";
import { RuleBroken } from "#lib/errors.ts";
import { edit } from "./load.ts";
import { indicatorsInput, meetingsInput } from "./schema.ts";

/** What else of the register a record has to do with: meetings, and the indicators that measure it. */

/** Where it was made, restated, reviewed, or is planned for. */
export const setMeetings = edit(
  "setMeetings",
  "update",
  meetingsInput,
  async (context, record, { meetings }) => {
    const { tx } = context;
    const where = { commitmentId: record.id };
    const had = await tx.commitmentMeeting.findMany({ where });
    const keys = await meetingKeys(
      context,
      record.portfolioId,
      [...had, ...meetings].map(({ meetingId }) => meetingId),
    );
    const told = ({ meetingId, relation }: (typeof meetings)[number]) => `${relation}:${keys.get(meetingId)}`;
    const changes = changesBetween({ meetings: had.map(told).sort() }, { meetings: meetings.map(told).sort() });
    if (changes.meetings) {
      await tx.commitmentMeeting.deleteMany({ where });
      await tx.commitmentMeeting.createMany({ data: meetings.map((row) => ({ ...where, ...row })) });
    }
    return { data: {}, changes };
  },
  async ({ tx }, { id }) => ({
    meetings: await tx.commitmentMeeting.findMany({
      where: { commitmentId: id },
      select: { meetingId: true, relation: true },
    }),
  }),
);

/** Which indicators measure it. One for which the record has a target stays until the target is withdrawn. */
export const setIndicators = edit(
  "setIndicators",
  "update",
  indicatorsInput,
  async (context, record, { indicatorIds }) => {
    const { tx } = context;
    const where = { commitmentId: record.id };
    const had = (await tx.commitmentIndicator.findMany({ where })).map(({ indicatorId }) => indicatorId);
    const keys = await indicatorKeys(context, record.portfolioId, [...had, ...indicatorIds]);
    const told = (ids: readonly string[]) => ids.map((id) => keys.get(id)).sort();
    const changes = changesBetween({ indicators: told(had) }, { indicators: told(indicatorIds) });
    if (changes.indicators) {
      const gone = had.filter((id) => !indicatorIds.includes(id));
      if ((await tx.target.count({ where: { ...where, indicatorId: { in: gone } } })) > 0)
        throw new RuleBroken("errors.hasTarget");
      await tx.commitmentIndicator.deleteMany({ where });
      await tx.commitmentIndicator.createMany({ data: indicatorIds.map((indicatorId) => ({ ...where, indicatorId })) });
    }
    return { data: {}, changes };
  },
  async ({ tx }, { id }) => ({
    indicatorIds: (await tx.commitmentIndicator.findMany({ where: { commitmentId: id } })).map(
      (row) => row.indicatorId,
    ),
  }),
);

/**
 * The keys of meetings, by id: what the history calls them by.
 * @throws RuleBroken `errors.noSuchMeeting` if one is not the portfolio's
 */
export async function meetingKeys({ tx }: Context, portfolioId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  return keysOf(await tx.meeting.findMany(oursAmong(portfolioId, ids)), ids, "errors.noSuchMeeting");
}

/**
 * The same of indicators.
 * @throws RuleBroken `errors.noSuchIndicator`
 */
export async function indicatorKeys({ tx }: Context, portfolioId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  return keysOf(await tx.indicator.findMany(oursAmong(portfolioId, ids)), ids, "errors.noSuchIndicator");
}

const oursAmong = (portfolioId: string, ids: readonly string[]) => ({
  where: { portfolioId, id: { in: [...new Set(ids)] } },
  select: { id: true, key: true },
});

function keysOf(found: readonly { id: string; key: string }[], ids: readonly string[], errorKey: string) {
  if (found.length !== new Set(ids).size) throw new RuleBroken(errorKey);
  return new Map(found.map(({ id, key }) => [id, key]));
}
