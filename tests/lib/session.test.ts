import { beforeAll, describe, expect, test } from "vitest";
import { actorOfSession } from "#lib/actor.ts";
import { SignInRefused, signIn } from "#lib/auth.ts";
import { NotFound } from "#lib/errors.ts";
import { changePassword, endOtherSessions, endSession, endSessionsOf, startSession } from "#lib/people/access.ts";
import { disablePerson, enablePerson, issueLink, updatePerson } from "#lib/people/commands.ts";
import { setPassword } from "#lib/people/links.ts";
import { hashPassword, verifyPassword } from "#lib/people/passwords.ts";
import { getOwnAccount } from "#lib/people/queries.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { noteVisit } from "#lib/session.ts";
import { writer } from "#lib/writer.ts";
import {
  actorFrom,
  addActor,
  addPerson,
  attempt,
  historyOf,
  later,
  newEmail,
  password,
  system,
} from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();
beforeAll(() => recordPortfolio(system, { id: "one", name: { en: "One", vi: "", lo: "" }, prefix: "ONE" }));

const isGood = async (secret: string, now = new Date()) => (await actorOfSession(secret, now)) !== null;

describe("a session begins", () => {
  test("with a new secret and a new id at every sign-in, and the browser's old one ends", async () => {
    const { email, secret, actor } = await addActor();
    const again = await signIn(attempt({ email, oldSecret: secret }));
    expect(again.secret).not.toBe(secret);
    expect((await actorFrom(again.secret)).sessionId).not.toBe(actor.sessionId);
    expect(await isGood(secret)).toBe(false);
  });

  test("beside those of other browsers", async () => {
    const { email, secret } = await addActor();
    await signIn(attempt({ email }));
    expect(await isGood(secret)).toBe(true);
  });

  test("with 256 random bits, of which the database has only the digest", async () => {
    const { secret, actor } = await addActor();
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    const [{ found }] = await everything<[{ found: number }]>`
      SELECT (SELECT count(*) FROM session s WHERE s::text LIKE ${`%${secret}%`})
        + (SELECT count(*) FROM audit_event e WHERE e::text LIKE ${`%${secret}%`})
        + (SELECT count(*) FROM session s WHERE encode(token_hash, 'escape') LIKE ${`%${secret}%`}) AS found`;
    expect(Number(found)).toBe(0);
    const [row] = await everything`SELECT length(token_hash) AS bytes FROM session WHERE id = ${actor.sessionId}`;
    expect(row?.bytes).toBe(32);
  });

  test("whatever secret the browser brought: nobody can plant one", async () => {
    const { email } = await addPerson();
    const planted = "planted".padEnd(43, "x");
    const { secret } = await signIn(attempt({ email, oldSecret: planted }));
    expect(secret).not.toBe(planted);
    expect(await isGood(planted)).toBe(false);
  });

  test("not where the person is disabled while the password is looked at", async () => {
    const { id, email } = await addPerson();
    const verify: typeof verifyPassword = async (...args) => {
      await disablePerson(system, { id });
      return verifyPassword(...args);
    };
    await expect(signIn(attempt({ email }), { verify })).rejects.toThrow(SignInRefused);
    await enablePerson(system, { id });
    expect(await everything`SELECT FROM session WHERE person_id = ${id}`).toHaveLength(0);
  });

  test("not where the password is changed while the old one is looked at", async () => {
    const { id, email } = await addPerson();
    const verify: typeof verifyPassword = async (...args) => {
      const { token } = await issueLink(system, { id });
      await setPassword(system, { token, password: "another one altogether" });
      return verifyPassword(...args);
    };
    await expect(signIn(attempt({ email }), { verify })).rejects.toThrow(SignInRefused);
    expect(await everything`SELECT FROM session WHERE person_id = ${id}`).toHaveLength(0);
  });

  test("not beside a disabling at the very same moment: one of the two comes after the other", async () => {
    const passwordHash = await hashPassword(password);
    for (let round = 0; round < 15; round++) {
      const { id } = await addPerson();
      await writer().person.update({ where: { id }, data: { passwordHash } });
      const input = { personId: id, passwordHash, secret: newSecret(), oldSecret: null, userAgent: null };
      await Promise.allSettled([startSession(system, input), disablePerson(system, { id })]);
      expect(await everything`SELECT FROM session WHERE person_id = ${id}`).toHaveLength(0);
    }
  });

  test("and is in the person's history, as its end is", async () => {
    const { id, actor } = await addActor();
    await endSession(actor, { id: actor.sessionId });
    const events = (await historyOf(id)).filter(({ verb }) => verb.startsWith("session."));
    expect(events).toMatchObject([
      { verb: "session.start", changes: { session: [null, actor.sessionId] } },
      { verb: "session.end", actorName: actor.name, changes: { session: [actor.sessionId, null] } },
    ]);
  });
});

describe("a session ends", () => {
  const start = new Date("2026-03-01T00:00:00Z");

  test("after twelve hours without use", async () => {
    const { secret } = await addActor("viewer", start);
    expect(await isGood(secret, later(start, 11.9))).toBe(true);
    expect(await isGood(secret, later(start, 12.1))).toBe(false);
  });

  test("after twelve hours from the last visit, not from the first", async () => {
    const { secret, actor } = await addActor("viewer", start);
    await noteVisit(actor.sessionId as string, later(start, 10));
    expect(await isGood(secret, later(start, 21))).toBe(true);
    expect(await isGood(secret, later(start, 22.1))).toBe(false);
  });

  test("after seven days, however much it is used", async () => {
    const { secret, actor } = await addActor("viewer", start);
    await noteVisit(actor.sessionId as string, later(start, 7 * 24 - 0.5));
    expect(await isGood(secret, later(start, 7 * 24 - 0.1))).toBe(true);
    await noteVisit(actor.sessionId as string, later(start, 7 * 24));
    expect(await isGood(secret, later(start, 7 * 24 + 0.1))).toBe(false);
  });

  test("by signing out: the same secret again is refused", async () => {
    const { secret, actor } = await addActor();
    await endSession(actor, { id: actor.sessionId });
    expect(await isGood(secret)).toBe(false);
  });

  test("by somebody's own hand in another browser, all or one", async () => {
    const { email, secret, actor } = await addActor();
    const [second, third] = [await signIn(attempt({ email })), await signIn(attempt({ email }))];
    await endSession(actor, { id: (await actorFrom(second.secret)).sessionId });
    expect(await isGood(second.secret)).toBe(false);
    expect(await endOtherSessions(actor, {})).toEqual({ count: 1 });
    expect(await isGood(third.secret)).toBe(false);
    expect(await isGood(secret)).toBe(true);
  });

  test("but not by somebody else's", async () => {
    const [mine, theirs] = [await addActor("admin"), await addActor()];
    await expect(endSession(mine.actor, { id: theirs.actor.sessionId })).rejects.toThrow(NotFound);
    await endOtherSessions(mine.actor, {});
    expect(await isGood(theirs.secret)).toBe(true);
  });

  test("when an admin signs the person out everywhere", async () => {
    const { id, secret } = await addActor();
    await endSessionsOf(system, { id });
    expect(await isGood(secret)).toBe(false);
  });

  test("when the person is disabled, and stays ended when they are enabled again", async () => {
    const { id, secret } = await addActor();
    await disablePerson(system, { id });
    expect(await isGood(secret)).toBe(false);
    await enablePerson(system, { id });
    expect(await isGood(secret)).toBe(false);
  });

  test("for a disabled person even where its row were left", async () => {
    const { id, secret } = await addActor();
    await writer().person.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await isGood(secret)).toBe(false);
  });

  test("when the person's role changes, and not when their name does", async () => {
    const { id, email, secret } = await addActor();
    const person = { id, version: 1, email, agencyId: null, locale: null };
    await updatePerson(system, { ...person, name: "New name", admin: false, roles: { one: "viewer" } });
    expect(await isGood(secret)).toBe(true);
    await updatePerson(system, { ...person, version: 2, name: "New name", admin: false, roles: { one: "editor" } });
    expect(await isGood(secret)).toBe(false);
  });

  test("when the person's address changes", async () => {
    const { id, secret } = await addActor();
    const person = { name: "Somebody", admin: false, roles: { one: "viewer" }, agencyId: null, locale: null };
    await updatePerson(system, { ...person, id, version: 1, email: newEmail() });
    expect(await isGood(secret)).toBe(false);
  });

  test("elsewhere when the person changes the password; the one at hand goes on", async () => {
    const { email, secret, actor } = await addActor();
    const other = await signIn(attempt({ email }));
    await changePassword(actor, { present: password, password: "another one altogether" });
    expect(await isGood(other.secret)).toBe(false);
    expect(await isGood(secret)).toBe(true);
    await expect(signIn(attempt({ email }))).rejects.toThrow(SignInRefused);
  });

  test("when a password is set by a link", async () => {
    const { id, secret } = await addActor();
    const { token } = await issueLink(system, { id });
    expect(await isGood(secret)).toBe(true);
    await setPassword(system, { token, password: "another one altogether" });
    expect(await isGood(secret)).toBe(false);
  });
});

test("a session in use asks to be noted once in five minutes", async () => {
  const start = new Date("2026-03-01T00:00:00Z");
  const { secret, actor } = await addActor("viewer", start);
  const asks = async (now: Date) => (await actorOfSession(secret, now))?.seenLongAgo;
  expect(await asks(later(start, 0.05))).toBe(false);
  expect(await asks(later(start, 0.1))).toBe(true);
  await noteVisit(actor.sessionId as string, later(start, 0.1));
  expect(await asks(later(start, 0.15))).toBe(false);
  // An older request that comes to it late takes nothing back.
  await noteVisit(actor.sessionId as string, start);
  expect(await asks(later(start, 0.15))).toBe(false);
});

test("secrets that are none open nothing", async () => {
  for (const secret of ["", "x", "a".repeat(43), "a".repeat(5000), "'; DROP TABLE session --", "\u0000"]) {
    expect(await isGood(secret)).toBe(false);
  }
});

test("one's own sessions are listed, the dead ones not", async () => {
  const start = new Date("2026-03-01T00:00:00Z");
  const { email, actor } = await addActor("viewer", start);
  const now = later(start, 11);
  await signIn(attempt({ email, now, userAgent: "Other" }));
  expect((await getOwnAccount(actor, now))?.sessions).toMatchObject([
    { userAgent: "Other", present: false },
    { userAgent: "Test", present: true },
  ]);
  expect((await getOwnAccount(actor, later(start, 13)))?.sessions).toMatchObject([{ userAgent: "Other" }]);
});
