import { describe, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { signIn } from "#lib/auth.ts";
import en from "#lib/i18n/messages/en/index.ts";
import { changePassword, createOwnToken, createToken, endSessionsOf, revokeToken } from "#lib/people/access.ts";
import { disablePerson, enablePerson, issueLink, updateOwn, updatePerson } from "#lib/people/commands.ts";
import { confirmByCode } from "#lib/people/confirm.ts";
import { removeTotp, renewRecoveryCodes, resetFactors } from "#lib/people/factors.ts";
import { regroup } from "#lib/people/group-roles.ts";
import { finishSignIn } from "#lib/people/halfway.ts";
import { handOver } from "#lib/people/handing-over.ts";
import { setPassword } from "#lib/people/links.ts";
import { toldVerbs } from "#lib/people/notices.ts";
import { getOwnAccount } from "#lib/people/queries.ts";
import { writer } from "#lib/writer.ts";
import { letters, round } from "#tests/lib/letters/factory.ts";
import {
  addActor,
  addPerson,
  attempt,
  giveApp,
  later,
  newAddress,
  newEmail,
  password,
  system,
} from "#tests/lib/people/factory.ts";
import { sink, withMail } from "#tests/lib/people/mail.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

/** What people are told by mail of changes to their access. */

testDatabase();
withMail();

/** What came: to whom, and what stood on it. */
async function mails(): Promise<{ to: string; subject: string; text: string }[]> {
  await round(sink.url, { at: later(new Date(), 1 / 60) });
  return sink.taken.map(({ to, mail }) => ({ to: to[0] ?? "", subject: mail.subject ?? "", text: mail.text ?? "" }));
}

const subjects = async () => (await mails()).map(({ subject }) => subject.replace(/^Kept – /, ""));
const said = (kind: keyof typeof en.notices.of) => en.notices.of[kind].subject;
const changed = { name: "Changed", admin: false, roles: { one: "viewer" }, agencyId: null, locale: null } as const;
const other = "a new one, hard to guess";

describe("somebody hears of", () => {
  test("their password, changed or set by a link", async () => {
    const { id, email, actor } = await addActor();
    await changePassword(actor, { present: password, password: other });
    const { token } = await issueLink(system, { id });
    await setPassword(system, { token, password });
    const came = await mails();
    expect(came.map(({ to }) => to)).toEqual([email, email]);
    expect(came.map(({ subject }) => subject).toSorted()).toEqual(
      [`Kept – ${said("passwordChanged")}`, `Kept – ${said("passwordSet")}`].toSorted(),
    );
    expect(came.find(({ text }) => text.includes("changed"))?.text).toContain("from your own account");
    expect(came.map(({ text }) => text).join()).not.toContain(other);
  });

  test("their app, their recovery codes, and what an admin takes away", async () => {
    const { id, email, actor } = await addActor();
    const { codes } = await giveApp({ id, actor });
    await confirmByCode(actor, { code: codes[0] });
    await renewRecoveryCodes(actor, {});
    await removeTotp(actor, {});
    const { codes: more } = await giveApp({ id, actor });
    const { secret } = await signIn(attempt({ email }));
    await finishSignIn({
      half: secret,
      shown: { code: more[0] },
      address: newAddress(),
      userAgent: null,
      oldSecret: null,
    });
    await resetFactors((await addActor("admin")).actor, { id });
    const kinds = [
      "appAdded",
      "recoveryUsed",
      "codesRenewed",
      "appRemoved",
      "appAdded",
      "recoveryUsed",
      "factorsReset",
    ] as const;
    expect((await subjects()).toSorted()).toEqual(kinds.map(said).toSorted());
    const reset = sink.taken.find(({ mail }) => mail.subject?.includes("taken away"));
    expect(reset?.mail.text).toContain("by Test admin");
  });

  test("their tokens", async () => {
    const { email, actor } = await addActor();
    await createToken(systemActor("token command"), { email, label: "Nightly", days: null });
    await createOwnToken(actor, { label: "Monthly figures", access: "read", days: "30" });
    for (const { id } of (await getOwnAccount(actor, new Date()))?.tokens ?? []) await revokeToken(actor, { id });
    expect((await subjects()).toSorted()).toEqual(
      (["tokenMade", "tokenMade", "tokenRevoked", "tokenRevoked"] as const).map(said),
    );
    expect(sink.taken.map(({ mail }) => mail.text).join()).toContain("“Monthly figures”");
    expect(sink.taken.map(({ mail }) => mail.text).join()).not.toMatch(/kept_[\w-]{20}/);
  });

  test("their role and address: the address that was, too, in their language", async () => {
    const { id, email } = await addPerson("viewer");
    const moved = newEmail();
    await updatePerson(system, { ...changed, id, version: 1, email, roles: { one: "manager" } });
    expect((await mails())[0]?.text).toContain("your roles were changed");
    sink.taken.length = 0;
    await updatePerson(system, { ...changed, id, version: 2, email: moved, roles: { one: "manager" }, locale: "vi" });
    const came = await mails();
    expect(came.map(({ to }) => to).toSorted()).toEqual([email, moved].toSorted());
    for (const { subject, text } of came) {
      expect(subject).toBe("Kept – Địa chỉ đăng nhập của bạn đã thay đổi");
      expect(text).toContain(email);
      expect(text).toContain(moved);
    }
  });

  test("their roles, set anew by what their groups at the organisation give", async () => {
    const { id, email } = await addPerson("viewer");
    const sworn = { issuer: "https://id.example", subject: "somebody" };
    await writer().identity.create({ data: { ...sworn, personId: id, email, createdAt: new Date() } });
    const rules = [
      { group: "desk", portfolio: "one", role: "manager" },
      { group: "admins", admin: true },
    ];
    for (const groups of [["desk"], ["desk"], ["desk", "admins"]]) await regroup(system, { ...sworn, rules, groups });
    const came = await mails();
    expect(came.map(({ to, subject }) => [to, subject])).toEqual(
      Array.from({ length: 2 }, () => [email, `Kept – ${said("roleChanged")}`]),
    );
  });

  test("being disabled and let in again, signed out, and handed over", async () => {
    const { actor } = await addActor("admin");
    const [{ id, email }, heir] = [await addActor(), await addPerson()];
    await endSessionsOf(actor, { id });
    await disablePerson(actor, { id });
    expect((await subjects()).toSorted()).toEqual([said("disabled"), said("sessionsEnded")].toSorted());
    sink.taken.length = 0;
    await enablePerson(actor, { id });
    await handOver(actor, { id, email: heir.email });
    const came = await mails();
    expect(new Set(came.map(({ to }) => to))).toEqual(new Set([email]));
    expect(came.map(({ subject }) => subject.slice(7)).toSorted()).toEqual(
      [said("enabled"), said("disabled"), said("handedOver")].toSorted(),
    );
  });

  test("a right password after many wrong ones, and not after a few", async () => {
    const { email } = await addPerson();
    const wrong = async (times: number) => {
      for (let at = 0; at < times; at++) await signIn(attempt({ email, password: "no" })).catch(() => {});
    };
    await wrong(4);
    await signIn(attempt({ email }));
    expect(await letters()).toEqual([]);
    await wrong(7);
    await signIn(attempt({ email }));
    expect(await subjects()).toEqual([said("afterTries")]);
    expect(sink.taken[0]?.mail.text).toContain("after 7 wrong tries");
  });
});

describe("a notice", () => {
  test("is there with its change or not at all", async () => {
    const { id, actor } = await addActor();
    await changePassword(actor, { present: "not that one", password: other }).catch(() => {});
    await issueLink(system, { id });
    await updateOwn(actor, { version: 1, name: "Another name", locale: null });
    expect(await letters()).toEqual([]);
    // The letter can't be queued: then nothing is changed.
    const owner = process.env.KEPT_OWNER_URL ?? "";
    await query(owner, "ALTER TABLE letter ADD CONSTRAINT never CHECK (notice IS NULL) NOT VALID");
    await expect(changePassword(actor, { present: password, password: other })).rejects.toThrow();
    await query(owner, "ALTER TABLE letter DROP CONSTRAINT never");
    await changePassword(actor, { present: password, password: other });
    expect(await subjects()).toEqual([said("passwordChanged")]);
  });

  test("can't be turned off, and waits for no hour", async () => {
    const { id, actor } = await addActor();
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      `INSERT INTO reminder_preference (person_id, hour, days, countries, frequency, weekday, mail, in_app, lead_days, own_lead_days)
        VALUES ($1, 8, '{1}', '{VN}', 'weekly', 1, false, true, '{}', false)`,
      [id],
    );
    await changePassword(actor, { present: password, password: other });
    expect(await subjects()).toEqual([said("passwordChanged")]);
    expect(sink.taken[0]?.mail.headers.filter(({ key }) => key.startsWith("list-"))).toEqual([]);
  });

  test("there is none without mail, nor for people of a demonstration", async () => {
    const { id } = await addPerson();
    const { SMTP_URL } = process.env;
    delete process.env.SMTP_URL;
    await disablePerson(system, { id });
    process.env.SMTP_URL = SMTP_URL;
    expect(await letters()).toEqual([]);
    await query(process.env.KEPT_OWNER_URL ?? "", "UPDATE person SET demo = true WHERE id = $1", [id]);
    await enablePerson(system, { id });
    expect(await subjects()).toEqual([]);
    expect((await letters()).map(({ state }) => state)).toEqual(["dropped"]);
  });
});

test("of every verb about people it is decided whether it is told", async () => {
  const { person, session, factor, identity, token, security } = en.audit.verb;
  const all = Object.entries({ person, session, factor, identity, token, security }).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
  expect(all.filter((verb) => !toldVerbs().includes(verb)).toSorted()).toEqual(untold.toSorted());
  expect(toldVerbs().filter((verb) => !all.includes(verb))).toEqual([]);
});

/** What opens or shuts nobody's account, or tells its person by itself. */
const untold = [
  ...["person.create", "person.issueLink", "person.mailLink", "person.forgot"],
  ...["person.updateOwn", "person.setOwnLocale"],
  ...["session.end", "session.endOthers", "session.refused", "security.require"],
];
