import { describe, expect, test } from "vitest";
import { numberOf } from "#lib/dates.ts";
import { weekdayOf } from "#lib/reminders/working-days.ts";
import { holidaysOf, yearsOf } from "#prisma/seed/holidays.ts";

// What is known: days off in Viet Nam as its ministries announced them, the Lao ones by decree 386/ລບ and by the notices of the
// Prime Minister's Office. prisma/seed/README.md says where that was read.

const daysOff = async (country: "VN" | "LA", year: number) =>
  (await holidaysOf(country, [year])).map(({ day }) => day).filter((day) => weekdayOf(numberOf(day)) <= 5);

describe("Viet Nam", () => {
  test.each([
    [2024, ["2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14"]],
    [2025, ["2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"]],
    [2026, ["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"]],
    // Not announced: from the eve on, and two more for its Saturday and Sunday.
    [2027, ["2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"]],
  ])("Tet of %i", async (year, tet) => {
    const found = await holidaysOf("VN", [year]);
    expect(found.filter(({ name }) => name.en.startsWith("Tet")).map(({ day }) => day)).toEqual(
      expect.arrayContaining(tet),
    );
    expect((await daysOff("VN", year)).filter((day) => day >= `${year}-01-20` && day <= `${year}-02-20`)).toEqual(tet);
  });

  test.each([
    [2024, "2024-04-18"],
    [2025, "2025-04-07"],
    [2026, "2026-04-26"],
    [2027, "2027-04-16"],
    [2028, "2028-04-04"],
  ])("the Hung Kings' day of %i", async (year, day) => {
    const found = await holidaysOf("VN", [year]);
    expect(found.filter(({ name }) => name.vi === "Giỗ Tổ Hùng Vương").map((holiday) => holiday.day)).toEqual([day]);
  });

  test("2026, whole", async () => {
    expect(await daysOff("VN", 2026)).toEqual([
      ...["2026-01-01", "2026-01-02"],
      ...["2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"],
      ...["2026-04-27", "2026-04-30", "2026-05-01"],
      ...["2026-08-31", "2026-09-01", "2026-09-02"],
    ]);
  });

  test("a holiday at a weekend is made up for where nothing is announced", async () => {
    expect(await daysOff("VN", 2028)).toEqual(expect.arrayContaining(["2028-01-03", "2028-01-31", "2028-05-02"]));
  });
});

describe("Laos", () => {
  test.each([
    [2024, ["2024-04-15", "2024-04-16", "2024-04-17", "2024-04-18"]],
    [2025, ["2025-04-14", "2025-04-15", "2025-04-16"]],
    [2026, ["2026-04-14", "2026-04-15", "2026-04-16"]],
    [2028, ["2028-04-14", "2028-04-17", "2028-04-18"]],
    [2030, ["2030-04-15", "2030-04-16", "2030-04-17"]],
  ])("New Year of %i", async (year, days) => {
    expect((await daysOff("LA", year)).filter((day) => day.slice(5, 7) === "04")).toEqual(days);
  });

  test("every year has the days of the decree, and a working day for each that falls on a weekend", async () => {
    for (const year of yearsOf("LA", "2026-11-21")) {
      const found = await holidaysOf("LA", [year]);
      const days = found.map(({ day }) => day);
      expect(days).toEqual(
        expect.arrayContaining(
          ["01-01", "03-08", "04-14", "04-15", "04-16", "05-01", "12-02"].map((day) => `${year}-${day}`),
        ),
      );
      const lieu = found.filter(({ name }) => name.lo.startsWith("ພັກຊົດເຊີຍ"));
      expect(lieu.every(({ day }) => weekdayOf(numberOf(day)) <= 5)).toBe(true);
      const lost = found.filter((holiday) => !lieu.includes(holiday) && weekdayOf(numberOf(holiday.day)) > 5);
      expect(lieu.length).toBe(lost.length);
    }
  });
});

test("no day twice, each with a name in every language, years without a gap", async () => {
  for (const country of ["VN", "LA"] as const) {
    const years = yearsOf(country, "2026-11-21");
    expect(years).toEqual([2024, 2025, 2026, 2027, 2028, 2029, 2030]);
    const found = await holidaysOf(country, years);
    expect(new Set(found.map(({ day }) => day)).size).toBe(found.length);
    for (const { name } of found) for (const text of Object.values(name)) expect(text).toMatch(/\S/);
    expect(new Set(found.map(({ day }) => Number(day.slice(0, 4))))).toEqual(new Set(years));
  }
});
