import { beforeAll, describe, expect, test } from "vitest";
import { bearerOf } from "#lib/actor.ts";
import { SignInRefused, signIn } from "#lib/auth.ts";
import { Conflict, InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import { recordParty } from "#lib/parties/commands.ts";
import { changePassword, createToken, revokeToken } from "#lib/people/access.ts";
import {
  createPerson,
  disablePerson,
  enablePerson,
  issueLink,
  setOwnLocale,
  updateOwn,
  updatePerson,
} from "#lib/people/commands.ts";
import { setPassword } from "#lib/people/links.ts";
import { getLink, getOwnAccount, getPerson, listAgencies, listPeople } from "#lib/people/queries.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { writer } from "#lib/writer.ts";
import {
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

const someone = () => ({
  name: "Lê Văn B",
  email: newEmail(),
  admin: false,
  roles: { one: "editor" },
  agencyId: null,
  locale: "vi",
});
const now = new Date();

describe("adding and changing people", () => {
  test("a new person has what the admin said, and no password", async () => {
    const { id } = await createPerson(system, { ...someone(), name: "  Le\u0302 Văn B " });
    expect(await getPerson(system, id, now)).toMatchObject({
      name: "Lê Văn B",
      roles: { one: "editor" },
      locale: "vi",
      hasPassword: false,
      hasWayIn: false,
    });
    expect(await historyOf(id)).toMatchObject([{ verb: "person.create", changes: { "roles.one": [null, "editor"] } }]);
  });

  test("an address is somebody's only once, however it is written", async () => {
    const { email } = await addPerson();
    const again = createPerson(system, { ...someone(), email: email.toUpperCase() });
    await expect(again).rejects.toMatchObject({ fields: { email: ["people.errors.emailTaken"] } });
    const other = await addPerson();
    const taken = updatePerson(system, { ...someone(), id: other.id, version: 1, email });
    await expect(taken).rejects.toThrow(InvalidInput);
  });

  test("an agency is one of the register's", async () => {
    const unknown = createPerson(system, { ...someone(), agencyId: "no-such-party" });
    await expect(unknown).rejects.toMatchObject({ fields: { agencyId: ["people.errors.choice"] } });
  });

  test("two admins at once: the second one sees what stands there now", async () => {
    const person = someone();
    const { id } = await createPerson(system, person);
    await updatePerson(system, { ...person, id, version: 1, name: "First" });
    const error = await updatePerson(system, { ...person, id, version: 1, name: "Second" }).catch((caught) => caught);
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toMatchObject({ version: 2, theirs: { name: "First", email: person.email } });
    await updatePerson(system, { ...person, id, version: error.version, name: "Second" });
    expect((await getPerson(system, id, now))?.name).toBe("Second");
  });

  test("at the very same moment one wins, and the others are told", async () => {
    const person = someone();
    const { id } = await createPerson(system, person);
    const tries = Array.from({ length: 8 }, (_, index) =>
      updatePerson(system, { ...person, id, version: 1, name: `Try ${index}` }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toBeInstanceOf(Conflict);
    expect(await getPerson(system, id, now)).toMatchObject({ version: 2 });
  });

  test("the history has what changed and nothing where nothing did", async () => {
    const person = someone();
    const { id } = await createPerson(system, person);
    expect(await updatePerson(system, { ...person, id, version: 1 })).toEqual({ id, version: 1 });
    await updatePerson(system, { ...person, id, version: 1, name: "New" });
    expect((await historyOf(id)).slice(1)).toMatchObject([
      { verb: "person.update", changes: { name: ["Lê Văn B", "New"] } },
    ]);
    expect(Object.keys((await historyOf(id))[1]?.changes ?? {})).toEqual(["name"]);
  });

  test("an open form is not stale for a password that was set meanwhile, or for disabling and enabling", async () => {
    const person = someone();
    const { id, token } = await createPerson(system, person);
    await setPassword(system, { token, password });
    await disablePerson(system, { id });
    await enablePerson(system, { id });
    expect(await updatePerson(system, { ...person, id, version: 1, name: "New" })).toEqual({ id, version: 2 });
  });

  test("one's own name and language", async () => {
    const { id, actor } = await addActor();
    await updateOwn(actor, { version: 1, name: "My name", locale: "lo" });
    await expect(updateOwn(actor, { version: 1, name: "Late", locale: null })).rejects.toThrow(Conflict);
    await setOwnLocale(actor, { locale: "vi" });
    expect(await getOwnAccount(actor, now)).toMatchObject({ name: "My name", locale: "vi", version: 3 });
    const attempted = updateOwn(actor, { version: 3, name: "x", locale: null, admin: true });
    await expect(attempted).rejects.toThrow(InvalidInput);
    expect(await getPerson(system, id, now)).toMatchObject({ admin: false });
  });
});

describe("the last admin who can sign in", () => {
  /** Leaves exactly these admins enabled. */
  async function onlyAdmins(count: number) {
    await writer().person.updateMany({ where: { admin: true }, data: { admin: false } });
    return await Promise.all(Array.from({ length: count }, () => addActor("admin")));
  }
  const demotion = ({ id, email }: { id: string; email: string }) => ({
    ...someone(),
    id,
    email,
    version: 1,
    roles: { one: "manager" },
  });

  test("can't be disabled or demoted", async () => {
    const [last] = await onlyAdmins(1);
    if (!last) throw new Error();
    await expect(disablePerson(system, { id: last.id })).rejects.toThrow("people.errors.lastAdmin");
    await expect(updatePerson(system, demotion(last))).rejects.toThrow(RuleBroken);
    expect(await getPerson(system, last.id, now)).toMatchObject({ admin: true, disabledAt: null, sessions: 1 });
    await updatePerson(system, { ...demotion(last), admin: true, name: "Only a name" });
  });

  test("is not helped by admins who are disabled, or have no password yet", async () => {
    const [last, disabled] = await onlyAdmins(2);
    if (!last || !disabled) throw new Error();
    await disablePerson(system, { id: disabled.id });
    await createPerson(system, { ...someone(), admin: true });
    await expect(updatePerson(system, demotion(last))).rejects.toThrow(RuleBroken);
    await enablePerson(system, { id: disabled.id });
    await updatePerson(system, demotion(last));
  });

  test("is left where all demote each other at the same moment", async () => {
    const admins = await onlyAdmins(4);
    const tries = admins.map((admin, index) =>
      index % 2 ? updatePerson(system, demotion(admin)) : disablePerson(system, { id: admin.id }),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    const [{ left }] = await everything<[{ left: number }]>`
      SELECT count(*)::int AS left FROM person WHERE admin AND disabled_at IS NULL AND password_hash IS NOT NULL`;
    expect(left).toBe(1);
  });
});

describe("links to set a password", () => {
  test("work once", async () => {
    const { token, id } = await createPerson(system, someone());
    await setPassword(system, { token, password });
    await expect(setPassword(system, { token, password: "another one altogether" })).rejects.toThrow(NotFound);
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual(["person.create", "person.setPassword"]);
  });

  test("work once, used twice at the same moment", async () => {
    const { token } = await createPerson(system, someone());
    const uses = Array.from({ length: 5 }, (_, index) =>
      setPassword(system, { token, password: `one of several ${index}` }),
    );
    expect((await Promise.allSettled(uses)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("end after three days", async () => {
    const made = new Date("2026-03-01T00:00:00Z");
    const { token } = await createPerson(system, someone(), { now: made });
    expect(await getLink(token, later(made, 71.9))).toMatchObject({ purpose: "set_password" });
    expect(await getLink(token, later(made, 72.1))).toBeNull();
    await expect(setPassword(system, { token, password }, { now: later(made, 72.1) })).rejects.toThrow(NotFound);
  });

  test("are void when there is a newer one, and when the person is disabled", async () => {
    const { token, id } = await createPerson(system, someone());
    const newer = await issueLink(system, { id });
    expect(await getLink(token, now)).toBeNull();
    await expect(setPassword(system, { token, password })).rejects.toThrow(NotFound);
    await disablePerson(system, { id });
    expect(await getLink(newer.token, now)).toBeNull();
    await expect(setPassword(system, { token: newer.token, password })).rejects.toThrow(NotFound);
    await expect(issueLink(system, { id })).rejects.toThrow(RuleBroken);
    await enablePerson(system, { id });
    await expect(setPassword(system, { token: newer.token, password })).rejects.toThrow(NotFound);
  });

  test("set nothing for a disabled person, even where one were left", async () => {
    const { token, id } = await createPerson(system, someone());
    await writer().person.update({ where: { id }, data: { disabledAt: now } });
    expect(await getLink(token, now)).toBeNull();
    await expect(setPassword(system, { token, password })).rejects.toThrow(NotFound);
  });

  test("are void once another one was used, also of several made at the same moment", async () => {
    const { id } = await createPerson(system, someone());
    const made = await Promise.all(Array.from({ length: 4 }, () => issueLink(system, { id })));
    const open = [];
    for (const { token } of made) if (await getLink(token, now)) open.push(token);
    await setPassword(system, { token: open[0], password });
    for (const token of open) expect(await getLink(token, now)).toBeNull();
  });

  test("are not used up by a password that is refused", async () => {
    const { token } = await createPerson(system, someone());
    await expect(setPassword(system, { token, password: "password1" })).rejects.toThrow(InvalidInput);
    await setPassword(system, { token, password });
  });

  test("are 256 random bits, of which the database has only the digest", async () => {
    const { token } = await createPerson(system, someone());
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const found = await everything`
      SELECT FROM setup_link l WHERE l::text LIKE ${`%${token}%`} OR encode(token_hash, 'escape') LIKE ${`%${token}%`}
      UNION ALL SELECT FROM audit_event e WHERE e::text LIKE ${`%${token}%`}`;
    expect(found).toHaveLength(0);
  });
});

describe("one's own password", () => {
  test("changes only with the present one", async () => {
    const { id, email, actor } = await addActor();
    const wrong = changePassword(actor, { present: "not this", password: "another one altogether" });
    await expect(wrong).rejects.toMatchObject({ fields: { present: ["people.errors.passwordWrong"] } });
    await changePassword(actor, { present: password, password: "another one altogether" });
    await expect(signIn(attempt({ email }))).rejects.toThrow(SignInRefused);
    await signIn(attempt({ email, password: "another one altogether" }));
    const events = (await historyOf(id)).filter(({ verb }) => verb === "person.changePassword");
    expect(events).toMatchObject([{ actorName: actor.name, changes: { password: [null, "self"] } }]);
    expect(JSON.stringify(await historyOf(id))).not.toContain("$argon2");
  });

  test("is not to be guessed", async () => {
    const { actor } = await addActor();
    const common = changePassword(actor, { present: password, password: "qwertyuiop" });
    await expect(common).rejects.toMatchObject({ fields: { password: ["people.errors.passwordCommon"] } });
  });
});

describe("API tokens", () => {
  test("open until they are revoked, and the database has only the digest", async () => {
    const { id, email, actor } = await addActor("editor");
    const { secret } = await createToken(system, { email, label: "reports", days: null });
    expect(secret).toMatch(/^kept_[\w-]{43}$/);
    expect(await bearerOf(secret, now)).toMatchObject({ actor: { id, roles: { one: "editor" }, sessionId: null } });
    const [token] = (await getOwnAccount(actor, now))?.tokens ?? [];
    await revokeToken(actor, { id: token?.id });
    expect(await bearerOf(secret, now)).toBeNull();
    expect((await getOwnAccount(actor, now))?.tokens).toEqual([]);
    expect(JSON.stringify(await historyOf(id))).not.toContain(secret);
  });

  test("end with their time, and for good when the person is disabled", async () => {
    const { id, email } = await addPerson();
    const short = await createToken(system, { email, label: "x", days: 2 }, { now });
    expect(await bearerOf(short.secret, later(now, 47))).not.toBeNull();
    expect(await bearerOf(short.secret, later(now, 49))).toBeNull();
    const long = await createToken(system, { email, label: "x", days: null });
    await disablePerson(system, { id });
    expect(await bearerOf(long.secret, now)).toBeNull();
    await enablePerson(system, { id });
    expect(await bearerOf(long.secret, now)).toBeNull();
  });

  test("are made for nobody who is disabled or unknown", async () => {
    const { id, email } = await addPerson();
    await disablePerson(system, { id });
    for (const whose of [email, newEmail()]) {
      await expect(createToken(system, { email: whose, label: "x", days: null })).rejects.toThrow(NotFound);
    }
  });
});

describe("the list of people", () => {
  const names = async (q: string, state: "all" | "enabled" | "disabled" = "all") =>
    (await listPeople(system, { q, state, agency: "", after: "" })).people.map(({ name }) => name);

  test("finds names without their accents, addresses, and no pattern of its own", async () => {
    const mark = newEmail().slice(0, 20);
    await createPerson(system, { ...someone(), name: `Đặng Thuỳ Trâm ${mark}` });
    const email = newEmail();
    await createPerson(system, { ...someone(), name: `Other ${mark}`, email });
    expect(await names(`dang thuy tram ${mark}`)).toEqual([`Đặng Thuỳ Trâm ${mark}`]);
    expect(await names(email.toUpperCase())).toEqual([`Other ${mark}`]);
    expect(await names("%")).toEqual([]);
    expect(await names("100_\\")).toEqual([]);
  });

  test("tells the disabled from the others", async () => {
    const { id } = await createPerson(system, { ...someone(), name: "Gone with the wind" });
    await disablePerson(system, { id });
    expect(await names("gone with", "enabled")).toEqual([]);
    expect(await names("gone with", "disabled")).toHaveLength(1);
  });

  test("shows the team of an agency", async () => {
    const agencyId = "planning";
    const name = { en: "Ministry of Planning", vi: "", lo: "" };
    await recordParty(system, {
      id: agencyId,
      name,
      kind: "ministry",
      side: "vn",
      parentId: null,
      iso: null,
      aliases: [],
    });
    const { id } = await createPerson(system, { ...someone(), name: "Of the ministry", agencyId });
    await createPerson(system, { ...someone(), name: "Of no ministry", agencyId: "" });
    const { people } = await listPeople(system, { q: "ministry", state: "all", agency: agencyId, after: "" });
    expect(people.map((person) => person.id)).toEqual([id]);
    const teams = await listAgencies(system);
    expect(teams.find((team) => team.id === agencyId)?.people).toBe(1);
  });

  test("goes page by page, each person once", async () => {
    for (let index = 0; index < 60; index++) await createPerson(system, { ...someone(), name: "Same name" });
    const seen: string[] = [];
    let after = "";
    do {
      const { people, next } = await listPeople(system, { q: "same name", state: "all", agency: "", after });
      expect(people.length).toBeLessThanOrEqual(50);
      seen.push(...people.map(({ id }) => id));
      after = next ?? "";
    } while (after);
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  test("begins at the beginning for a cursor that is none", async () => {
    const odd = [
      "x",
      "W10",
      Buffer.from('["\\u0000","x"]').toString("base64url"),
      Buffer.from("[1,2]").toString("base64url"),
    ];
    for (const after of odd)
      expect((await listPeople(system, { q: "", state: "all", agency: "", after })).people.length).toBe(50);
  });
});
