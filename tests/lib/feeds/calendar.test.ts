import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { calendarOf, type DatedRecord } from "#lib/feeds/calendar.ts";
import type { Locale } from "#lib/i18n/locales.ts";

const record: DatedRecord = {
  id: "0190a000-0000-7000-8000-000000000001",
  portfolioId: "viet-nam-laos",
  reference: "VL-012",
  version: 4,
  updatedAt: new Date("2026-11-20T10:11:12.345Z"),
  title: { en: "A friendship hospital", vi: "Bệnh viện hữu nghị", lo: "ໂຮງໝໍມິດຕະພາບລາວ-ຫວຽດນາມ ແຂວງອັດຕະປື" },
  phrase: "by 2026",
  edtf: "2026",
  latest: "2026-12-31",
  completion: "limited",
  owner: "Nguyễn Văn A",
  ends: null,
  endsLatest: null,
  noticeDays: null,
  milestones: [],
};

const make = (over: Partial<DatedRecord> = {}, locale: Locale = "en") =>
  calendarOf({ name: "Kept", locale, origin: "https://kept.example.org", records: [{ ...record, ...over }] });

/** The events as another library reads them. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      wholeDay: event.startDate.isDate,
      sequence: event.sequence,
      modified: component.getFirstPropertyValue("last-modified")?.toString(),
      url: component.getFirstPropertyValue("url"),
    };
  });
}

describe("a calendar", () => {
  test("has a deadline on its last day, in the words of the text", () => {
    expect(read(make())).toEqual([
      {
        uid: `deadline-${record.id}@kept`,
        summary: "VL-012 A friendship hospital — by 2026",
        description: "The text says: “by 2026”\nLast day: 31 December 2026\nStatus: Limited\nOwner: Nguyễn Văn A",
        start: "2026-12-31",
        end: "2027-01-01",
        wholeDay: true,
        sequence: 4,
        modified: "2026-11-20T10:11:12Z",
        url: "https://kept.example.org/viet-nam-laos/commitments/VL-012",
      },
    ]);
  });

  test("says in other languages what the words mean", () => {
    expect(read(make({}, "vi"))[0]?.summary).toBe("VL-012 Bệnh viện hữu nghị — chậm nhất 2026");
    expect(read(make({}, "lo"))[0]?.summary).toMatch(/^VL-012 ໂຮງໝໍມິດຕະພາບລາວ-ຫວຽດນາມ ແຂວງອັດຕະປື — .*2026/);
    expect(read(make({ phrase: null }))[0]?.summary).toMatch(/ — by 2026$/);
    expect(read(make({ phrase: null, edtf: "2026-12-31" }))[0]?.summary).toMatch(/ — 31 December 2026$/);
    expect(read(make({ phrase: "before the congress", edtf: null }))[0]?.summary).toMatch(/ — before the congress$/);
  });

  test("has milestones, the end of an instrument and the day of notice", () => {
    const events = read(
      make({
        latest: null,
        ends: "2027",
        endsLatest: "2027-12-31",
        noticeDays: 180,
        milestones: [
          { id: "m", title: { en: "Roof", vi: "", lo: "" }, phrase: null, edtf: "2027-03", latest: "2027-03-31" },
        ],
      }),
    );
    expect(events.map(({ uid, start, summary }) => [uid.split("-")[0], start, summary])).toEqual([
      ["milestone", "2027-03-31", "VL-012 A friendship hospital: Roof — by March 2027"],
      ["end", "2027-12-31", "VL-012 A friendship hospital ends — by 2027"],
      [
        "notice",
        "2027-07-04",
        "VL-012 A friendship hospital: last day to give notice (180 days before its end, by 2027)",
      ],
    ]);
    expect(read(make({ latest: null, ends: "0001", endsLatest: "0001-01-05", noticeDays: 30 }))).toHaveLength(1);
  });

  test("is the same text for the same records, and another one after a change", () => {
    expect(make()).toBe(make());
    expect(make({ version: 5 })).not.toBe(make());
  });

  test("folds its lines at 75 octets, between letters, and ends them as the standard has it", () => {
    const lo = "ໂຮງໝໍມິດຕະພາບ".repeat(20);
    const text = make({ title: { en: "", vi: "", lo }, phrase: null }, "lo");
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain("\ufffd");
    expect(read(text)[0]?.summary).toContain(lo);
  });

  test("nothing that somebody typed is more than text", () => {
    const hostile =
      'A\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x\nURL:http://evil\rATTACH:y; , \\ \\n \u2028\u0085 \u{1F600} "q"';
    const events = read(
      make({
        title: { en: hostile, vi: "", lo: "" },
        phrase: hostile,
        owner: hostile,
        milestones: [
          {
            id: "m",
            title: { en: hostile, vi: "", lo: "" },
            phrase: hostile,
            edtf: hostile,
            latest: "2026-12-31",
          },
        ],
      }),
    );
    expect(events.map(({ uid }) => uid)).toEqual([`deadline-${record.id}@kept`, "milestone-m@kept"]);
    for (const { url, summary, description } of events) {
      expect(url).toBe("https://kept.example.org/viet-nam-laos/commitments/VL-012");
      expect(summary).not.toMatch(/[\r\n]/);
      expect(description).toContain("BEGIN:VEVENT");
    }
    const named = calendarOf({ name: hostile, locale: "en", origin: "http://x", records: [] });
    expect(read(named)).toEqual([]);
    expect(named.replaceAll("\r\n ", "")).toContain(String.raw`ATTACH:y\; \, \\ \\n`);
    expect(named.split("\r\n").filter((line) => /^(BEGIN|END|URL|ATTACH)/.test(line))).toEqual([
      "BEGIN:VCALENDAR",
      "END:VCALENDAR",
    ]);
  });
});
