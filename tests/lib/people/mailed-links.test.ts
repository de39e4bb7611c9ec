import { describe, expect, test } from "vitest";
import { signIn } from "#lib/auth.ts";
import { InvalidInput, NotFound, RuleBroken, TooMany } from "#lib/errors.ts";
import { sendAgain } from "#lib/letters/commands.ts";
import { getLetter } from "#lib/letters/queries.ts";
import { claimLetters, keepComposed } from "#lib/letters/queue.ts";
import { changePassword, startSession } from "#lib/people/access.ts";
import {
  createPerson,
  disablePerson,
  enablePerson,
  invitePerson,
  issueLink,
  mailNewLink,
  updatePerson,
} from "#lib/people/commands.ts";
import { askForLink } from "#lib/people/forgotten.ts";
import { setPassword } from "#lib/people/links.ts";
import { getLink } from "#lib/people/queries.ts";
import { newSecret } from "#lib/people/secrets.ts";
import { writer } from "#lib/writer.ts";
import { letters, round } from "#tests/lib/letters/factory.ts";
import {
  actorFrom,
  addActor,
  addPerson,
  attempt,
  historyOf,
  later,
  newAddress,
  newEmail,
  password,
  system,
} from "#tests/lib/people/factory.ts";
import { restartSink, sink, withMail } from "#tests/lib/people/mail.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase();
withMail();

const someone = () => ({ name: "Lê Văn B", email: newEmail(), admin: false, roles: {}, agencyId: null, locale: null });
const ask = (email: unknown, now?: Date) => askForLink({ email, address: newAddress(), ...(now && { now }) });
const inMinutes = (minutes: number) => later(new Date(), minutes / 60);
const soon = () => inMinutes(1);

/** The letters that brought a link; there are notices besides. */
const linked = () => sink.taken.filter(({ mail }) => mail.text?.includes("/set-password/"));

/** The token that the last letter to this address brought. */
function tokenFor(email: string): string {
  const taken = linked()
    .filter(({ to }) => to[0] === email)
    .at(-1);
  const token = /https:\/\/kept\.example\/set-password\/([\w-]{43})/.exec(taken?.mail.text ?? "")?.[1];
  if (!token) throw new Error(`no link in ${taken?.mail.text}`);
  return token;
}

describe("an invitation", () => {
  test("goes to the person, with a link by which they set a password; nobody else sees it", async () => {
    const person = { ...someone(), locale: "vi" };
    const result = await invitePerson((await addActor("admin")).actor, person);
    expect(Object.keys(result)).toEqual(["id"]);
    await round(sink.url, { at: soon() });
    const [taken] = sink.taken;
    expect(taken?.to).toEqual([person.email]);
    expect(taken?.mail.subject).toBe("Kept – Bạn đã có tài khoản");
    expect(taken?.mail.text).toContain("Test admin đã tạo cho bạn tài khoản");
    const token = tokenFor(person.email);
    expect(taken?.mail.html).toContain(token);
    const keys = taken?.mail.headers.map(({ key }) => key) ?? [];
    expect(keys.filter((key) => key.startsWith("list-"))).toEqual([]);
    expect(await setPassword(system, { token, password })).toEqual({ email: person.email });
    await expect(setPassword(system, { token, password })).rejects.toThrow(NotFound);
  });

  test("its secret stands nowhere in the database, waiting or sent, and an admin does not see it", async () => {
    const { actor } = await addActor("admin");
    const person = someone();
    const { id } = await invitePerson(actor, person);
    const [waiting] = await everything<{ row: string }[]>`SELECT l::text AS row FROM letter l WHERE person_id = ${id}`;
    expect(waiting?.row).not.toMatch(/[\w-]{43}/);
    await round(sink.url, { at: soon() });
    const token = tokenFor(person.email);
    const rows = await everything`
      SELECT FROM letter l WHERE l::text LIKE ${`%${token}%`}
      UNION ALL SELECT FROM setup_link k WHERE k::text LIKE ${`%${token}%`}
      UNION ALL SELECT FROM audit_event a WHERE a::text LIKE ${`%${token}%`}`;
    expect(rows).toHaveLength(0);
    const [sent] = await letters();
    const shown = await getLetter(actor, sent?.id ?? "");
    expect(shown).toMatchObject({ state: "sent", subject: "Kept – You have an account" });
    expect(shown?.text).toContain("https://kept.example/set-password/…");
    expect((await historyOf(id)).map(({ verb }) => verb)).toEqual(["person.create"]);
  });

  test("sent again: the newest letter's link counts; a link that was shown counts, too", async () => {
    const person = someone();
    const { id } = await invitePerson(system, person);
    await round(sink.url, { at: soon() });
    const first = tokenFor(person.email);
    await mailNewLink(system, { id });
    expect(await getLink(first, new Date()), "until the newer one is on its way").not.toBeNull();
    await round(sink.url, { at: soon() });
    const second = tokenFor(person.email);
    expect(await getLink(first, new Date())).toBeNull();
    await mailNewLink(system, { id });
    const { token } = await issueLink(system, { id });
    expect(await getLink(second, new Date())).toBeNull();
    await round(sink.url, { at: soon() });
    expect(sink.taken).toHaveLength(2);
    expect((await letters()).map(({ state }) => state)).toEqual(["sent", "sent", "dropped"]);
    await setPassword(system, { token, password });
  });

  test("a try that may have arrived keeps its link, and the next try brings another; both are used up by one", async () => {
    const person = someone();
    await invitePerson(system, person);
    let lost = "";
    sink.manners.data = ({ mail }) => {
      lost = /set-password\/([\w-]{43})/.exec(mail.text ?? "")?.[1] ?? "";
      return undefined;
    };
    sink.manners.delay = 3_000_000;
    await round(sink.url, { limit: 300, at: soon() });
    const [letter] = await letters();
    expect(letter).toMatchObject({ state: "waiting", uncertain: true });
    await restartSink();
    await round(sink.url, { at: letter?.nextTryAt ?? new Date() });
    const token = tokenFor(person.email);
    expect(lost).not.toBe(token);
    expect(await getLink(lost, new Date())).not.toBeNull();
    await setPassword(system, { token, password });
    expect(await getLink(lost, new Date())).toBeNull();
  });

  test("to a wrong address opens nothing once the address is corrected; a new one goes to the right one", async () => {
    const person = someone();
    const { id } = await invitePerson(system, person);
    await round(sink.url, { at: soon() });
    const wrong = tokenFor(person.email);
    const email = newEmail();
    await updatePerson(system, { ...person, id, version: 1, email, admin: true });
    expect(await getLink(wrong, new Date())).toBeNull();
    await expect(setPassword(system, { token: wrong, password })).rejects.toThrow(NotFound);
    await mailNewLink(system, { id });
    await round(sink.url, { at: soon() });
    expect(await getLink(tokenFor(email), new Date())).toMatchObject({ email });
    const { token: shown } = await issueLink(system, { id });
    await updatePerson(system, { ...person, id, version: 2, email, admin: true, name: "Lê Văn C" });
    expect(await getLink(shown, new Date()), "another name voids none").not.toBeNull();
  });

  test("that has yet to go goes to the corrected address, also where the server put off the wrong one", async () => {
    const [person, email] = [someone(), newEmail()];
    const { id } = await invitePerson(system, person);
    let lost = "";
    sink.manners.data = ({ mail }) => {
      lost = /set-password\/([\w-]{43})/.exec(mail.text ?? "")?.[1] ?? "";
      return "450 later";
    };
    await round(sink.url, { at: soon() });
    await updatePerson(system, { ...person, id, version: 1, email });
    expect(await getLink(lost, new Date())).toBeNull();
    sink.manners.data = undefined;
    await round(sink.url, { at: inMinutes(60) });
    expect(linked().map(({ to }) => to)).toEqual([[email]]);
    expect(await setPassword(system, { token: tokenFor(email), password })).toEqual({ email });
    expect(await getLink(lost, new Date())).toBeNull();
  });

  test("under way as the address is corrected: it brings the old one no good link, and the new one its own", async () => {
    const [person, email] = [someone(), newEmail()];
    const { id } = await invitePerson(system, person);
    const [claimed] = await claimLetters(system, { most: 1, leaseSeconds: 60 }, { now: soon() });
    await updatePerson(system, { ...person, id, version: 1, email });
    const { uncertainBefore = false } = claimed ?? {};
    const composed = { address: person.email, locale: "vi", subject: "", text: "", html: "", settled: [] };
    const link = { hash: "00".repeat(32), expiresAt: inMinutes(60) };
    const input = { id: claimed?.id, fence: claimed?.fence, ...composed, uncertainBefore, secretHash: null };
    expect(await keepComposed(system, { ...input, unsent: false, link })).toBe(false);
    await round(sink.url, { at: soon() });
    expect(linked().map(({ to }) => to)).toEqual([[email]]);
    // While the server has it.
    const { id: other } = await invitePerson(system, { ...person, email: newEmail() });
    let taken = "";
    const moved = newEmail();
    sink.manners.data = ({ mail }) => {
      taken = /set-password\/([\w-]{43})/.exec(mail.text ?? "")?.[1] ?? "";
      return undefined;
    };
    sink.manners.delay = 1000;
    const sending = round(sink.url, { at: soon() });
    await expect.poll(() => taken, { timeout: 10_000 }).not.toBe("");
    await updatePerson(system, { ...person, id: other, version: 1, email: moved });
    await sending;
    expect(await getLink(taken, new Date())).toBeNull();
    sink.manners = {};
    await round(sink.url, { at: inMinutes(2) });
    expect(await getLink(tokenFor(moved), new Date())).toMatchObject({ email: moved });
    expect(await getLink(taken, new Date())).toBeNull();
  });

  test("without mail it is refused, and the link can be shown", async () => {
    const { SMTP_URL } = process.env;
    delete process.env.SMTP_URL;
    const person = someone();
    await expect(invitePerson(system, person)).rejects.toThrow(RuleBroken);
    expect((await createPerson(system, person)).token).toMatch(/^[\w-]{43}$/);
    process.env.SMTP_URL = SMTP_URL;
  });

  test("given up, it can be sent again with a new link, for as long as the link would have been good", async () => {
    const person = someone();
    await invitePerson(system, person);
    sink.manners.recipient = () => "550 no such user";
    await round(sink.url, { at: soon() });
    const [letter] = await letters();
    expect(letter?.state).toBe("parked");
    sink.manners.recipient = undefined;
    await sendAgain(system, { id: letter?.id });
    await round(sink.url, { at: inMinutes(60) });
    expect(tokenFor(person.email)).toMatch(/^[\w-]{43}$/);
    await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM letter");
    await mailNewLink(system, { id: (await addPerson()).id });
    await round(sink.url, { at: inMinutes(73 * 60) });
    expect((await letters()).map(({ state }) => state)).toEqual(["dropped"]);
  });
});

describe("a forgotten password", () => {
  test("a known address gets a letter whose link works once, for an hour, and ends all sessions", async () => {
    const { id, email, secret } = await addActor("editor");
    await ask(` ${email.toUpperCase()} `);
    await round(sink.url, { at: soon() });
    expect(sink.taken.map(({ to }) => to)).toEqual([[email]]);
    const token = tokenFor(email);
    expect(await getLink(token, inMinutes(59))).toMatchObject({ email });
    expect(await getLink(token, inMinutes(62))).toBeNull();
    await expect(
      setPassword(system, { token, password: "a new one, hard to guess" }, { now: inMinutes(62) }),
    ).rejects.toThrow(NotFound);
    await setPassword(system, { token, password: "a new one, hard to guess" });
    await expect(actorFrom(secret)).rejects.toThrow();
    await expect(setPassword(system, { token, password })).rejects.toThrow(NotFound);
    expect((await historyOf(id)).at(-1)).toMatchObject({
      verb: "person.setPassword",
      changes: { password: [null, "link"] },
    });
  });

  test("unknown, disabled and half set-up addresses are answered alike; only who can sign in gets a letter", async () => {
    const [known, disabled, half] = [await addPerson(), await addPerson(), await createPerson(system, someone())];
    await disablePerson(system, { id: disabled.id });
    const demo = await addPerson();
    await writer().person.update({ where: { id: demo.id }, data: { demo: true } });
    const [{ email }] = (await everything`SELECT email FROM person WHERE id = ${half.id}`) as unknown as [
      { email: string },
    ];
    const before = await everything`SELECT FROM audit_event WHERE verb = 'person.forgot'`;
    const answers = [];
    for (const address of [known.email, disabled.email, demo.email, email, "nobody@kept.example"]) {
      answers.push(await ask(address));
    }
    expect(new Set(answers)).toEqual(new Set([undefined]));
    const written = await everything<
      { row: string }[]
    >`SELECT a::text AS row FROM audit_event a WHERE verb = 'person.forgot'`;
    expect(written.length - before.length).toBe(5);
    expect(written.map(({ row }) => row).join()).not.toContain("@");
    await round(sink.url, { at: soon() });
    expect(
      linked()
        .map(({ to }) => to[0])
        .toSorted(),
    ).toEqual([known.email, email].toSorted());
  });

  test("never past the second factor", async () => {
    const { id, email } = await addPerson();
    await query(
      process.env.KEPT_OWNER_URL ?? "",
      "INSERT INTO totp (person_id, sealed, confirmed_at) VALUES ($1, '', now())",
      [id],
    );
    await ask(email);
    await round(sink.url, { at: soon() });
    await setPassword(system, { token: tokenFor(email), password: "a new one, hard to guess" });
    expect(await signIn(attempt({ email, password: "a new one, hard to guess" }))).toMatchObject({ half: true });
    expect(await everything`SELECT FROM session WHERE person_id = ${id}`).toHaveLength(0);
  });

  test("a newer letter, another new password, and disabling void a link, also one on its way", async () => {
    const { email, actor, id } = await addActor();
    await ask(email);
    await ask(email, inMinutes(0.1));
    await round(sink.url, { at: soon() });
    expect(linked()).toHaveLength(1);
    const first = tokenFor(email);
    await changePassword(actor, { present: password, password: "another one, hard to guess" });
    expect(await getLink(first, new Date())).toBeNull();
    await ask(email, inMinutes(0.2));
    await changePassword(await freshActor(id), { present: "another one, hard to guess", password });
    await round(sink.url, { at: soon() });
    expect(linked()).toHaveLength(1);
    await query(process.env.KEPT_OWNER_URL ?? "", "DELETE FROM rate_limit");
    await ask(email, inMinutes(0.3));
    await disablePerson(system, { id });
    await enablePerson(system, { id });
    await round(sink.url, { at: soon() });
    expect(linked()).toHaveLength(1);
  });

  test("a letter that could not go within the hour does not go any more", async () => {
    const { email } = await addPerson();
    await ask(email);
    await round(sink.url, { at: inMinutes(61) });
    expect(sink.taken).toEqual([]);
    expect((await letters()).map(({ state }) => state)).toEqual(["dropped"]);
  });

  test("asked for too often: by address and by network, alike for who is there and who is not", async () => {
    const { email } = await addPerson();
    for (const each of [email, `nobody-${newEmail()}`]) {
      for (let at = 0; at < 3; at++) await ask(each);
      await expect(ask(each)).rejects.toThrow(TooMany);
    }
    const address = newAddress();
    for (let at = 0; at < 30; at++) await askForLink({ email: newEmail(), address }).catch(() => {});
    await expect(askForLink({ email: newEmail(), address })).rejects.toThrow(TooMany);
  }, 60_000);

  test.each(["x＠kept.example", "a@kept.example,b@kept.example", "a@kept.example\r\nBcc: b@kept.example", "", 7, null])(
    "%j is no address",
    async (email) => {
      await expect(ask(email)).rejects.toThrow(InvalidInput);
      expect(await letters()).toEqual([]);
    },
  );

  test("without mail there is none", async () => {
    const { SMTP_URL } = process.env;
    delete process.env.SMTP_URL;
    await expect(ask((await addPerson()).email)).rejects.toThrow(RuleBroken);
    process.env.SMTP_URL = SMTP_URL;
  });
});

async function freshActor(personId: string) {
  const { passwordHash } = await writer().person.findUniqueOrThrow({ where: { id: personId } });
  const secret = newSecret();
  await startSession(system, { personId, passwordHash, secret, oldSecret: null, userAgent: null });
  return await actorFrom(secret);
}
