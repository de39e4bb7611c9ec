import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { recordTarget } from "#lib/indicators/targets.ts";
import { recordMeeting } from "#lib/meetings/commands.ts";
import { recordSource } from "#lib/sources/commands.ts";
import { describe as describeLine, main as printCoverage } from "#lib/sources/coverage-cli.ts";
import { getSource, listSources } from "#lib/sources/queries.ts";
import { addActor, addRecord, historyOf, makeRegister, portfolioId, text } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

let manager: Actor & { id: string };
beforeAll(async () => {
  await makeRegister();
  manager = await addActor("manager");
}, 60_000);

const newSource = {
  portfolioId,
  key: "interview",
  title: "An interview",
  label: text("The interview"),
  publisher: "VNS",
  dateEdtf: "2025-04~",
  inferred: text("It speaks of the visit."),
  language: "en",
  kind: "press",
  paragraphs: 5,
  silent: [{ paragraph: 1, reason: text("Heading") }],
  errata: [
    { key: "wrong-year", paragraph: 4, wrong: text("2024"), right: text("2025"), explanation: text("The visit.") },
  ],
};

describe("a source", () => {
  test("shows, for each paragraph, what rests on it, why nothing does, or that there is a gap", async () => {
    const { id } = await recordSource(manager, newSource);
    const note = text("Names it.");
    const citations = [
      { sourceId: id, paragraph: 2, note },
      { sourceId: id, paragraph: 2, supports: "completion" },
    ];
    const { id: commitmentId, reference } = await addRecord({ citations });
    await recordMeeting(manager, {
      portfolioId,
      key: "talks",
      kind: "high_level_talks",
      name: text("Talks"),
      statement: text("They talk."),
      edtf: null,
      inferred: null,
      placeId: null,
      partyIds: [],
      citations: [{ sourceId: id, paragraph: 2, note: null }],
    });
    const { id: indicatorId } = await recordIndicator(manager, {
      portfolioId,
      key: "capital",
      name: text("Capital"),
      unit: "USD",
      direction: "increase",
      observations: [
        {
          value: 5.5e9,
          qualifier: "about",
          kind: null,
          edtf: "2025",
          inferred: null,
          sourceId: id,
          paragraph: 3,
          note: null,
        },
      ],
    });
    await recordTarget(manager, { indicatorId, commitmentId, value: 1e10, edtf: null, sourceId: id, paragraph: 3 });

    const source = await getSource(manager, portfolioId, "interview");
    expect(source).toMatchObject({
      date: "2025-04~",
      commitments: 1,
      meetings: 1,
      figures: 2,
      errata: [{ paragraph: 4 }],
    });
    const nothing = { commitments: [], meetings: [], figures: [], errata: [], silent: null };
    expect(source?.lines).toEqual([
      { ...nothing, paragraph: 1, silent: text("Heading") },
      {
        ...nothing,
        paragraph: 2,
        commitments: [
          { id: commitmentId, reference, title: text("A hospital for Attapeu"), note, supports: null },
          { id: commitmentId, reference, title: text("A hospital for Attapeu"), note: null, supports: "completion" },
        ],
        meetings: [{ key: "talks", name: text("Talks"), note: null }],
      },
      {
        ...nothing,
        paragraph: 3,
        figures: [
          { key: "capital", name: text("Capital"), unit: "USD", value: 5.5e9, target: false },
          { key: "capital", name: text("Capital"), unit: "USD", value: 1e10, target: true },
        ],
      },
      { ...nothing, paragraph: 4, errata: ["wrong-year"] },
      { ...nothing, paragraph: 5 },
    ]);
    expect(source?.lines.map(describeLine)).toEqual([
      "- Heading",
      `${reference}, meeting talks`,
      "figure capital 5500000000, target capital 10000000000",
      "erratum wrong-year",
      "GAP: nothing cites it",
    ]);
    expect(await historyOf(id)).toMatchObject([{ verb: "source.record", actorId: manager.id }]);
  });

  test.each([
    ["a key that is taken", { key: "paper" }, { key: "errors.keyTaken" }],
    [
      "a silent paragraph that it does not have",
      { silent: [{ paragraph: 6, reason: text("x") }] },
      { fields: { paragraphs: ["errors.noSuchParagraph"] } },
    ],
    ["an erratum beyond its end", { paragraphs: 3 }, { fields: { paragraphs: ["errors.noSuchParagraph"] } }],
    [
      "one paragraph silent twice",
      { silent: Array(2).fill({ paragraph: 1, reason: text("x") }) },
      { fields: { silent: ["errors.twice"] } },
    ],
    [
      "two errata of one key",
      {
        errata: Array(2).fill({ key: "one", paragraph: 1, wrong: text("a"), right: text("b"), explanation: text("c") }),
      },
      { fields: { errata: ["errors.twice"] } },
    ],
    ["a language that is none", { language: "English" }, { fields: { language: ["errors.language"] } }],
    ["a portfolio that is not there", { portfolioId: "nowhere" }, { status: 404 }],
  ])("is refused with %s", async (_what, over, refusal) => {
    await expect(recordSource(manager, { ...newSource, key: "another", ...over })).rejects.toMatchObject(refusal);
  });

  test("is recorded by managers", async () => {
    for (const role of ["viewer", "editor"] as const) {
      const refused = recordSource(await addActor(role), { ...newSource, key: "another" });
      await expect(refused).rejects.toMatchObject({ status: 403 });
    }
  });

  test("is found in its own portfolio", async () => {
    expect((await listSources(manager, portfolioId)).map(({ key }) => key)).toEqual(["interview", "paper"]);
    expect((await listSources(manager, "other-register")).map(({ key }) => key)).toEqual(["paper"]);
    expect(await listSources(manager, null)).toHaveLength(3);
    expect(await getSource(manager, "other-register", "interview")).toBeNull();
  });

  test("is printed paragraph by paragraph, and a gap is a failure", async () => {
    const lines: string[] = [];
    const print = vi.spyOn(console, "log").mockImplementation((line = "") => lines.push(line));
    try {
      await printCoverage([portfolioId]);
      expect(process.exitCode).toBe(1);
    } finally {
      print.mockRestore();
      process.exitCode = undefined;
    }
    expect(lines).toContain("interview: 5 paragraphs, 1 gap");
    expect(lines).toContain("    5  GAP: nothing cites it");
    await expect(printCoverage(["nowhere"])).rejects.toThrow("no sources");
  });
});
