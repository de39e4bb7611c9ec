import { expect, test } from "vitest";
import { plan, type Setting } from "#lib/reminders/planner.ts";
import type { Planned, Subject } from "#lib/reminders/rules.ts";
import { stillPlanned } from "#lib/reminders/still-planned.ts";
import { anyMute, anyRule, anySetting, anySubject, anyWindow, chance, changed } from "./generate.ts";
import { expected, fallsOn, placeOf, sorted, todayIn, waysTo } from "./oracle.ts";

/** How many records with their rules, people and moments are compared; the same at every run. */
const settings = 2500;
const records = 10;
const runs = 4;

const keyOf = ({ commitmentId, ruleId, occurrence, personId }: Planned) =>
  `${commitmentId} ${ruleId} ${occurrence} ${personId}`;
const lineOf = (planned: Planned) =>
  [
    keyOf(planned),
    planned.topic,
    planned.day,
    planned.dueAt.toISOString(),
    planned.mail,
    planned.inApp,
    sorted(planned.about),
  ].join(" ");

test(`what is planned is what a search through all days finds, over ${settings * records * runs} cases`, () => {
  let cases = 0;
  let reminders = 0;
  for (let seed = 0; seed < settings; seed++) {
    const c = chance(seed);
    let setting: Setting = anySetting(c);
    let window = anyWindow(c);
    let subjects: Subject[] = Array.from({ length: records }, (_, at) =>
      anySubject(c, setting, window, `c${seed}.${at}`),
    );
    let told: Planned[] = [];
    for (let run = 0; run < runs; run++) {
      setting = { ...setting, mutes: subjects.flatMap(({ id }) => anyMute(c, setting, window, id)) };
      const planned = plan(setting, subjects, window);
      const found = expected(setting, subjects, window);
      const lines = planned.map(lineOf).sort();
      expect(new Set(planned.map(keyOf)).size, `seed ${seed}: planned twice`).toBe(planned.length);
      if (lines.join("\n") !== [...found.values()].sort().join("\n"))
        expect(lines, `seed ${seed}, run ${run}`).toEqual([...found.values()].sort());
      told = [...told, ...planned];
      if (seed % 10 === 0) checkStill(setting, subjects, told, window.until, `seed ${seed}, run ${run}`);
      cases += subjects.length;
      reminders += planned.length;
      // What the next run finds is another register: people worked on it meanwhile.
      window = {
        after: window.until,
        until: new Date(window.until.getTime() + c.of([60_000, 3_600_000, 86_400_000, 7 * 86_400_000])),
        at: window.until,
      };
      window.at = window.until;
      subjects = subjects.map((subject) => (c.is(0.5) ? changed(c, subject, window) : subject));
      if (c.is(0.2))
        setting = { ...setting, rules: setting.rules.map((rule) => (c.is(0.3) ? anyRule(c, rule.id) : rule)) };
    }
  }
  expect(cases).toBe(settings * records * runs);
  // The comparison would say nothing if there were nothing to compare.
  expect(reminders).toBeGreaterThan(cases / 4);
}, 120_000);

/** A reminder that went out once holds as long as a search around its day still finds it. */
function checkStill(setting: Setting, subjects: Subject[], told: Planned[], now: Date, name: string): void {
  const still = stillPlanned(setting, now);
  for (const planned of told) {
    const subject = subjects.find(({ id }) => id === planned.commitmentId);
    const person = setting.people.find(({ id }) => id === planned.personId);
    if (!person) continue;
    const today = todayIn(person.timeZone, now);
    const silent = (id: string) =>
      setting.mutes.some(
        (mute) =>
          mute.personId === person.id &&
          mute.commitmentId === id &&
          (mute.until === null || today < placeOf(mute.until)),
      );
    let holds: boolean;
    if (planned.about.kind === "gap") {
      const rule = setting.rules.find(({ id }) => id === planned.ruleId);
      holds = subjects.some(
        (one) =>
          rule?.date === "gap" &&
          one.open &&
          one.firm &&
          one.ruleIds.includes(rule.id) &&
          (one.ownerId === null || one.deadline === null) &&
          !silent(one.id) &&
          waysTo(setting, person, rule.recipients, rule.personId, one).length > 0,
      );
    } else {
      const around = placeOf(planned.day);
      const found = subject
        ? fallsOn(setting, subject, around - 260, around + 260).some(({ key }) => key === keyOf(planned))
        : false;
      holds = found && (planned.about.kind === "snooze" || !silent(planned.commitmentId ?? ""));
    }
    const says = still(planned, planned.commitmentId === null ? subjects : subject ? [subject] : []);
    if (says !== holds) expect(says, `${name}: ${lineOf(planned)}`).toBe(holds);
  }
}
