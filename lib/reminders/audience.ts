import type { Recipient } from "#prisma/generated/enums.ts";
import type { Person, Subject } from "./rules.ts";

/** People as the planner looks them up. */
type People = {
  byId: ReadonlyMap<string, Person>;
  byAgency: ReadonlyMap<string, readonly Person[]>;
  managers: readonly Person[];
};

export function peopleOf(people: readonly Person[]): People {
  const byAgency = Map.groupBy(
    people.filter(({ agencyId }) => agencyId !== null),
    ({ agencyId }) => agencyId ?? "",
  );
  return {
    byId: new Map(people.map((person) => [person.id, person])),
    byAgency,
    managers: people.filter(({ manages }) => manages),
  };
}

/**
 * Whom a list of recipients means for a record, each once, with whether they are reached in a way of which they choose the
 * lead times. What is not firm reaches those only who watch it; what nobody owns, or an owner who cannot sign in, reaches
 * those who manage.
 */
export function audienceOf(
  people: People,
  recipients: readonly Recipient[],
  personId: string | null,
  subject: Subject,
): Map<Person, { choosesLead: boolean }> {
  const audience = new Map<Person, { choosesLead: boolean }>();
  const add = (person: Person | undefined, choosesLead = true) => {
    if (person) audience.set(person, { choosesLead: choosesLead || (audience.get(person)?.choosesLead ?? false) });
  };
  for (const recipient of recipients) {
    if (!subject.firm && recipient !== "watchers") continue;
    switch (recipient) {
      case "owner": {
        const owner = subject.ownerId === null ? undefined : people.byId.get(subject.ownerId);
        if (owner) add(owner);
        else for (const manager of people.managers) add(manager);
        break;
      }
      case "lead_agency":
        for (const id of subject.leadIds) for (const person of people.byAgency.get(id) ?? []) add(person);
        break;
      case "watchers":
        for (const id of subject.watcherIds) add(people.byId.get(id));
        break;
      case "managers":
        for (const manager of people.managers) add(manager);
        break;
      case "person":
        add(personId === null ? undefined : people.byId.get(personId), false);
        break;
    }
  }
  return audience;
}
