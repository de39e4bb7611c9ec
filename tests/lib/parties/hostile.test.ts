import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { setIndicators, setMeetings } from "#lib/commitments/linking.ts";
import { sql } from "#lib/db.ts";
import { KeptError } from "#lib/errors.ts";
import { editIndicator, recordIndicator } from "#lib/indicators/commands.ts";
import { correctFigure, recordFigure, withdrawFigure } from "#lib/indicators/figures.ts";
import { correctTarget, recordTarget } from "#lib/indicators/targets.ts";
import { editMeeting, recordMeeting } from "#lib/meetings/commands.ts";
import { editParty, editPlace, recordParty, recordPlace } from "#lib/parties/commands.ts";
import { editSource, markSilent, recordErratum, recordSource } from "#lib/sources/commands.ts";
import { addActor, addRecord, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { inputs } from "#tests/lib/parties/inputs.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const commands: Record<string, (actor: Actor, input: unknown) => Promise<{ id: string }>> = {
  source: recordSource,
  editSource,
  markSilent,
  erratum: recordErratum,
  meeting: recordMeeting,
  editMeeting,
  indicator: recordIndicator,
  editIndicator,
  figure: recordFigure,
  correctFigure,
  target: recordTarget,
  correctTarget,
  withdraw: withdrawFigure,
  party: recordParty,
  editParty,
  place: recordPlace,
  editPlace,
  meetings: setMeetings,
  indicators: setIndicators,
};

let manager: Actor;
/** What is there: what an input can rightly name. */
let there: Record<string, string>;
/** The table whose rows a command revises. */
const tables: Record<string, string> = {
  editSource: "source",
  markSilent: "source",
  erratum: "source",
  editMeeting: "meeting",
  editIndicator: "indicator",
  correctFigure: "observation",
  withdraw: "observation",
  correctTarget: "target",
  editParty: "party",
  editPlace: "place",
  meetings: "commitment",
  indicators: "commitment",
};

beforeAll(async () => {
  const { source, meeting, indicator } = await makeRegister();
  manager = await addActor("manager");
  const { id: commitment } = await addRecord();
  const said = { value: 1, edtf: null, sourceId: source, paragraph: 1 };
  const figure = { ...said, qualifier: "exact", kind: null };
  const { id: observation } = await recordFigure(manager, { indicatorId: indicator, ...figure });
  const { id: target } = await recordTarget(manager, { indicatorId: indicator, commitmentId: commitment, ...said });
  there = { source, meeting, indicator, commitment, observation, target, party: "laos", place: "attapeu" };
}, 60_000);

describe.each(inputs)("%s", (name, _schema, shape) => {
  test("takes its input or says why not, and never breaks", async () => {
    const command = commands[name];
    if (!command) throw new Error(`no command ${name}`);
    const table = tables[name];
    const real: Record<string, string | undefined> = {
      portfolioId,
      sourceId: there.source,
      indicatorId: there.indicator,
      commitmentId: there.commitment,
      id: table && there[table],
      placeId: there.place,
      parentId: there.party,
    };
    const fields = Object.entries(shape).map(([field, arbitrary]) => {
      const known = real[field];
      return [field, known ? fc.oneof(fc.constant(known), fc.constant(known), arbitrary) : arbitrary] as const;
    });
    await fc.assert(
      fc.asyncProperty(fc.record(Object.fromEntries(fields)), fc.boolean(), async (input, current) => {
        const [row] =
          table && current
            ? await everything`SELECT version FROM ${sql(table)} WHERE id::text = ${String(input.id)}`
            : [];
        const given = row ? { ...input, version: row.version } : input;
        const answer = await command(manager, given).catch((error) => error);
        if (answer instanceof Error) expect(answer).toBeInstanceOf(KeptError);
        else expect(answer).toHaveProperty("id");
      }),
      { numRuns: 40 },
    );
  });
});
