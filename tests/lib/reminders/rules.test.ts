import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { assignOwner } from "#lib/commitments/commands.ts";
import { locales } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { createRule, switchRule, updateRule } from "#lib/reminders/commands.ts";
import { addHoliday, listHolidays, recordHolidays, renameHoliday, strikeHoliday } from "#lib/reminders/holidays.ts";
import { plan } from "#lib/reminders/planner.ts";
import { planDue } from "#lib/reminders/planning.ts";
import { previewPlan } from "#lib/reminders/preview.ts";
import { countMatches, getRule, listRules } from "#lib/reminders/queries.ts";
import type { About, Rule, Subject } from "#lib/reminders/rules.ts";
import { ruleSentences } from "#lib/reminders/sentence.ts";
import { reasonText } from "#lib/reminders/words.ts";
import { addActor, addRecord, historyOf, makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

type Somebody = Awaited<ReturnType<typeof addActor>>;
let [manager, editor, viewer] = [] as unknown as [Somebody, Somebody, Somebody];
beforeAll(async () => {
  await makeRegister();
  [manager, editor, viewer] = [await addActor("manager"), await addActor("editor"), await addActor("viewer")];
}, 60_000);

const rule = {
  name: { en: "Early", vi: "", lo: "" },
  query: "",
  date: "deadline",
  reportEvery: null,
  offsets: [0, -30, -7],
  repeatEvery: null,
  counting: "calendar",
  countries: ["VN"],
  recipients: ["watchers", "owner"],
  personId: null,
  escalateAfter: null,
  escalateTo: [],
  escalatePersonId: null,
};
const add = (over: Record<string, unknown> = {}, actor = manager) =>
  createRule(actor, { portfolioId, ...rule, ...over });

describe("rules", () => {
  test("managers add them, everybody reads them", async () => {
    const { id } = await add({
      query: `https://kept.example.org/${portfolioId}/register?sector=health&sort=-title#top`,
    });
    expect(await getRule(viewer, portfolioId, id)).toMatchObject({
      ...rule,
      query: "sector=health",
      offsets: [-30, -7, 0],
      recipients: ["owner", "watchers"],
      active: true,
      version: 1,
    });
    for (const actor of [editor, viewer]) await expect(add({}, actor)).rejects.toMatchObject({ status: 403 });
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual(["rule.create"]);
    expect((await listRules(viewer, portfolioId)).map((row) => row.id)).toContain(id);
    expect(await getRule(viewer, "elsewhere", id)).toBeNull();
    expect(await getRule(viewer, portfolioId, "no-id")).toBeNull();
  });

  test.each([
    ["a filter that the register does not have", { query: "sector=;drop" }, "query"],
    ["“mine”, which is nobody's", { query: "owner=me" }, "query"],
    ["no moment", { offsets: [] }, "offsets"],
    ["half a day", { offsets: [1.5] }, "offsets.0"],
    ["text for a day", { offsets: ["soon"] }, "offsets.0"],
    ["nobody to tell", { recipients: [] }, "recipients"],
    ["a person who is not named", { recipients: ["person"] }, "personId"],
    [
      "a person who is not there",
      { recipients: ["person"], personId: "00000000-0000-4000-8000-000000000000" },
      "personId",
    ],
    ["a missing report before it is missing", { date: "report", reportEvery: 60, offsets: [-7] }, "offsets"],
    ["a report without an interval", { date: "report", offsets: [0] }, "reportEvery"],
    ["an escalation to nobody", { escalateAfter: 30 }, "escalateTo"],
    ["no name in any language", { name: { en: "", vi: " ", lo: "" } }, "name"],
  ])("refuses %s", async (_what, over, field) => {
    await expect(add(over)).rejects.toMatchObject({ fields: { [field]: [expect.stringMatching(/errors\./)] } });
  });

  test("what its kind cannot have is left out", async () => {
    const { id } = await add({
      date: "gap",
      reportEvery: 5,
      repeatEvery: 7,
      escalateAfter: 9,
      escalateTo: ["managers"],
    });
    expect(await getRule(manager, portfolioId, id)).toMatchObject({
      offsets: [],
      reportEvery: null,
      repeatEvery: null,
      escalateAfter: null,
      escalateTo: [],
    });
  });

  test("a stale edit is refused with what stands there; switching is an edit, too", async () => {
    const { id } = await add();
    expect(await updateRule(manager, { id, version: 1, ...rule, offsets: [-60] })).toEqual({ id, version: 2 });
    await expect(updateRule(manager, { id, version: 1, ...rule, offsets: [-14] })).rejects.toMatchObject({
      version: 2,
      theirs: { offsets: [-60] },
    });
    expect(await updateRule(manager, { id, version: 2, ...rule, offsets: [-60] })).toEqual({ id, version: 2 });
    await expect(switchRule(editor, { id, version: 2, active: false })).rejects.toMatchObject({ status: 403 });
    expect(await switchRule(manager, { id, version: 2, active: false })).toEqual({ id, version: 3 });
    await expect(switchRule(manager, { id, version: 2, active: true })).rejects.toMatchObject({ version: 3 });
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual(["rule.create", "rule.update", "rule.switch"]);
  });

  test("says how many records a filter means", async () => {
    await addRecord({ sectorId: "trade" });
    expect(await countMatches(viewer, portfolioId, "sector=trade", "2027-01-01")).toEqual({
      total: 1,
      open: 1,
      more: false,
    });
  });

  test("reads as sentences in every language", () => {
    const said = {
      ...rule,
      offsets: [-30, 0, 5],
      repeatEvery: 7,
      counting: "working",
      escalateAfter: 30,
      escalateTo: ["person"],
    };
    for (const locale of locales) {
      const sentences = ruleSentences(translator(locale), {
        ...said,
        person: null,
        escalatePerson: "Ms Lan",
      } as Parameters<typeof ruleSentences>[1]);
      expect(sentences).toHaveLength(4);
      expect(sentences.join(" ")).toContain("Ms Lan");
      expect(sentences.join(" ")).not.toMatch(/[{}]|reminders\./);
    }
    expect(ruleSentences(translator("en"), { ...said, person: null, escalatePerson: null } as never)).toEqual([
      "Deadline: 30 working days before, on the day and 5 working days after, then every 7 working days while it is open.",
      "To: those who watch it and the owner.",
      "If it is still open 30 working days after, also to: a person.",
      "Working days: Monday to Friday, without the holidays of Viet Nam.",
    ]);
  });
});

describe("holidays", () => {
  const name = { en: "A new one", vi: "", lo: "" };
  test("managers add, rename and strike them out; the seed leaves them as they are", async () => {
    const given = { country: "LA", day: "2031-04-18" };
    await addHoliday(manager, { ...given, name });
    await expect(addHoliday(manager, { ...given, name })).rejects.toMatchObject({ fields: { day: expect.anything() } });
    await expect(addHoliday(editor, { ...given, day: "2031-04-19", name })).rejects.toMatchObject({ status: 403 });
    await renameHoliday(manager, { ...given, version: 1, name: { ...name, en: "Renamed" } });
    await expect(strikeHoliday(manager, { ...given, version: 1, works: true })).rejects.toMatchObject({ version: 2 });
    await strikeHoliday(manager, { ...given, version: 2, works: true });
    await recordHolidays(systemActor("seed"), { holidays: [{ ...given, name }] });
    expect(await listHolidays(viewer, 2031)).toEqual([
      { ...given, name: { ...name, en: "Renamed" }, works: true, version: 3 },
    ]);
    expect((await historyOf("LA:2031-04-18")).map(({ verb }) => verb)).toEqual([
      "holiday.add",
      "holiday.rename",
      "holiday.strike",
    ]);
  });

  test.each([
    ["a day that is none", { day: "2031-02-30" }],
    ["a country without a list", { country: "TH" }],
    ["no name", { name: { en: "", vi: "", lo: "" } }],
  ])("refuses %s", async (_what, over) => {
    await expect(addHoliday(manager, { country: "VN", day: "2031-01-01", name, ...over })).rejects.toMatchObject({
      status: 422,
    });
  });
});

describe("what will be sent", () => {
  test("is what is recorded later; managers see everybody's, others their own; what was told is no longer ahead", async () => {
    await add({ offsets: [-31] });
    const owners = [manager, editor];
    for (const owner of owners) {
      const { id } = await addRecord({ deadline: { phrase: "by May", edtf: "2027-05-31", anchorId: null } });
      await assignOwner(manager, { id, version: 1, ownerId: owner.id });
    }
    const from = new Date("2027-04-28T00:00:00Z");
    const of = async (actor: Somebody, now = from) =>
      (await previewPlan(actor, portfolioId, { from: now, days: 10 })).rows
        .filter(({ about }) => about.offset === -31)
        .map(({ person, at }) => [person.id, at.toISOString()]);
    expect((await of(manager)).sort()).toEqual(owners.map(({ id }) => [id, "2027-04-30T01:00:00.000Z"]).sort());
    expect(await of(editor)).toEqual([[editor.id, "2027-04-30T01:00:00.000Z"]]);
    expect(await of(viewer)).toEqual([]);
    await planDue(from);
    await planDue(new Date("2027-04-30T01:00:00Z"));
    expect(await of(manager, new Date("2027-04-30T01:00:00Z"))).toEqual([]);
  });
});

describe("why", () => {
  const at = new Date("2026-12-01T02:00:00Z");
  const why = (about: Partial<About>) =>
    reasonText(translator("en"), { kind: "deadline", date: "2026-12-31", edtf: null, offset: -30, ...about }, at);

  test("says how exactly a date is known", () => {
    expect(why({ edtf: "2026" })).toBe("The deadline, “2026”, counts as 31 December 2026: 30 days left");
    expect(why({ edtf: "2026-12" })).toBe("The deadline, “December 2026”, counts as 31 December 2026: 30 days left");
    expect(why({ edtf: "2026-12-31" })).toBe("The deadline is 31 December 2026: 30 days left");
    expect(why({ edtf: "2021/2026" })).toBe("The deadline, “2021–2026”, counts as 31 December 2026: 30 days left");
    expect(why({ date: "2026-12-01" })).toBe("The deadline is 1 December 2026: today");
    expect(why({ date: "2026-11-30", offset: 1, escalated: true })).toBe(
      "The deadline is 30 November 2026: 1 day overdue; it has gone up to you because it is still open",
    );
  });

  test("says something of every kind in every language", () => {
    const kinds: About[] = [
      ...(["deadline", "milestone", "instrument_end", "notice"] as const).flatMap((kind) =>
        [null, "2026"].map((edtf) => ({ kind, date: "2026-12-31", edtf, offset: -30 })),
      ),
      { kind: "report", date: "2026-12-01", edtf: null, offset: 0, since: "2026-10-02" },
      { kind: "gap", date: null, edtf: null, offset: null, gaps: { unowned: 3, undated: 1 } },
      { kind: "snooze", date: "2026-12-01", edtf: null, offset: 0 },
    ];
    for (const locale of locales)
      for (const about of kinds)
        expect(reasonText(translator(locale), about, at)).toMatch(/^(?!.*(reminders\.|[{}]))\S.{8,}/s);
  });
});

test("dates at the ends of the calendar harm nobody", () => {
  const person = {
    id: "p",
    agencyId: null,
    manages: true,
    timeZone: "UTC",
    hour: 8,
    days: [1, 2, 3, 4, 5],
    countries: [],
    frequency: "daily" as const,
    weekday: 1,
    leadDays: [1000],
    mail: true,
    inApp: true,
  };
  const kinds = ["deadline", "milestone", "instrument_end", "notice", "report"] as const;
  const rules = kinds.flatMap((date): Rule[] =>
    (["calendar", "working"] as const).map((counting) => ({
      ...(rule as unknown as Rule),
      ...{ id: `${date} ${counting}`, date, counting, offsets: [-3660, 0, 3660], repeatEvery: 1, reportEvery: 3660 },
    })),
  );
  for (const day of ["0001-01-01", "9999-12-31"]) {
    const subject: Subject = {
      ...{ id: "c", open: true, firm: true, completion: "limited", ownerId: null, leadIds: [], watcherIds: [] },
      ...{ deadline: { latest: day, edtf: null }, milestones: [{ id: "m", latest: day, edtf: null }], heardOn: day },
      ...{ endsLatest: day, endsEdtf: null, noticeDays: 3660, ruleIds: rules.map(({ id }) => id) },
    };
    const at = new Date("2027-01-04T08:00:00Z");
    const planned = plan({ rules, people: [person], mutes: [], holidays: {} }, [subject], {
      after: new Date(0),
      until: at,
      at,
    });
    expect(planned.every(({ dueAt }) => dueAt <= at)).toBe(true);
  }
});
