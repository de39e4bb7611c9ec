import { z } from "zod";
import type { Actor } from "#lib/actor.ts";
import { changesBetween } from "#lib/change.ts";
import { command } from "#lib/command.ts";
import { sql } from "#lib/db.ts";
import { Conflict, NotSignedIn } from "#lib/errors.ts";
import { setOwnLocale } from "#lib/people/commands.ts";
import { isSystem, may } from "#lib/people/policy.ts";
import { teamZone } from "#lib/team-day.ts";
import { uuid } from "#lib/text.ts";
import type { Frequency, Locale } from "#prisma/generated/enums.ts";
import { preferenceInput } from "./preference.ts";

/** What a person chose, or what stands for those who chose nothing. */
type Preference = {
  timeZone: string;
  hour: number;
  days: number[];
  countries: string[];
  frequency: Frequency;
  weekday: number;
  mail: boolean;
  inApp: boolean;
  /** Null: the rules'. */
  leadDays: number[] | null;
};

/** A row of `reminder_preference`, in the words of the schema. */
export type PreferenceRow = Omit<Preference, "timeZone" | "leadDays"> & {
  timeZone: string | null;
  leadDays: number[];
  ownLeadDays: boolean;
};

/** For who has chosen nothing. The people of a demonstration have no address that a letter could reach. */
export function defaultPreference({ demo }: { demo: boolean }): Preference {
  return {
    timeZone: teamZone(),
    hour: 8,
    days: [1, 2, 3, 4, 5],
    countries: ["VN"],
    frequency: "daily",
    weekday: 1,
    mail: !demo,
    inApp: true,
    leadDays: null,
  };
}

/** What holds for a person: what they chose, else the defaults. */
export function preferenceOf(person: { demo: boolean }, row: PreferenceRow | null): Preference {
  if (row === null) return defaultPreference(person);
  const { timeZone, ownLeadDays, leadDays, mail, ...rest } = row;
  return {
    ...rest,
    timeZone: timeZone ?? teamZone(),
    mail: mail && !person.demo,
    leadDays: ownLeadDays ? leadDays : null,
  };
}

/** One's own choice as its form shows it; `version` 0 where nothing was chosen yet. */
type OwnPreference = PreferenceRow & { version: number; locale: Locale | null };

/** What the actor chose, or the defaults. @throws NotSignedIn for a part of the system */
export async function getOwnPreference(actor: Actor): Promise<OwnPreference> {
  if (actor.id === null) throw new NotSignedIn();
  const [row] = await sql<(OwnPreference & { chosen: boolean; demo: boolean })[]>`
    SELECT p.locale, p.demo, r.person_id IS NOT NULL AS chosen, r.time_zone AS "timeZone", r.hour, r.days, r.countries, r.frequency,
      r.weekday, r.mail, r.in_app AS "inApp", r.lead_days AS "leadDays", r.own_lead_days AS "ownLeadDays", r.version
    FROM person p LEFT JOIN reminder_preference r ON r.person_id = p.id WHERE p.id = ${actor.id}`;
  if (!row) throw new NotSignedIn();
  const { chosen, demo, ...preference } = row;
  return chosen ? preference : { ...rowOf(defaultPreference({ demo })), version: 0, locale: row.locale };
}

/** The defaults as a row. The team's zone stays the team's, should that change. */
function rowOf({ leadDays, ...preference }: Preference): PreferenceRow {
  return { ...preference, timeZone: null, leadDays: leadDays ?? [], ownLeadDays: leadDays !== null };
}

const fields = {
  timeZone: true,
  hour: true,
  days: true,
  countries: true,
  frequency: true,
  weekday: true,
  mail: true,
  inApp: true,
  leadDays: true,
  ownLeadDays: true,
} as const;

const ofPerson = (id: string, changes: ReturnType<typeof changesBetween>) => ({
  type: "person" as const,
  id,
  portfolioId: null,
  changes,
});

/** How one is reminded from now on. What is planned follows at once; what is sent stays sent. */
export const savePreference = command({
  verb: "preference.save",
  input: preferenceInput,
  load: ({ tx, actor }) =>
    actor.id
      ? tx.person.findUnique({
          where: { id: actor.id },
          select: { id: true, demo: true, preference: { select: { ...fields, version: true } } },
        })
      : Promise.resolve(null),
  allow: (actor, person) => may(actor, "updateOwn", person),
  run: async (context, person, { version, locale, ...wanted }) => {
    const { version: stands, ...present } = person.preference ?? { version: 0, ...rowOf(defaultPreference(person)) };
    if (stands !== version) throw new Conflict(stands, present);
    if (locale) await setOwnLocale.within(context, { locale });
    const changes = changesBetween(present, wanted);
    if (stands > 0 && Object.keys(changes).length === 0) return { changed: [], result: { version } };
    await context.tx.reminderPreference.upsert({
      where: { personId: person.id },
      create: { personId: person.id, ...wanted },
      update: { ...wanted, version: { increment: 1 } },
    });
    return { changed: [ofPerson(person.id, changes)], result: { version: version + 1 } };
  },
});

/**
 * Turns a person's letters off: by the link of a letter, whose secret says who it was for. The inbox goes on, so nothing
 * is lost; turning them on again is done under the account.
 */
export const setMail = command({
  verb: "preference.setMail",
  input: z.strictObject({ personId: uuid, mail: z.boolean() }),
  load: ({ tx }, { personId }) =>
    tx.person.findUnique({
      where: { id: personId },
      select: { id: true, demo: true, preference: { select: { mail: true, inApp: true } } },
    }),
  allow: (actor, person, { mail }) => (isSystem(actor) && !mail) || may(actor, "updateOwn", person),
  run: async ({ tx }, person, { mail }) => {
    const { demo, preference } = person;
    const present = preference ?? defaultPreference({ demo });
    // Who hears of nothing anywhere would miss a deadline: what letters told is in the inbox from now on.
    const wanted = { mail, inApp: present.inApp || !mail };
    const changes = changesBetween({ mail: present.mail, inApp: present.inApp }, wanted);
    if (Object.keys(changes).length === 0) return { changed: [], result: undefined };
    await tx.reminderPreference.upsert({
      where: { personId: person.id },
      create: { personId: person.id, ...rowOf(defaultPreference({ demo })), ...wanted },
      update: { ...wanted, version: { increment: 1 } },
    });
    return { changed: [ofPerson(person.id, changes)], result: undefined };
  },
});
