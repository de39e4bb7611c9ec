import type { MemberRole } from "#lib/actor.ts";
import { kindsOf } from "#lib/commitments/schema.ts";
import { addDays, type Bounds, type Day, parseEdtf } from "#lib/dates.ts";
import type { Texts } from "#lib/text.ts";
import { type Completion, Evidence, type Form, type PartyRole, type Strength } from "#prisma/generated/enums.ts";
import type { LoadedCommitment, LoadedPerson } from "./load.ts";
import { actions, familyNames, givenNames, news, remarks, things, where } from "./words.ts";

/** Makes the records of the demonstration portfolio: the same for the same numbers, on every machine. */

export type World = {
  people: readonly LoadedPerson[];
  sectorIds: readonly string[];
  partyIds: readonly string[];
  sourceId: string;
  today: Day;
};

export function makePeople(count: number, partyIds: readonly string[]): LoadedPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const random = dice(index + 1);
    return {
      id: uuid(random),
      name: `${random.pick(familyNames)} ${random.pick(givenNames)} ${index + 1}`,
      email: `person${index + 1}@demo.invalid`,
      role: random.weighted<MemberRole>([
        ["viewer", 2],
        ["editor", 6],
        ["manager", 2],
      ]),
      agencyId: random.pick(partyIds),
    };
  });
}

export function makeCommitment(
  index: number,
  { people, sectorIds, partyIds, sourceId, today }: World,
): LoadedCommitment {
  const random = dice(0x5eed + index);
  const form = random.weighted<Form>([
    ["instrument", 3],
    ["pledge", 6],
    ["target", 1],
  ]);
  const [action, thing, place] = [random.pick(actions), random.pick(things), random.pick(where)];
  const [first, second] = [random.pick(remarks), random.pick(remarks)];
  const title = joined(" ", action, thing, place);
  const owner = random.chance(0.7) && people.length > 0 ? random.pick(people) : null;
  const completion = random.weighted<Completion>([
    ["not_reported", 20],
    ["not_started", 10],
    ["limited", 20],
    ["substantial", 15],
    ["complete", 30],
    ["withdrawn", 3],
    ["superseded", 2],
  ]);
  const createdOn = addDays(today, -30 - random.below(1400));
  const reports =
    completion === "not_reported"
      ? []
      : Array.from({ length: 1 + random.below(3) }, (_, n) => ({
          id: uuid(random),
          on: addDays(createdOn, 10 + n * 90 + random.below(60)),
          byName: owner?.name ?? "demo",
          text: random.pick(news),
          completion: n === 0 ? ("not_started" as const) : completion,
        })).filter(({ on }) => on <= today);
  const parties = [...new Set(Array.from({ length: 2 + random.below(3) }, () => random.pick(partyIds)))].map(
    (partyId, at) => ({
      partyId,
      role: (["lead", "counterpart", "participant", "funder"] as const satisfies PartyRole[])[at] ?? "participant",
    }),
  );
  const createdAt = new Date(`${createdOn}T02:00:00Z`);
  return {
    id: uuid(random),
    number: index + 1,
    reference: `DEMO-${String(index + 1).padStart(3, "0")}`,
    form,
    kind: random.pick(kindsOf[form]),
    strength: random.weighted<Strength>([
      ["obligation", 3],
      ["pledge", 5],
      ["aspiration", 2],
      ["description", 1],
    ]),
    sectorId: random.pick(sectorIds),
    title,
    statement: joined(
      " ",
      mapTexts(title, (text) => `${text}.`),
      first,
      second,
    ),
    ownerId: owner?.id ?? null,
    completion,
    evidence: reports.length > 0 ? random.pick(Object.values(Evidence)) : "none",
    confidence: reports.length > 0 ? random.pick(["green", "amber", "red"]) : null,
    deadline: deadline(random, today),
    parties,
    citation: { sourceId, paragraph: 1 + random.below(40) },
    reports,
    history: [
      {
        at: createdAt,
        actorName: "demo",
        verb: "commitment.create",
        changes: { created: [null, { reference: `DEMO-${index + 1}`, title }] },
      },
      ...reports.map(({ on, byName, text, completion: to }, n) => ({
        at: new Date(`${on}T03:00:00Z`),
        actorName: byName,
        verb: "commitment.reportProgress",
        changes: {
          completion: [n === 0 ? "not_reported" : "not_started", to] as const,
          report: [null, { asOf: on, text, completion: to }] as const,
        },
      })),
    ],
    createdAt,
  };
}

function deadline(random: Dice, today: Day): LoadedCommitment["deadline"] {
  const day = addDays(today, random.below(1500) - 600);
  const edtf = random.weighted<string | null>([
    [null, 15],
    [day.slice(0, 4), 35],
    [day.slice(0, 7), 20],
    [day, 30],
  ]);
  if (edtf === null)
    return random.chance(0.5) ? { phrase: "in the coming years", edtf: null, earliest: null, latest: null } : null;
  return { phrase: `by ${edtf}`, edtf, ...boundsOf(edtf) };
}

/** Few values for many records, and each record is made once per table. */
const known = new Map<string, Bounds>();

function boundsOf(edtf: string): Bounds {
  const before = known.get(edtf);
  if (before) return before;
  const parsed = parseEdtf(edtf);
  if (!parsed.ok) throw new Error(`${edtf}: ${parsed.error}`);
  const { earliest, latest } = parsed.value;
  known.set(edtf, { earliest, latest });
  return { earliest, latest };
}

const joined = (separator: string, ...parts: Texts[]): Texts => ({
  en: parts.map(({ en }) => en).join(separator),
  vi: parts.map(({ vi }) => vi).join(separator),
  lo: parts.map(({ lo }) => lo).join(separator),
});
const mapTexts = (texts: Texts, change: (text: string) => string): Texts => ({
  en: change(texts.en),
  vi: change(texts.vi),
  lo: change(texts.lo),
});

type Dice = ReturnType<typeof dice>;

/** Random numbers that are the same on every machine (mulberry32). */
function dice(seed: number) {
  let state = Math.imul(seed, 0x9e3779b9) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(from: readonly T[]): T => {
      const at = from[below(from.length)];
      if (at === undefined) throw new Error("nothing to pick from");
      return at;
    },
    weighted: <T>(choices: readonly (readonly [T, number])[]): T => {
      let left = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      return (choices[0] as readonly [T, number])[0];
    },
  };
}

/** A version 4 UUID from the dice; its last digit stays free for ids made of it (load.ts). */
function uuid({ below }: Pick<Dice, "below">): string {
  const hex = Array.from({ length: 4 }, () =>
    below(2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 31)}0`;
}
