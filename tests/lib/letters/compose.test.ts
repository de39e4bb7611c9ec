import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { locales } from "#lib/i18n/locales.ts";
import { compose, contentOf } from "#lib/letters/compose.ts";
import type { LetterItem } from "#lib/letters/drafts.ts";
import { nextAfter, waitAfter } from "#lib/letters/rules.ts";
import { fateOf, oneLine } from "#lib/mail.ts";

const text = (en: string) => ({ en, vi: `${en} (vi)`, lo: `${en} (lo)` });
const portfolio = { id: "viet-nam-laos", name: text("Viet Nam and Laos") };
const deadline = { phrase: "by 2026", edtf: "2026", latest: "2026-12-31" };
type Written = NonNullable<LetterItem["record"]>;

const record = (over: Partial<Written> = {}): Written => ({
  reference: "VL-001",
  title: text("A hospital"),
  owned: true,
  deadline,
  under: [],
  underCount: 0,
  ...over,
});

const item = (over: Partial<LetterItem> = {}): LetterItem => ({
  id: crypto.randomUUID(),
  topic: "due_soon",
  day: "2026-12-01",
  about: { kind: "deadline", date: "2026-12-31", edtf: "2026", offset: -30 },
  portfolio,
  query: "",
  record: record(),
  milestone: null,
  ...over,
});

const options = {
  name: "Ms Khamla",
  locale: "en",
  publicUrl: "https://kept.example",
  now: new Date("2026-12-01T01:00:00Z"),
} as const;
const content = (items: LetterItem[]) => contentOf(items, options);
const links = (items: LetterItem[]) =>
  content(items).groups.flatMap(({ entries }) => entries.flatMap((entry) => entry.links.map(({ href }) => href)));

describe("what a letter says", () => {
  test("groups, the most urgent first, and in them the earliest date", () => {
    const of = (topic: LetterItem["topic"], reference: string, date: string) =>
      item({ topic, record: record({ reference }), about: { kind: "deadline", date, edtf: date, offset: 0 } });
    const { groups } = content([
      of("attention", "VL-005", "2026-01-01"),
      of("stale", "VL-004", "2026-01-01"),
      of("due_soon", "VL-003", "2026-12-09"),
      of("overdue", "VL-002", "2026-11-09"),
      of("overdue", "VL-001", "2026-11-08"),
    ]);
    expect(groups.map(({ topic }) => topic)).toEqual(["overdue", "due_soon", "stale", "attention"]);
    expect(groups[0]?.entries.map(({ reference }) => reference)).toEqual(["VL-001", "VL-002"]);
  });

  test("a record once, where its most urgent reason belongs, with the others beside it", () => {
    const stale = item({
      topic: "stale",
      about: { kind: "report", date: "2026-12-01", edtf: null, offset: 0, since: "2026-10-02" },
    });
    const late = item({
      topic: "overdue",
      about: { kind: "deadline", date: "2026-11-30", edtf: "2026-11-30", offset: 1 },
    });
    const { groups } = content([stale, late]);
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ topic: "overdue", entries: [{ reference: "VL-001" }] });
    expect(groups[0]?.entries[0]?.reasons).toHaveLength(2);
    expect(groups[0]?.entries[0]?.reasons[0]).toContain("30 November 2026");
  });

  test("a year counts to its last day, and the letter says both", () => {
    const { text: said } = compose([item()], options);
    expect(said).toContain("“by 2026”");
    expect(said).toContain("31 December 2026");
  });

  test("each record has the way to the form that it asks for", () => {
    const about = (kind: LetterItem["about"]["kind"]) => ({ kind, date: "2026-12-31", edtf: null, offset: 0 });
    const at = "https://kept.example/viet-nam-laos/commitments/VL-001";
    expect(links([item()])).toEqual([`${at}?form=report`]);
    expect(links([item({ record: record({ owned: false }) })])).toEqual([`${at}?form=owner`]);
    expect(links([item({ about: about("milestone") })])).toEqual([`${at}?form=milestones`]);
    expect(links([item({ about: about("instrument_end") })])).toEqual([`${at}?form=instrument`]);
    expect(
      links([
        item({ about: about("snooze"), record: record({ deadline: { phrase: null, edtf: null, latest: null } }) }),
      ]),
    ).toEqual([`${at}?form=deadline`]);
    expect(links([item({ about: about("change") })])).toEqual([at]);
  });

  test("an instrument that ends names what is open under it", () => {
    const under = [{ reference: "VL-002", title: text("A road") }];
    const ends = item({
      about: { kind: "instrument_end", date: "2027-05-30", edtf: "2027-05-30", offset: -180 },
      record: record({ under, underCount: 3 }),
    });
    const { text: said, html } = compose([item({ topic: "overdue" }), ends], options);
    for (const one of [said, html]) expect(one).toMatch(/3 open commitments[\s\S]*VL-002[\s\S]*A road[\s\S]*2 more/);
  });

  test("a list has one line for what lacks an owner and one for what lacks a date, within what its rule looks at", () => {
    const gap = item({
      topic: "attention",
      record: null,
      query: "sector=health&strength=aspiration,pledge&sort=-title",
      about: { kind: "gap", date: null, edtf: null, offset: null, gaps: { unowned: 2, undated: 1 } },
    });
    expect(links([gap])).toEqual([
      "https://kept.example/viet-nam-laos/register?sector=health&owner=nobody&schedule=overdue,due_soon,upcoming,undated&strength=pledge&sort=-title",
      "https://kept.example/viet-nam-laos/register?sector=health&schedule=undated&strength=pledge&sort=-title",
    ]);
  });

  test("the subject names the only record, or counts", () => {
    expect(compose([item()], options).subject).toBe("Kept – Due soon: VL-001 A hospital");
    const late = item({ topic: "overdue", record: record({ reference: "VL-002" }) });
    expect(compose([item(), late], options).subject).toBe("Kept – 1 overdue and 1 due soon");
  });

  test("what is only in another language says so", () => {
    const { html } = compose([item({ record: record({ title: { en: "A hospital", vi: "", lo: "" } }) })], {
      ...options,
      locale: "lo",
    });
    expect(html).toContain('<html lang="lo">');
    expect(html).toContain('<span lang="en">A hospital</span>');
  });

  test("a letter that would be too long to read counts the rest, and leads to the inbox", () => {
    const items = Array.from({ length: 250 }, (_, at) => item({ record: record({ reference: `VL-${at}` }) }));
    const { subject, text: said, html } = compose(items, options);
    expect(subject).toBe("Kept – 250 due soon");
    expect(said.match(/^\* VL-/gm)).toHaveLength(100);
    for (const one of [said, html]) expect(one).toMatch(/150 more in your inbox|https:\/\/kept\.example\/inbox/);
  });

  test("several portfolios are told apart", () => {
    const other = item({ portfolio: { id: "other", name: text("Others") }, record: record({ reference: "OTH-001" }) });
    expect(compose([item(), other], options).text).toMatch(/VL-001[\s\S]*Viet Nam and Laos[\s\S]*OTH-001[\s\S]*Others/);
  });

  test.each(locales)("no key of a message is left in %s", (locale) => {
    const kinds = ["deadline", "milestone", "instrument_end", "notice", "report", "snooze", "change"] as const;
    const items = kinds.map((kind, at) =>
      item({ record: record({ reference: `VL-${at}` }), about: { kind, date: "2026-12-31", edtf: null, offset: 0 } }),
    );
    const { subject, text: said, html } = compose(items, { ...options, locale });
    for (const one of [subject, said, html]) expect(one).not.toMatch(/letters\.\w|reminders\.\w|undefined/);
  });
});

describe("what people wrote", () => {
  test("is text in HTML, whatever it is", async () => {
    const payloads: string[] = JSON.parse(await readFile("tests/e2e/payloads.json", "utf8"));
    for (const hostile of payloads) {
      const all = { en: hostile, vi: hostile, lo: hostile };
      const { html } = compose(
        [item({ record: record({ title: all, deadline: { ...deadline, phrase: hostile }, reference: hostile }) })],
        { ...options, name: hostile },
      );
      const tags = new Set([...html.matchAll(/<([a-z!/]+[a-z0-9]*)/gi)].map(([, tag]) => tag?.toLowerCase()));
      expect(
        [...tags].filter((tag) => !known.has(tag ?? "")),
        hostile,
      ).toEqual([]);
      expect(html.replaceAll(/"[^"]*"/g, "").match(/<[^>]*\son\w+/g) ?? [], hostile).toEqual([]);
    }
  });

  test("stays in its line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (title, name) => {
        const all = { en: `a${title}`, vi: "", lo: "" };
        const { subject, text: said } = compose([item({ record: record({ title: all }) })], { ...options, name });
        expect(subject).not.toMatch(/[\r\n\u2028\u2029\0\u202e]/);
        expect(subject.length).toBeLessThanOrEqual(150);
        expect(said.split("\n").filter((line) => line.startsWith("* "))).toHaveLength(1);
      }),
    );
    expect(oneLine("a\r\nBcc: b\u202e\u0000c")).toBe("a Bcc: b c");
  });
});

const known = new Set(
  "!doctype html /html head /head meta title /title style /style body /body div /div p /p h2 /h2 span /span a /a ul /ul li /li br".split(
    " ",
  ),
);

describe("what becomes of a try", () => {
  const at = { attempts: 1, uncertainBefore: false, now: options.now, chance: 0.5 };
  const failed = (over: object) => fateOf(Object.assign(new Error("x"), over));

  test("an answer of the server is sure, a silence is not", () => {
    expect(failed({ responseCode: 450, command: "RCPT TO" })).toMatchObject({
      how: "again",
      mayHaveArrived: false,
      away: false,
    });
    expect(failed({ responseCode: 550, command: "RCPT TO" })).toMatchObject({ how: "never" });
    expect(failed({ responseCode: 554, command: "DATA" })).toMatchObject({ how: "never" });
    expect(failed({ responseCode: 535, command: "AUTH PLAIN", code: "EAUTH" })).toMatchObject({
      how: "again",
      mayHaveArrived: false,
      away: true,
    });
    expect(failed({ responseCode: 550, command: "MAIL FROM" })).toMatchObject({
      how: "again",
      mayHaveArrived: false,
      away: true,
    });
    expect(failed({ responseCode: 503, command: "RCPT TO" })).toMatchObject({ how: "again" });
    expect(failed({ code: "ETLS" })).toMatchObject({ how: "again", mayHaveArrived: false, away: true });
    expect(failed({ code: "ETIMEDOUT", timeoutType: "GREETING_TIMEOUT" })).toMatchObject({ mayHaveArrived: false });
    expect(failed({ code: "ETIMEDOUT", timeoutType: "SOCKET_TIMEOUT" })).toMatchObject({ mayHaveArrived: true });
    expect(failed({ code: "ECONNECTION", command: "CONN" })).toMatchObject({ how: "again", mayHaveArrived: true });
  });

  test("a refusal takes back nothing that an earlier try may have done", () => {
    const refused = { how: "again", error: "450", mayHaveArrived: false, away: false } as const;
    expect(nextAfter(refused, at)).toMatchObject({ state: "waiting", uncertain: false });
    expect(nextAfter(refused, { ...at, uncertainBefore: true })).toMatchObject({ state: "waiting", uncertain: true });
  });

  test("waits grow, a fifth more or less", () => {
    const minutes = [1, 2, 3, 4, 5, 6, 16].map((tries) => waitAfter(tries, 0.5) / 60_000);
    expect(minutes).toEqual([1, 5, 15, 60, 240, 240, 240]);
    expect(waitAfter(1, 0)).toBe(48_000);
    expect(waitAfter(1, 1)).toBe(72_000);
  });
});
