import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { editIndicator, recordIndicator } from "#lib/indicators/commands.ts";
import { correctFigure, recordFigure, withdrawFigure } from "#lib/indicators/figures.ts";
import { correctTarget, recordTarget, withdrawTarget } from "#lib/indicators/targets.ts";
import { editMeeting, recordMeeting } from "#lib/meetings/commands.ts";
import { editParty, editPlace, recordParty, recordPlace } from "#lib/parties/commands.ts";
import {
  editSource,
  markSilent,
  recordErratum,
  recordSource,
  unmarkSilent,
  withdrawErratum,
} from "#lib/sources/commands.ts";
import {
  addActor,
  addRecord,
  historyOf,
  makeRegister,
  nobody,
  portfolioId,
  type Register,
  system,
  text,
} from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

/** What holds for everything by which a thing of the catalogue is revised. */
type Revision = {
  command: (actor: Actor, input: unknown) => Promise<{ id: string; version: number }>;
  /** A thing of its own to try it on: what is revised, and in whose history that stands. */
  make: () => Promise<{ id: string; subject?: string }>;
  /** Something that changes it; where names are taken, but for the name. */
  input: Record<string, unknown>;
  named?: true;
  /** What the history says changed. */
  changes: Record<string, unknown>;
  /** What a stale one is told stands there. */
  theirs: Record<string, unknown>;
  /** The row is gone after that, or doing it twice is doing something twice. */
  once?: true;
};

let register: Register;
let manager: Actor & { id: string };
let revisions: Record<string, Revision>;
let count = 0;

const source = {
  title: "As printed",
  label: text("A document"),
  publisher: null,
  dateEdtf: "2026-01",
  inferred: null,
  language: "vi",
  kind: "press",
  paragraphs: 9,
};
const erratum = { paragraph: 4, wrong: text("2024"), right: text("2025"), explanation: text("The visit.") };
const meeting = {
  kind: "state_visit",
  name: text("A visit"),
  statement: text("They meet."),
  placeId: null,
  partyIds: ["laos"],
};
const claim = { value: 5, phrase: "in 2025", edtf: "2025", paragraph: 3 };
const figure = { ...claim, qualifier: "exact", kind: null, inferred: null, note: null };
const party = { kind: "ministry", aliases: ["MoX"], parentId: "laos", iso: null, side: "la" };
const place = { aliases: [], iso: null, country: "la" };

const addSource = async (over: object = {}) => ({
  id: (await recordSource(system, { portfolioId, ...source, ...over })).id,
});
const addIndicator = () =>
  recordIndicator(system, { portfolioId, name: text(`Something ${++count}`), unit: "projects", direction: "increase" });

beforeAll(async () => {
  register = await makeRegister();
  manager = await addActor("manager");
  const said = { ...claim, sourceId: register.source };
  const told = { ...claim, source: "paper" };
  const addFigure = async () => {
    const { id: subject } = await addIndicator();
    const { id } = await recordFigure(system, { indicatorId: subject, ...figure, sourceId: register.source });
    return { id, subject };
  };
  const addTarget = async () => {
    const { id: subject } = await addIndicator();
    const { id: commitmentId } = await addRecord();
    const { id } = await recordTarget(system, { indicatorId: subject, commitmentId, ...said });
    return { id, subject };
  };
  const firstSilent = { paragraph: 1, reason: text("Heading") };
  const reason = "A typing error.";
  revisions = {
    editSource: {
      command: editSource,
      make: addSource,
      input: { ...source, label: { ...source.label, vi: "Văn bản" }, publisher: "VNA", kind: "minutes" },
      changes: {
        "label.vi": ["A document (vi)", "Văn bản"],
        publisher: [null, "VNA"],
        sourceKind: ["press", "minutes"],
      },
      theirs: source,
    },
    markSilent: {
      command: markSilent,
      make: addSource,
      input: { paragraphs: "1", reason: firstSilent.reason },
      changes: { silent: [[], [firstSilent]] },
      theirs: { silent: [] },
    },
    unmarkSilent: {
      command: unmarkSilent,
      make: () => addSource({ silent: [firstSilent] }),
      input: { paragraph: 1 },
      changes: { silent: [[firstSilent], []] },
      theirs: { silent: [firstSilent] },
    },
    recordErratum: {
      command: recordErratum,
      make: addSource,
      input: erratum,
      changes: { erratum: [null, erratum] },
      theirs: {},
      once: true,
    },
    withdrawErratum: {
      command: withdrawErratum,
      make: () => addSource({ errata: [{ key: "year", ...erratum }] }),
      input: { key: "year" },
      changes: { erratum: [erratum, null] },
      theirs: {},
      once: true,
    },
    editMeeting: {
      command: editMeeting,
      make: () => recordMeeting(system, { portfolioId, ...meeting, citations: [], edtf: "2026" }),
      input: {
        ...meeting,
        name: { ...meeting.name, lo: "ການຢ້ຽມຢາມ" },
        kind: "official_visit",
        placeId: "attapeu",
        partyIds: ["viet-nam", "laos", "laos"],
        citations: [{ sourceId: register.source, paragraph: 2, note: null }],
      },
      changes: {
        "name.lo": ["A visit (lo)", "ການຢ້ຽມຢາມ"],
        meetingKind: ["state_visit", "official_visit"],
        places: [[], ["attapeu"]],
        parties: [["laos"], ["laos", "viet-nam"]],
        citations: [[], [{ source: "paper", paragraph: 2, note: null }]],
      },
      theirs: { ...meeting, citations: [] },
    },
    editIndicator: {
      command: editIndicator,
      make: addIndicator,
      input: { name: text("Students"), unit: "students", direction: "none" },
      changes: { unit: ["projects", "students"], direction: ["increase", "none"] },
      theirs: { unit: "projects", direction: "increase" },
    },
    correctFigure: {
      command: correctFigure,
      make: addFigure,
      input: { ...figure, sourceId: register.source, value: 5.5, edtf: "2026", note: text("So it says."), reason },
      changes: {
        figure: [
          { ...figure, source: "paper" },
          { ...figure, source: "paper", value: 5.5, edtf: "2026", note: text("So it says.") },
        ],
        reason: [null, reason],
      },
      theirs: { ...figure },
    },
    withdrawFigure: {
      command: withdrawFigure,
      make: addFigure,
      input: { reason },
      changes: { figure: [{ ...figure, source: "paper" }, null], reason: [null, reason] },
      theirs: { ...figure },
      once: true,
    },
    correctTarget: {
      command: correctTarget,
      make: addTarget,
      input: { ...said, value: 7, edtf: null, phrase: null, reason },
      changes: { target: [told, { ...told, value: 7, edtf: null, phrase: null }], reason: [null, reason] },
      theirs: claim,
    },
    withdrawTarget: {
      command: withdrawTarget,
      make: addTarget,
      input: { reason },
      changes: { target: [told, null], reason: [null, reason] },
      theirs: claim,
      once: true,
    },
    editParty: {
      command: editParty,
      make: () => recordParty(system, { ...party, name: text(`Ministry ${++count}`) }),
      input: {
        ...party,
        name: text("Ministry of Bridges"),
        kind: "other",
        aliases: "MoB\n\n Bridges ",
        parentId: null,
      },
      changes: { partyKind: ["ministry", "other"], partOf: [["laos"], []], aliases: [["MoX"], ["MoB", "Bridges"]] },
      theirs: { ...party, aliases: "MoX" },
      named: true,
    },
    editPlace: {
      command: editPlace,
      make: () => recordPlace(system, { ...place, name: text(`Town ${++count}`) }),
      input: { ...place, iso: "LA-CH" },
      changes: { iso: [null, "LA-CH"] },
      theirs: { ...place, aliases: "" },
      named: true,
    },
  };
}, 60_000);

const names = [
  "editSource",
  "markSilent",
  "unmarkSilent",
  "recordErratum",
  "withdrawErratum",
  "editMeeting",
  "editIndicator",
  "correctFigure",
  "withdrawFigure",
  "correctTarget",
  "withdrawTarget",
  "editParty",
  "editPlace",
];

function revision(name: string): Revision {
  const found = revisions[name];
  if (!found) throw new Error(`no revision ${name}`);
  return found.named ? { ...found, input: { ...found.input, name: text(`A name ${++count}`) } } : found;
}

test("no revision is forgotten", () => {
  expect(Object.keys(revisions)).toEqual(names);
});

describe.each(names)("%s", (name) => {
  const made = async () => {
    const { id, subject = id } = await revision(name).make();
    return { id, subject, before: await historyOf(subject) };
  };
  const withoutPlace = ({ sourceId: _source, commitment: _commitment, ...rest }: Record<string, unknown>) => rest;

  test("writes the next version and one entry of the history, by who did it; again, nothing", async () => {
    const { command, input, changes, once } = revision(name);
    const { id, subject, before } = await made();
    expect(await command(manager, { id, version: 1, ...input })).toMatchObject({ id, version: 2 });
    const [entry, ...more] = (await historyOf(subject)).slice(before.length);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ actorId: manager.id, actorName: manager.name, changes });
    expect(entry?.verb.split(".").at(-1)).toBe(name.replace(/^edit.*/, "edit"));
    if (once) return;
    expect(await command(manager, { id, version: 2, ...input })).toMatchObject({ id, version: 2 });
    expect(await historyOf(subject)).toHaveLength(before.length + 1);
  });

  test("refuses a stale version, and says what stands there", async () => {
    const { command, input, theirs } = revision(name);
    const { id, subject, before } = await made();
    const stale = await command(manager, { id, version: 41, ...input }).catch((error) => error);
    expect(stale).toMatchObject({ status: 409, version: 1, theirs: withoutPlace(theirs) });
    expect(await historyOf(subject)).toHaveLength(before.length);
  });

  test("is for managers and admins", async () => {
    const { command, input } = revision(name);
    const { id, subject, before } = await made();
    for (const role of ["viewer", "editor"] as const) {
      const refused = command(await addActor(role), { id, version: 1, ...input });
      await expect(refused).rejects.toMatchObject({ status: 403 });
    }
    expect(await historyOf(subject)).toHaveLength(before.length);
    await command(await addActor("admin"), { id, version: 1, ...input });
  });

  test("is not on what is not there, and refuses input of another shape", async () => {
    const { command, input } = revision(name);
    const id = name === "editParty" || name === "editPlace" ? "nobody" : nobody;
    await expect(command(manager, { id, version: 1, ...input })).rejects.toMatchObject({ status: 404 });
    for (const bad of [null, [], "x", {}, { ...input, id, version: 0 }, { ...input, id, version: 1, extra: 1 }]) {
      await expect(command(manager, bad)).rejects.toMatchObject({ status: 422, key: "errors.invalid" });
    }
  });

  test("of two at once, one is told of the other", async () => {
    const { command, input } = revision(name);
    const { id } = await made();
    const both = await Promise.allSettled([1, 2].map(() => command(manager, { id, version: 1, ...input })));
    const refused = both.filter((each) => each.status === "rejected").map(({ reason: error }) => error.status);
    // What is gone is not found.
    expect([[409], [404]]).toContainEqual(refused);
  });
});

test("of two who enter the same at once, each has a key of its own", async () => {
  const made = await Promise.all(
    Array.from({ length: 6 }, () => recordSource(manager, { portfolioId, ...source, label: text("Twins, Đà Nẵng") })),
  );
  expect(made.map(({ key }) => key).sort()).toEqual([
    "twins-da-nang",
    ...[2, 3, 4, 5, 6].map((n) => `twins-da-nang-${n}`),
  ]);
  const lao = { en: "", vi: "", lo: "ຖະແຫຼງການ" };
  expect((await recordSource(manager, { portfolioId, ...source, label: lao })).key).toBe("source");
  expect((await recordSource(manager, { portfolioId, ...source, label: text("New") })).key).toBe("new-2");
  const parties = await Promise.allSettled(
    Array.from({ length: 4 }, () => recordParty(manager, { ...party, name: text("Ministry of Twins") })),
  );
  expect(parties.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await everything`SELECT id FROM party WHERE name->>'en' = 'Ministry of Twins'`).toEqual([
    { id: "ministry-of-twins" },
  ]);
});
