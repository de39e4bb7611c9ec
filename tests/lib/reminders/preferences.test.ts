import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { Conflict, Forbidden, InvalidInput, NotFound } from "#lib/errors.ts";
import { isTimeZone } from "#lib/reminders/preference.ts";
import {
  defaultPreference,
  getOwnPreference,
  preferenceOf,
  savePreference,
  setMail,
} from "#lib/reminders/preferences.ts";
import { addActor, historyOf, makeRegister, nobody } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();
beforeAll(async () => {
  await makeRegister();
});

const chosen = {
  version: 0,
  locale: null,
  timeZone: "Europe/Berlin",
  hour: 7,
  days: [5, 1],
  countries: ["LA"],
  frequency: "weekly",
  weekday: 2,
  mail: false,
  inApp: true,
  ownLeadDays: true,
  leadDays: [3, 60, 14, 3],
};

describe("what a person chose", () => {
  test("is the defaults at first: the team's zone at eight, Monday to Friday, in Viet Nam, daily, by mail and in the app", async () => {
    const actor = await addActor("viewer");
    expect(await getOwnPreference(actor)).toEqual({
      version: 0,
      locale: null,
      timeZone: null,
      hour: 8,
      days: [1, 2, 3, 4, 5],
      countries: ["VN"],
      frequency: "daily",
      weekday: 1,
      mail: true,
      inApp: true,
      ownLeadDays: false,
      leadDays: [],
    });
    expect(defaultPreference({ demo: false })).toMatchObject({ timeZone: "Asia/Ho_Chi_Minh", leadDays: null });
    expect(defaultPreference({ demo: true }).mail).toBe(false);
  });

  test("is kept in order, with its language, and told to the history", async () => {
    const actor = await addActor("viewer");
    expect(await savePreference(actor, { ...chosen, locale: "lo" })).toEqual({ version: 1 });
    const kept = await getOwnPreference(actor);
    expect(kept).toEqual({ ...chosen, version: 1, locale: "lo", days: [1, 5], leadDays: [60, 14, 3] });
    expect((await historyOf(actor.id)).map(({ verb }) => verb)).toEqual(["person.setOwnLocale", "preference.save"]);
    expect(preferenceOf({ demo: false }, kept)).toMatchObject({ timeZone: "Europe/Berlin", leadDays: [60, 14, 3] });
    expect(preferenceOf({ demo: true }, { ...kept, mail: true, ownLeadDays: false })).toMatchObject({
      mail: false,
      leadDays: null,
    });
  });

  test("the same again writes nothing; a stale form is told what stands", async () => {
    const actor = await addActor("editor");
    await savePreference(actor, chosen);
    expect(await savePreference(actor, { ...chosen, version: 1 })).toEqual({ version: 1 });
    expect(await historyOf(actor.id)).toHaveLength(1);
    await expect(savePreference(actor, { ...chosen, hour: 9 })).rejects.toThrow(Conflict);
    await savePreference(actor, { ...chosen, version: 1, hour: 9 });
    expect((await getOwnPreference(actor)).hour).toBe(9);
  });

  test("of two first choices at once, one is told", async () => {
    const actor = await addActor("editor");
    const results = await Promise.allSettled([
      savePreference(actor, chosen),
      savePreference(actor, { ...chosen, hour: 20 }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((result) => result.status === "rejected")?.reason).toBeInstanceOf(Conflict);
  });

  test.each([
    ["timeZone", "Mars/Olympus"],
    ["timeZone", "+07:00"],
    ["timeZone", "Asia/Ho_Chi_Minh\0"],
    ["hour", 24],
    ["hour", "8"],
    ["days", []],
    ["days", [1, 1]],
    ["days", [8]],
    ["countries", ["DE"]],
    ["frequency", "hourly"],
    ["weekday", 0],
    ["leadDays", []],
    ["leadDays", [-1]],
    ["leadDays", [1.5]],
    ["leadDays", Array.from({ length: 11 }, (_, day) => day)],
    ["mail", "yes"],
  ])("refuses %s %j", async (field, value) => {
    const actor = await addActor("viewer");
    await expect(savePreference(actor, { ...chosen, [field]: value })).rejects.toThrow(InvalidInput);
  });
});

describe("turning letters off by a letter's link", () => {
  const link = systemActor("unsubscribe");

  test("leaves everything else, and brings the inbox back to who had none", async () => {
    const actor = await addActor("viewer");
    await savePreference(actor, { ...chosen, mail: true, inApp: false });
    await setMail(link, { personId: actor.id, mail: false });
    await setMail(link, { personId: actor.id, mail: false });
    expect(await getOwnPreference(actor)).toMatchObject({ mail: false, inApp: true, hour: 7, version: 2 });
    expect((await historyOf(actor.id)).at(-1)).toMatchObject({
      verb: "preference.setMail",
      changes: { mail: [true, false], inApp: [false, true] },
    });
  });

  test("works for who has chosen nothing, is for the system and oneself, and never turns them on for others", async () => {
    const [actor, other] = [await addActor("viewer"), await addActor("admin")];
    await expect(setMail(other, { personId: actor.id, mail: false })).rejects.toThrow(Forbidden);
    await expect(setMail(link, { personId: actor.id, mail: true })).rejects.toThrow(Forbidden);
    await expect(setMail(link, { personId: nobody, mail: false })).rejects.toThrow(NotFound);
    await setMail(link, { personId: actor.id, mail: false });
    expect(await getOwnPreference(actor)).toMatchObject({ mail: false, inApp: true, hour: 8, timeZone: null });
    await setMail(actor, { personId: actor.id, mail: true });
    expect((await getOwnPreference(actor)).mail).toBe(true);
  });
});

test("a time zone is one that has a name", () => {
  expect(["Asia/Vientiane", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+7"].every(isTimeZone)).toBe(true);
  expect(["", "07:00", "Asia/", "Asia/Ho Chi Minh", "constructor"].some(isTimeZone)).toBe(false);
});
