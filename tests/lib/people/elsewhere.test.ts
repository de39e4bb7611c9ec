import { describe, expect, test } from "vitest";
import { actorOfSession, factorActorOfSession } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { ConfirmFirst, NotFound, NotSignedIn } from "#lib/errors.ts";
import { disablePerson } from "#lib/people/commands.ts";
import { arrive, goToConnect } from "#lib/people/elsewhere.ts";
import { finishSignIn } from "#lib/people/halfway.ts";
import { disconnect } from "#lib/people/identities.ts";
import { getOwnIdentity, onlyElsewhere } from "#lib/people/identity-queries.ts";
import { OidcAway } from "#lib/people/oidc.ts";
import { getPerson } from "#lib/people/queries.ts";
import { getSecurity, requireSecondFactor } from "#lib/people/security.ts";
import { writer } from "#lib/writer.ts";
import {
  actorFrom,
  addActor,
  addPerson,
  giveApp,
  historyOf,
  later,
  newAddress,
  newEmail,
  system,
} from "#tests/lib/people/factory.ts";
import {
  addAccount,
  browser,
  connectAs,
  organisation,
  origin,
  personOf,
  provider,
  setOut,
  signInAs,
} from "#tests/lib/people/organisation.ts";
import { codeAt } from "#tests/support/authenticator.ts";
import { testDatabase } from "#tests/support/database.ts";
import { answerFrom, type Jar, startProvider } from "#tests/support/provider.ts";

/** The organisation's sign-in, with a real provider. */

testDatabase({ catalogue: true });
organisation();

describe("somebody of the organisation", () => {
  test("whose groups give a role comes in, without a password, and is the same person the next time", async () => {
    const { sub, email } = addAccount();
    const { secret, half, next } = await signInAs(sub);
    expect({ half, next }).toEqual({ half: false, next: "/account" });
    const person = await personOf(email);
    // Without a password, and yet not somebody who can't come in.
    expect(await getPerson(system, person?.id ?? "", new Date())).toMatchObject({ hasPassword: false, hasWayIn: true });
    expect(person).toMatchObject({
      admin: false,
      roles: { "viet-nam-laos": "manager" },
      name: "Nguyễn Văn Tổ",
      hash: null,
    });
    expect((await actorFrom(secret)).id).toBe(person?.id);
    provider.accounts.set(sub, { ...provider.accounts.get(sub), email: newEmail() });
    expect((await actorFrom((await signInAs(sub)).secret)).id).toBe(person?.id);
    expect((await historyOf(person?.id ?? "")).map(({ verb }) => verb)).toEqual([
      "person.create",
      "session.start",
      "session.start",
    ]);
  });

  test("in none of the groups is told so, and nobody is made", async () => {
    for (const groups of [[], ["others", "kept-admins "]]) {
      const { sub, email } = addAccount({ groups });
      await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.noGroup" });
      expect(await personOf(email)).toBeUndefined();
    }
    delete process.env.KEPT_OIDC_GROUPS;
    const { sub, email } = addAccount();
    await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.unknown" });
    expect(await personOf(email)).toBeUndefined();
  });

  test("says no there, and is told so", async () => {
    await expect(signInAs("nobody")).rejects.toMatchObject({ key: "oidc.errors.cancelled" });
  });

  test("has at each sign-in what their groups give then, with history, and other sessions end", async () => {
    const { sub, email } = addAccount({ groups: ["readers"] });
    const first = await signInAs(sub);
    provider.accounts.set(sub, { ...provider.accounts.get(sub), groups: ["readers", "kept-admins"] });
    await addPerson("admin");
    await signInAs(sub);
    expect(await personOf(email)).toMatchObject({ admin: true });
    expect(await actorOfSession(first.secret, new Date())).toBeNull();
    provider.accounts.set(sub, { ...provider.accounts.get(sub), groups: ["readers"] });
    await signInAs(sub);
    const { id = "" } = (await personOf(email)) ?? {};
    expect((await historyOf(id)).filter(({ verb }) => verb === "person.regroup").map(({ changes }) => changes)).toEqual(
      [{ admin: [false, true] }, { admin: [true, false] }],
    );
    provider.accounts.set(sub, { ...provider.accounts.get(sub), groups: [] });
    await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.noGroup" });
  });

  test("keeps what was given by hand in registers that no rule names; a rule for a register that is not there gives nothing", async () => {
    process.env.KEPT_OIDC_GROUPS = "lao-desk=not-there:manager";
    const { sub, email } = addAccount();
    await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.noGroup" });
    expect(await personOf(email)).toBeUndefined();
    const person = await addActor("editor");
    const theirs = addAccount({ groups: [] });
    await connectAs(theirs.sub, person);
    await signInAs(theirs.sub);
    expect((await personOf(person.email))?.roles).toMatchObject({ "viet-nam-laos": "editor" });
  });

  test("who is the last admin stays one", async () => {
    await writer().person.updateMany({ where: { admin: true }, data: { admin: false } });
    const person = await addActor("admin");
    const { sub } = addAccount({ groups: [] });
    await connectAs(sub, person);
    await signInAs(sub);
    expect(await personOf(person.email)).toMatchObject({ admin: true });
  });

  test("who is disabled stays out", async () => {
    const { sub, email } = addAccount();
    const { secret } = await signInAs(sub);
    await disablePerson(system, { id: (await personOf(email))?.id });
    expect(await actorOfSession(secret, new Date())).toBeNull();
    await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.disabled" });
  });
});

describe("an account that is here already", () => {
  test("with the same address, and be it an admin's, is not theirs by that", async () => {
    for (const role of ["admin", "viewer"] as const) {
      const { id, email } = await addPerson(role);
      for (const same of [email, email.toUpperCase()]) {
        const { sub } = addAccount({ email: same, groups: ["kept-admins"] });
        await expect(signInAs(sub)).rejects.toMatchObject({ key: "oidc.errors.connectFirst" });
      }
      expect(await sql`SELECT FROM session WHERE person_id = ${id}`).toHaveLength(0);
      expect(await sql`SELECT FROM identity WHERE person_id = ${id}`).toHaveLength(0);
    }
  });

  test("is connected by its person, from a session in which they showed who they are, and opens then", async () => {
    const person = await addActor("manager");
    const { sub } = addAccount({ email: person.email });
    const stale = await addActor("manager", later(new Date(), -1));
    await expect(goToConnect(stale.actor, { origin, address: newAddress(), next: "/" })).rejects.toThrow(ConfirmFirst);
    expect(await connectAs(sub, person)).toEqual({ next: "/account", session: null });
    expect(await getOwnIdentity(person.actor)).toMatchObject({ email: person.email });
    expect((await actorFrom((await signInAs(sub)).secret)).id).toBe(person.id);
    expect((await historyOf(person.id)).map(({ verb }) => verb)).toContain("identity.connect");
    expect((await getPerson(system, person.id, new Date()))?.identities).toEqual([
      { issuer: expect.any(String), email: person.email, createdAt: expect.any(Date), lastUsedAt: expect.any(Date) },
    ]);
  });

  test("is not connected from another browser, another session, or by nobody", async () => {
    const [person, other] = [await addActor(), await addActor()];
    const { sub } = addAccount();
    for (const actor of [null, other.actor]) {
      const { secret, go } = await goToConnect(person.actor, { origin, address: newAddress(), next: "/" });
      const answer = await answerFrom(go, sub);
      await expect(arrive({ ...browser({ actor }), secret, answer })).rejects.toThrow(NotSignedIn);
    }
    expect(await sql`SELECT FROM identity WHERE person_id IN (${person.id}, ${other.id})`).toHaveLength(0);
  });

  test("has one identity, which is nobody else's", async () => {
    const [person, other] = [await addActor(), await addActor()];
    const [first, second] = [addAccount(), addAccount()];
    await connectAs(first.sub, person);
    await connectAs(first.sub, person);
    await expect(connectAs(first.sub, other)).rejects.toMatchObject({ key: "oidc.errors.others" });
    await expect(connectAs(second.sub, person)).rejects.toMatchObject({ key: "oidc.errors.another" });
  });

  test("is disconnected where a password is left; sessions that began there end, but for the one at hand", async () => {
    const person = await addActor();
    const { sub } = addAccount({ groups: ["readers"] });
    await connectAs(sub, person);
    const theirs = await signInAs(sub);
    const identity = await getOwnIdentity(person.actor);
    await disconnect(person.actor, { id: identity?.id });
    expect(await actorOfSession(theirs.secret, new Date())).toBeNull();
    expect(await actorOfSession(person.secret, new Date())).not.toBeNull();
    await connectAs(sub, person);
    const only = addAccount();
    const { secret } = await signInAs(only.sub, { anew: true });
    const actor = await actorFrom(secret);
    expect(await onlyElsewhere(actor)).toBe("127.0.0.1");
    const own = await getOwnIdentity(actor);
    await expect(disconnect(actor, { id: own?.id })).rejects.toMatchObject({ key: "oidc.errors.noPassword" });
    await expect(disconnect(person.actor, { id: own?.id })).rejects.toThrow(NotFound);
  });
});

describe("a second factor", () => {
  async function withApp(groups = ["readers"]) {
    const person = await addActor("viewer");
    const { sub } = addAccount({ groups });
    await connectAs(sub, person);
    const { app } = await giveApp(person);
    return { ...person, sub, app };
  }
  const finish = (half: string, code: string) =>
    finishSignIn({ half, shown: { code }, address: newAddress(), userAgent: null, oldSecret: null });

  test("of ours is asked for, whatever the provider says", async () => {
    const { id, sub, app } = await withApp();
    provider.accounts.set(sub, { ...provider.accounts.get(sub), amr: ["pwd", "mfa"] });
    const { half, secret } = await signInAs(sub);
    expect(half).toBe(true);
    expect(await factorActorOfSession(secret, new Date())).toBeNull();
    const done = await finish(secret, codeAt(app, new Date()));
    expect((await actorFrom(done.secret)).id).toBe(id);
  });

  test("shown there counts where it is trusted, and only if it was shown", async () => {
    const { sub } = await withApp();
    process.env.KEPT_OIDC_SECOND_FACTOR = "trusted";
    expect((await signInAs(sub)).half).toBe(true);
    provider.accounts.set(sub, { ...provider.accounts.get(sub), amr: ["pwd", "mfa"] });
    expect((await signInAs(sub)).half).toBe(false);
  });

  test("that a role asks for is set up first, unless a trusted provider has seen one", async () => {
    const { version } = await getSecurity(system);
    await requireSecondFactor(system, { roles: ["manager"], version });
    const { sub } = addAccount();
    const first = await signInAs(sub);
    expect(await actorOfSession(first.secret, new Date())).toBeNull();
    expect(await factorActorOfSession(first.secret, new Date())).toMatchObject({ lacksFactor: true });
    process.env.KEPT_OIDC_SECOND_FACTOR = "trusted";
    provider.accounts.set(sub, { ...provider.accounts.get(sub), amr: ["pwd", "mfa"] });
    expect(await actorOfSession((await signInAs(sub)).secret, new Date())).not.toBeNull();
    await requireSecondFactor(system, { roles: [], version: version + 1 });
  });

  test("a half sign-in that began there ends with the connection", async () => {
    const { sub, app, secret } = await withApp();
    const { secret: half } = await signInAs(sub);
    const actor = await actorFrom(secret);
    await disconnect(actor, { id: (await getOwnIdentity(actor))?.id });
    await expect(finish(half, codeAt(app, new Date()))).rejects.toMatchObject({ key: "security.errors.halfOver" });
  });
});

describe("showing again who one is", () => {
  test("a session from there is asked anew before what is sensitive, unless it was shown just now", async () => {
    const { sub } = addAccount();
    const jar: Jar = new Map();
    const silent = await actorFrom((await signInAs(sub, { jar })).secret);
    const again = await actorFrom((await signInAs(sub, { jar, anew: true })).secret);
    const fresh = (at: Date | null) => Date.now() - Number(at) < 60_000;
    expect(fresh(silent.confirmedAt)).toBe(false);
    expect(fresh(again.confirmedAt)).toBe(true);
    // Not asked anew, the provider knows this browser and asks nothing.
    const { sub: other } = addAccount();
    expect((await actorFrom((await signInAs(other, { jar })).secret)).id).toBe(silent.id);
  });
});

test("a provider that is away is said to be away; without one there is nothing", async () => {
  const other = await startProvider();
  Object.assign(process.env, other.env);
  await other.close();
  await expect(setOut()).rejects.toThrow(OidcAway);
  delete process.env.KEPT_OIDC_ISSUER;
  await expect(setOut()).rejects.toThrow(NotFound);
  await expect(arrive({ ...browser(), secret: "x", answer: "" })).rejects.toThrow(NotFound);
});
