import { randomUUID } from "node:crypto";
import { type Actor, actorOfSession, systemActor } from "#lib/actor.ts";
import type { Attempt } from "#lib/auth.ts";
import { startSession } from "#lib/people/access.ts";
import { createPerson } from "#lib/people/commands.ts";
import { beginTotp, confirmTotp } from "#lib/people/factors.ts";
import { hashPassword } from "#lib/people/passwords.ts";
import { unseal } from "#lib/people/sealing.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { writer } from "#lib/writer.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { codeAt } from "#tests/support/authenticator.ts";
import { everything } from "#tests/support/everything.ts";

export const password = "sông hồng mùa nước nổi";

export const system = systemActor("test");

let count = 0;

export const newEmail = () => `person-${++count}-${randomUUID().slice(0, 8)}@kept.example`;

let hashed: Promise<string> | undefined;

/** That role in every portfolio that there is. */
async function rolesOf(role: Role): Promise<{ admin: boolean; roles: Record<string, Role> }> {
  if (role === "admin") return { admin: true, roles: {} };
  const portfolios = await everything<{ id: string }[]>`SELECT id FROM portfolio`;
  if (portfolios.length === 0) {
    await recordPortfolio(system, { id: "one", name: { en: "One", vi: "", lo: "" }, prefix: "ONE" });
    return rolesOf(role);
  }
  return { admin: false, roles: Object.fromEntries(portfolios.map(({ id }) => [id, role])) };
}

/** Adds a person who has `password`. */
export async function addPerson(role: Role = "viewer", now = new Date()): Promise<{ id: string; email: string }> {
  const email = newEmail();
  const { id } = await createPerson(
    system,
    { name: `Test ${role}`, email, ...(await rolesOf(role)), agencyId: null, locale: null },
    { now },
  );
  // Hashed once for all of a file: that takes longer than everything else here.
  hashed ??= hashPassword(password);
  await writer().person.update({ where: { id }, data: { passwordHash: await hashed } });
  return { id, email };
}

/** An address that nobody else tries from, so that tests don't meet each other's limits. */
export const newAddress = () => `test-${randomUUID()}`;

export const attempt = (over: Partial<Attempt>): Attempt => ({
  email: "nobody@kept.example",
  password,
  address: newAddress(),
  userAgent: "Test",
  oldSecret: null,
  ...over,
});

/** A person who has signed in, as pages and commands see them. */
export async function addActor(
  role: Role = "viewer",
  now = new Date(),
): Promise<{ id: string; email: string; secret: string; actor: Actor }> {
  const person = await addPerson(role, now);
  const secret = newSecret();
  const input = { personId: person.id, passwordHash: await hashed, secret, oldSecret: null, userAgent: "Test" };
  await startSession(system, input, { now });
  return { ...person, secret, actor: await actorFrom(secret, now) };
}

/**
 * Sets up an authenticator app, twenty minutes ago, so that the code of now is unused. `app` is the secret that it shares
 * with us.
 */
export async function giveApp({ id, actor }: { id: string; actor: Actor }) {
  const now = later(new Date(), -1 / 3);
  await beginTotp(actor, {}, { now });
  const app = unseal((await writer().totp.findUniqueOrThrow({ where: { personId: id } })).sealed, id);
  const { codes } = await confirmTotp(actor, { code: codeAt(app, now) }, { now });
  return { app, codes: codes ?? [] };
}

export async function actorFrom(secret: string, now = new Date()): Promise<Actor> {
  const found = await actorOfSession(secret, now);
  if (!found) throw new Error("no such session");
  return found.actor;
}

type Event = {
  verb: string;
  actorName: string;
  subjectType: string;
  changes: Record<string, [unknown, unknown]>;
};

/** The history of one subject, the oldest first. */
export async function historyOf(subjectId: string): Promise<Event[]> {
  return await everything<Event[]>`
    SELECT verb, actor_name AS "actorName", subject_type AS "subjectType", changes
    FROM audit_event WHERE subject_id = ${subjectId} ORDER BY id`;
}

export const later = (now: Date, hours: number) => new Date(now.getTime() + hours * 3_600_000);
