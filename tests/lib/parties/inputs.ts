import fc from "fast-check";
import type { z } from "zod";
import { indicatorsInput, meetingsInput } from "#lib/commitments/schema.ts";
import {
  correctFigureInput,
  correctGoalInput,
  editIndicatorInput,
  figureInput,
  goalInput,
  indicatorInput,
  withdrawInput,
} from "#lib/indicators/schema.ts";
import { editMeetingInput, meetingInput } from "#lib/meetings/schema.ts";
import { editPartyInput, editPlaceInput, partyInput, placeInput } from "#lib/parties/schema.ts";
import { editSourceInput, erratumInput, silentInput, sourceInput } from "#lib/sources/schema.ts";

const uuid = fc.uuid();
const key = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const word = fc.string({ unit: "grapheme", maxLength: 40 });
const texts = fc.record({ en: word, vi: word, lo: word });
const optional = fc.option(texts);
const edtf = fc.constantFrom(null, "", "2026", "2026-04~", "2021/2025", "../2026-01-01", " 2026-12-31 ");
const paragraph = fc.integer({ min: 1, max: 100_000 });
const value = fc.oneof(
  fc.integer(),
  fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1e4),
);
const said = { sourceId: uuid, paragraph };
const version = fc.integer({ min: 1, max: 1e6 });
const target = { id: uuid, version };
const reason = word;

const source = {
  title: fc.option(word),
  label: texts,
  publisher: fc.option(word),
  dateEdtf: edtf,
  inferred: optional,
  language: fc.constantFrom("vi", "lo", "en"),
  kind: fc.constantFrom("press", "communique", "signed_text", "minutes"),
  paragraphs: paragraph,
};
const claim = { paragraph, wrong: texts, right: texts, explanation: texts };
const meeting = {
  kind: fc.constantFrom("committee_session", "state_visit", "other"),
  name: texts,
  statement: texts,
  placeId: fc.option(key),
  partyIds: fc.array(key, { maxLength: 5 }),
  citations: fc.array(fc.record({ ...said, note: optional }), { maxLength: 3 }),
};
const measured = {
  name: texts,
  unit: fc.constantFrom("USD", "projects", "percent"),
  direction: fc.constantFrom("increase", "decrease", "none"),
};
const when = { phrase: fc.option(word), edtf };
const figure = {
  value,
  qualifier: fc.constantFrom("exact", "about", "predicted"),
  kind: fc.constantFrom(null, "total", "full_year"),
  ...when,
  inferred: optional,
  ...said,
  note: optional,
};
const goal = { value, ...when, ...said };
const iso = fc.constantFrom(null, "", "VN", "LA-AT");
const side = fc.constantFrom(null, "vn", "la");
const aliases = fc.oneof(fc.array(word, { maxLength: 4 }), word);
const party = {
  kind: fc.constantFrom("ministry", "company"),
  name: texts,
  aliases,
  parentId: fc.option(key),
  iso,
  side,
};
const place = { name: texts, aliases, iso, country: side };

/** The inputs of the catalogue's commands: by what they do, the schema, and values for each field. */
export const inputs: [string, z.ZodType, Record<string, fc.Arbitrary<unknown>>][] = [
  ["source", sourceInput, { portfolioId: key, ...source }],
  ["editSource", editSourceInput, { ...target, ...source }],
  ["markSilent", silentInput, { ...target, paragraphs: fc.constantFrom("1", "1-3, 7", [4, 5], "x"), reason: texts }],
  ["erratum", erratumInput, { ...target, ...claim }],
  ["meeting", meetingInput, { portfolioId: key, ...meeting, ...when, inferred: optional }],
  ["editMeeting", editMeetingInput, { ...target, ...meeting }],
  [
    "indicator",
    indicatorInput,
    { portfolioId: key, ...measured, observations: fc.array(fc.record(figure), { maxLength: 2 }) },
  ],
  ["editIndicator", editIndicatorInput, { ...target, ...measured }],
  ["figure", figureInput, { indicatorId: uuid, ...figure }],
  ["correctFigure", correctFigureInput, { ...target, ...figure, reason }],
  ["target", goalInput, { indicatorId: uuid, commitmentId: uuid, ...goal }],
  ["correctTarget", correctGoalInput, { ...target, ...goal, reason }],
  ["withdraw", withdrawInput, { ...target, reason }],
  ["party", partyInput, party],
  ["editParty", editPartyInput, { ...target, id: key, ...party }],
  ["place", placeInput, place],
  ["editPlace", editPlaceInput, { ...target, id: key, ...place }],
  [
    "meetings",
    meetingsInput,
    {
      ...target,
      meetings: fc.array(fc.record({ meetingId: uuid, relation: fc.constantFrom("made", "planned") }), {
        maxLength: 4,
      }),
    },
  ],
  ["indicators", indicatorsInput, { ...target, indicatorIds: fc.array(uuid, { maxLength: 4 }) }],
];
