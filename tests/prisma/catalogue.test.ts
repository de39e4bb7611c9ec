import { describe, expect, test } from "vitest";
import { parseEdtf } from "#lib/dates.ts";
import { readCatalogue } from "#prisma/seed/catalogue.ts";

const catalogue = readCatalogue();
const { sectors, parties, places, sources, meetings, indicators, commitments } = catalogue;
const keysOf = (entries: readonly { key: string }[]) => entries.map(({ key }) => key);
const known = {
  sector: new Set(keysOf(sectors)),
  party: new Set(keysOf(parties)),
  place: new Set(keysOf(places)),
  source: new Map(sources.map(({ key, paragraphs }) => [key, paragraphs])),
  meeting: new Set(keysOf(meetings)),
  indicator: new Set(keysOf(indicators)),
  commitment: new Set(keysOf(commitments)),
};

/** Every "source, paragraph" that something rests on. */
const cited = [
  ...commitments.flatMap(({ citations, completionBasis }) => [
    ...citations,
    ...(completionBasis ? [completionBasis] : []),
  ]),
  ...meetings.flatMap(({ citations }) => citations),
  ...indicators.flatMap(({ observations, targets }) => [...observations, ...targets]),
  ...sources.flatMap(({ key, errata }) => errata.map(({ paragraph }) => ({ source: key, paragraph }))),
];

describe("keys", () => {
  test("are given once", () => {
    for (const entries of [sectors, parties, places, sources, meetings, indicators, commitments]) {
      expect(new Set(keysOf(entries)).size).toBe(entries.length);
    }
  });

  test("references run from 1 without a gap", () => {
    const numbers = commitments.map(({ reference }) => reference);
    expect(numbers).toEqual(numbers.map((_, index) => `VL-${String(index + 1).padStart(3, "0")}`));
    expect(commitments.length).toBeGreaterThanOrEqual(60);
  });

  test("lead to something", () => {
    for (const { parent } of parties) if (parent) expect(known.party).toContain(parent);
    for (const meeting of meetings) {
      for (const party of meeting.parties) expect(known.party).toContain(party);
      if (meeting.place) expect(known.place).toContain(meeting.place);
    }
    for (const { targets } of indicators)
      for (const { commitment } of targets) expect(known.commitment).toContain(commitment);
    for (const record of commitments) {
      expect(known.sector).toContain(record.sector);
      for (const { party } of record.parties) expect(known.party).toContain(party);
      for (const place of record.places) expect(known.place).toContain(place);
      for (const { meeting } of record.meetings) expect(known.meeting).toContain(meeting);
      for (const indicator of record.indicators) expect(known.indicator).toContain(indicator);
      if (record.deadline?.anchor) expect(known.meeting).toContain(record.deadline.anchor);
      for (const other of [record.parent, record.predecessor]) if (other) expect(known.commitment).toContain(other);
    }
  });

  test("a party's parent stands before it", () => {
    const before = new Set<string>();
    for (const { key, parent } of parties) {
      if (parent) expect(before).toContain(parent);
      before.add(key);
    }
  });
});

describe("where it is said", () => {
  test("every record, meeting and figure names a paragraph that the document has", () => {
    for (const { citations, reference } of commitments) expect(citations, reference).not.toHaveLength(0);
    for (const { citations, key } of meetings) expect(citations, key).not.toHaveLength(0);
    for (const { source, paragraph } of cited) {
      expect(paragraph).toBeGreaterThanOrEqual(1);
      expect(paragraph).toBeLessThanOrEqual(known.source.get(source) ?? 0);
    }
  });

  test("every paragraph is cited, or said to have nothing to record, never both", () => {
    for (const { key, paragraphs, silent } of sources) {
      const used = new Set(cited.filter(({ source }) => source === key).map(({ paragraph }) => paragraph));
      const explained = new Set(silent.map(({ paragraph }) => paragraph));
      const all = Array.from({ length: paragraphs }, (_, index) => index + 1);
      expect({ key, gaps: all.filter((number) => !used.has(number) && !explained.has(number)) }).toEqual({
        key,
        gaps: [],
      });
      expect({ key, both: all.filter((number) => used.has(number) && explained.has(number)) }).toEqual({
        key,
        both: [],
      });
    }
  });

  test("a status other than not reported says which paragraph it rests on", () => {
    for (const { reference, completion, completionBasis, evidence } of commitments) {
      expect({ reference, based: completionBasis !== null }).toEqual({
        reference,
        based: completion !== "not_reported",
      });
      if (completion === "not_reported") expect(evidence).toBe("none");
    }
  });

  test("what is inferred says why, and what is not says nothing", () => {
    const dates = [
      ...sources.map(({ date }) => date),
      ...meetings.map(({ date }) => date),
      ...indicators.flatMap(({ observations }) => observations.map(({ asOf }) => asOf)),
      ...commitments.flatMap(({ deadline }) => deadline ?? []),
    ];
    for (const { inferred, reason, phrase } of dates)
      expect({ phrase, why: reason !== null }).toEqual({ phrase, why: inferred });
  });
});

describe("texts", () => {
  /** Every text in three languages with where it stands. */
  function* texts(node: unknown, path = ""): Generator<[string, Record<string, string>]> {
    if (typeof node !== "object" || node === null) return;
    if ("en" in node) yield [path, node as Record<string, string>];
    else for (const [step, child] of Object.entries(node)) yield* texts(child, `${path}.${step}`);
  }

  test("are there in three languages, clean and in NFC", () => {
    let count = 0;
    for (const [path, text] of texts(catalogue)) {
      count++;
      for (const [locale, written] of Object.entries(text)) {
        expect(written, `${path}.${locale}`).not.toBe("");
        expect(written, `${path}.${locale}`).toBe(written.normalize("NFC").trim());
      }
      expect(text.lo, path).toMatch(/\p{Script=Lao}/u);
    }
    expect(count).toBeGreaterThan(500);
  });

  test("titles fit a line of the register", () => {
    for (const { reference, title } of commitments) expect(title.en.length, reference).toBeLessThanOrEqual(90);
  });
});

test("dates are EDTF in its one spelling", () => {
  const dates = [
    ...sources.map(({ date }) => date.edtf),
    ...meetings.map(({ date }) => date.edtf),
    ...indicators.flatMap(({ observations, targets }) => [
      ...observations.map(({ asOf }) => asOf.edtf),
      ...targets.map(({ date }) => date.edtf),
    ]),
    ...commitments.flatMap(({ deadline, instrument, milestones }) => [
      deadline?.edtf ?? null,
      instrument?.signed ?? null,
      instrument?.inEffectFrom ?? null,
      instrument?.ends ?? null,
      ...milestones.map(({ date }) => date.edtf),
    ]),
  ];
  for (const edtf of dates) if (edtf !== null) expect(parseEdtf(edtf)).toMatchObject({ ok: true, value: { edtf } });
});
