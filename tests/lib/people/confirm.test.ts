import { describe, expect, test } from "vitest";
import { actorOfSession, factorActorOfSession } from "#lib/actor.ts";
import { signIn } from "#lib/auth.ts";
import { ConfirmFirst, Conflict, Forbidden, InvalidInput, RuleBroken, TooMany } from "#lib/errors.ts";
import { createPerson, disablePerson, issueLink, updatePerson } from "#lib/people/commands.ts";
import { askToConfirm, confirmByCode, confirmByPasskey, confirmByPassword } from "#lib/people/confirm.ts";
import { beginTotp, confirmTotp, removeTotp, resetFactors } from "#lib/people/factors.ts";
import { addPasskey, beginPasskey } from "#lib/people/passkeys.ts";
import { unseal } from "#lib/people/sealing.ts";
import { getSecurity, requireSecondFactor } from "#lib/people/security.ts";
import { writer } from "#lib/writer.ts";
import {
  actorFrom,
  addActor,
  addPerson,
  attempt,
  giveApp,
  historyOf,
  later,
  newEmail,
  password,
  system,
} from "#tests/lib/people/factory.ts";
import { authenticator, codeAt } from "#tests/support/authenticator.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

const site = { origin: "https://kept.example", rpId: "kept.example" };

/** Somebody who signed in twenty minutes ago. */
const longSignedIn = (role: "viewer" | "admin" = "admin") => addActor(role, later(new Date(), -1 / 3));

describe("what is sensitive", () => {
  test("asks again after a quarter of an hour, for every act of an admin on people", async () => {
    const { actor } = await longSignedIn();
    const { id, email } = await addPerson();
    const data = { name: "X", email: newEmail(), admin: false, roles: {}, agencyId: null, locale: null };
    const acts = [
      () => createPerson(actor, data),
      () => updatePerson(actor, { ...data, email, id, version: 1 }),
      () => disablePerson(actor, { id }),
      () => issueLink(actor, { id }),
      () => resetFactors(actor, { id }),
      () => requireSecondFactor(actor, { roles: [], version: 1 }),
    ];
    for (const act of acts) await expect(act()).rejects.toThrow(ConfirmFirst);
  });

  test("is open for a quarter of an hour by the password, in this session alone", async () => {
    const { id: whom } = await addPerson();
    const { email, secret } = await longSignedIn();
    const other = await signIn(attempt({ email, now: later(new Date(), -1 / 3) }));
    await expect(confirmByPassword(await actorFrom(secret), { password: "wrong" })).rejects.toThrow(InvalidInput);
    await confirmByPassword(await actorFrom(secret), { password });
    await issueLink(await actorFrom(secret), { id: whom });
    await expect(issueLink(await actorFrom(other.secret), { id: whom })).rejects.toThrow(ConfirmFirst);
    const after = later(new Date(), 0.26);
    await expect(issueLink(await actorFrom(secret, after), { id: whom }, { now: after })).rejects.toThrow(ConfirmFirst);
  });

  test("is not opened by a password alone where there is a second factor", async () => {
    const person = await longSignedIn();
    const { app } = await giveApp(person);
    const actor = await actorFrom(person.secret);
    await expect(removeTotp(actor, {})).rejects.toThrow(ConfirmFirst);
    await expect(confirmByPassword(actor, { password })).rejects.toThrow(RuleBroken);
    const code = codeAt(app, new Date());
    await confirmByCode(actor, { code });
    await expect(confirmByCode(actor, { code })).rejects.toThrow(InvalidInput);
    await removeTotp(await actorFrom(person.secret), {});
    expect(await historyOf(person.id)).toContainEqual(
      expect.objectContaining({ verb: "session.confirm", changes: expect.objectContaining({ proof: [null, "totp"] }) }),
    );
  });

  test("is opened by one's own passkey, once for each question", async () => {
    const [one, two] = [await addActor("admin"), await addActor("admin")];
    const devices = [authenticator(site.origin), authenticator(site.origin)] as const;
    for (const [index, { actor }] of [one, two].entries()) {
      const question = await beginPasskey(actor, { site });
      await addPasskey(actor, { site, label: "Phone", answer: devices[index]?.create(question) });
    }
    await writer().session.updateMany({ data: { confirmedAt: later(new Date(), -1) } });
    const actor = await actorFrom(one.secret);
    const question = await askToConfirm(actor, { site });
    await expect(confirmByPasskey(actor, { site, answer: devices[1].get(question) })).rejects.toThrow(InvalidInput);
    const answer = devices[0].get(question);
    await confirmByPasskey(actor, { site, answer });
    await issueLink(await actorFrom(one.secret), { id: two.id });
    await expect(confirmByPasskey(actor, { site, answer })).rejects.toThrow(InvalidInput);
  });

  test.each([
    ["passwords", 10],
    ["codes", 5],
  ])(
    "of 200 guesses at once only so many are looked at: %s",
    async (what, looks) => {
      const guesses = Number(process.env.KEPT_GUESSES || 200);
      const person = await longSignedIn("viewer");
      if (what === "codes") await giveApp(person);
      const actor = await actorFrom(person.secret);
      const guess = (index: number) =>
        what === "codes"
          ? confirmByCode(actor, { code: String(100_000 + index) })
          : confirmByPassword(actor, { password: `guess ${index}` });
      const results = await Promise.allSettled(Array.from({ length: guesses }, (_, index) => guess(index)));
      const stopped = results.filter((each) => each.status === "rejected" && each.reason instanceof TooMany);
      expect(stopped).toHaveLength(guesses - looks);
    },
    60_000,
  );
});

describe("a second factor that a role needs", () => {
  const set = async (roles: string[]) => {
    const { version } = await getSecurity(system);
    await requireSecondFactor(system, { roles, version });
  };

  test("leaves who lacks it with nothing but setting it up, also in sessions that are open", async () => {
    const { email, secret, actor } = await addActor("editor");
    await set(["editor"]);
    try {
      expect(await actorOfSession(secret, new Date())).toBeNull();
      const fresh = await signIn(attempt({ email }));
      expect(await actorOfSession(fresh.secret, new Date())).toBeNull();
      const found = await factorActorOfSession(secret, new Date());
      expect(found?.lacksFactor).toBe(true);
      await beginTotp(actor, {});
      const row = await writer().totp.findUniqueOrThrow({ where: { personId: actor.id ?? "" } });
      await expect(confirmTotp(actor, { code: "000000" })).rejects.toThrow(InvalidInput);
      // One that was begun and not shown to work is none.
      expect(await actorOfSession(secret, new Date())).toBeNull();
      await confirmTotp(actor, { code: codeAt(unseal(row.sealed, actor.id ?? ""), new Date()) });
      expect(await actorOfSession(secret, new Date())).not.toBeNull();
      await removeTotp(actor, {});
      expect(await actorOfSession(secret, new Date())).toBeNull();
    } finally {
      await set([]);
    }
    expect(await actorOfSession(secret, new Date())).not.toBeNull();
  });

  test("is not asked of other roles, is set by admins alone, and shows both where two did", async () => {
    const [{ actor: manager }, { actor: admin }] = [await addActor("manager"), await addActor("admin")];
    await expect(getSecurity(manager)).rejects.toThrow(Forbidden);
    const { version, lacking } = await getSecurity(admin);
    expect(lacking.manager).toBeGreaterThan(0);
    await expect(requireSecondFactor(manager, { roles: [], version })).rejects.toThrow(Forbidden);
    await requireSecondFactor(admin, { roles: ["viewer"], version });
    expect(await actorOfSession((await addActor("manager")).secret, new Date())).not.toBeNull();
    const stale = await requireSecondFactor(system, { roles: ["editor"], version }).catch((error) => error);
    expect(stale).toBeInstanceOf(Conflict);
    expect(stale.theirs).toEqual({ roles: ["viewer"] });
    await set([]);
  });
});
