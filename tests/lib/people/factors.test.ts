import { describe, expect, test } from "vitest";
import { actorOfSession, factorActorOfSession, hashSecret } from "#lib/actor.ts";
import { signIn } from "#lib/auth.ts";
import { ConfirmFirst, Forbidden, InvalidInput, TooMany } from "#lib/errors.ts";
import { changePassword } from "#lib/people/access.ts";
import { normalRecoveryCode } from "#lib/people/codes.ts";
import { disablePerson, enablePerson, issueLink } from "#lib/people/commands.ts";
import { getOwnFactors } from "#lib/people/factor-queries.ts";
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes, resetFactors } from "#lib/people/factors.ts";
import { finishSignIn, HalfOver } from "#lib/people/halfway.ts";
import { setPassword } from "#lib/people/links.ts";
import { SealBroken, unseal } from "#lib/people/sealing.ts";
import { accountOf } from "#lib/people/secrets.ts";
import { writer } from "#lib/writer.ts";
import {
  addActor,
  addPerson,
  attempt,
  giveApp,
  historyOf,
  later,
  newAddress,
  password,
  system,
} from "#tests/lib/people/factory.ts";
import { codeAt } from "#tests/support/authenticator.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

const minute = 1 / 60;

/** Somebody with an authenticator app. */
async function withApp() {
  const person = await addActor("viewer");
  return { ...person, ...(await giveApp(person)) };
}

const second = (half: string, code: unknown, now = new Date()) =>
  finishSignIn({ half, shown: { code }, address: newAddress(), userAgent: "Test", oldSecret: null, now });

const isGood = async (secret: string) => (await actorOfSession(secret, new Date())) !== null;

describe("with an authenticator app", () => {
  test("a password opens nothing by itself", async () => {
    const { email } = await withApp();
    const { half, secret } = await signIn(attempt({ email }));
    expect(half).toBe(true);
    expect(await isGood(secret)).toBe(false);
    expect(await factorActorOfSession(secret, new Date())).toBeNull();
  });

  test("the code makes it a session, with a new secret", async () => {
    const { email, app } = await withApp();
    const { secret: half } = await signIn(attempt({ email }));
    const { secret } = await second(half, codeAt(app, new Date()));
    expect(secret).not.toBe(half);
    expect(await isGood(secret)).toBe(true);
    expect(await isGood(half)).toBe(false);
  });

  test("no code works twice, in the next half sign-in or at the same moment", async () => {
    const { email, app } = await withApp();
    const code = codeAt(app, new Date());
    const halves = await Promise.all([1, 2, 3].map(() => signIn(attempt({ email }))));
    const results = await Promise.allSettled(halves.map(({ secret }) => second(secret, code)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const again = await signIn(attempt({ email }));
    await expect(second(again.secret, code)).rejects.toThrow(InvalidInput);
  });

  test("nor one that is older than the last, and none from more than a step away", async () => {
    const { email, app } = await withApp();
    const now = later(new Date(), 1);
    const half = async () => (await signIn(attempt({ email, now }))).secret;
    for (const minutes of [-1, 1]) {
      await expect(second(await half(), codeAt(app, later(now, minutes * minute)), now)).rejects.toThrow(InvalidInput);
    }
    await second(await half(), codeAt(app, later(now, minute / 2)), now);
    await expect(second(await half(), codeAt(app, now), now)).rejects.toThrow(InvalidInput);
  });

  test("a half sign-in works once, for ten minutes, and for its own person", async () => {
    const [one, other] = [await withApp(), await withApp()];
    const now = new Date();
    const { secret: half } = await signIn(attempt({ email: one.email, now }));
    await expect(second(half, codeAt(other.app, now), now)).rejects.toThrow(InvalidInput);
    const after = later(now, 10.1 * minute);
    await expect(second(half, codeAt(one.app, after), after)).rejects.toThrow(HalfOver);
    await second(half, codeAt(one.app, now), now);
    await expect(second(half, codeAt(one.app, later(now, minute)), later(now, minute))).rejects.toThrow(HalfOver);
  });

  test.each(["disabled", "another password", "another factor"])("a half sign-in is over: %s", async (why) => {
    const { id, email, app, actor } = await withApp();
    const { secret: half } = await signIn(attempt({ email }));
    if (why === "disabled") {
      await disablePerson(system, { id });
    } else if (why === "another password") {
      await changePassword(actor, { present: password, password: "another one altogether" });
    } else {
      await removeTotp(actor, {});
    }
    await expect(second(half, codeAt(app, new Date()))).rejects.toThrow(HalfOver);
    if (why === "disabled") await enablePerson(system, { id });
  });

  test("a link to set a password does not go around it", async () => {
    const { id, email } = await withApp();
    const { token } = await issueLink(system, { id });
    await setPassword(system, { token, password: "another one altogether" });
    expect(await signIn(attempt({ email, password: "another one altogether" }))).toMatchObject({ half: true });
  });

  test("setting it up at the moment of a sign-in leaves no session without it", async () => {
    for (let round = 0; round < 8; round++) {
      const { id, email, actor } = await addActor();
      const now = new Date();
      await beginTotp(actor, {}, { now });
      const { sealed } = await writer().totp.findUniqueOrThrow({ where: { personId: id } });
      const [entered] = await Promise.all([
        signIn(attempt({ email })),
        confirmTotp(actor, { code: codeAt(unseal(sealed, id), now) }, { now }),
      ]);
      expect(await isGood(entered.secret)).toBe(false);
    }
  });
});

describe("recovery codes", () => {
  test("are ten, each opens once, however it is typed", async () => {
    const { email, codes } = await withApp();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    const typed = ` ${(codes[0] as string).toUpperCase().replaceAll("-", " ")} `;
    const half = async () => (await signIn(attempt({ email }))).secret;
    await second(await half(), typed);
    await expect(second(await half(), typed)).rejects.toThrow(InvalidInput);
    const halves = await Promise.all([half(), half(), half()]);
    const results = await Promise.allSettled(halves.map((each) => second(each, codes[1])));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("are kept as digests, renewed as a whole, and go with the last factor", async () => {
    const { id, email, actor, codes } = await withApp();
    const rows = await everything<
      { codeHash: Buffer }[]
    >`SELECT code_hash AS "codeHash" FROM recovery_code WHERE person_id = ${id}`;
    expect(rows.some(({ codeHash }) => codeHash.equals(hashSecret(normalRecoveryCode(codes[0] as string) ?? "")))).toBe(
      true,
    );
    expect(JSON.stringify(await historyOf(id))).not.toContain(codes[0]);
    const { codes: renewed } = await renewRecoveryCodes(actor, {});
    const { secret } = await signIn(attempt({ email }));
    await expect(second(secret, codes[2])).rejects.toThrow(InvalidInput);
    await second(secret, renewed[0]);
    await removeTotp(actor, {});
    expect(await getOwnFactors(actor)).toMatchObject({ totpSince: null, recoveryLeft: 0 });
    expect(await signIn(attempt({ email }))).toMatchObject({ half: false });
  });
});

describe("guesses", () => {
  const guesses = Number(process.env.KEPT_GUESSES || 200);

  test(`of ${guesses} at once five are looked at, over many half sign-ins and addresses`, async () => {
    const { id, email, app } = await withApp();
    const halves = await Promise.all([1, 2, 3, 4].map(() => signIn(attempt({ email }))));
    const results = await Promise.allSettled(
      Array.from({ length: guesses }, (_, index) =>
        second(halves[index % 4]?.secret as string, String(100_000 + index)),
      ),
    );
    const looked = results.filter((each) => each.status === "rejected" && each.reason instanceof InvalidInput);
    const stopped = results.filter((each) => each.status === "rejected" && each.reason instanceof TooMany);
    expect([looked.length, stopped.length]).toEqual([5, guesses - 5]);
    // The right one is no way around, and the history has each that was looked at, and the flood once.
    await expect(second(halves[0]?.secret as string, codeAt(app, new Date()))).rejects.toThrow(TooMany);
    const refusals = await everything`
      SELECT FROM audit_event WHERE verb = 'session.refused' AND subject_id = ${accountOf(email)}`;
    expect(refusals).toHaveLength(6);
    expect(await historyOf(id)).not.toContainEqual(expect.objectContaining({ verb: "session.finish" }));
  }, 60_000);

  test("at confirming a new app count, too", async () => {
    const { actor } = await addActor();
    await beginTotp(actor, {});
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => confirmTotp(actor, { code: String(100_000 + index) })),
    );
    expect(results.filter((each) => each.status === "rejected" && each.reason instanceof TooMany)).toHaveLength(25);
  });

  test("begin anew after the right one", async () => {
    const { email, codes } = await withApp();
    for (let round = 0; round < 3; round++) {
      const { secret } = await signIn(attempt({ email }));
      for (let wrong = 0; wrong < 4; wrong++) await expect(second(secret, "000000")).rejects.toThrow(InvalidInput);
      await second(secret, codes[round]);
    }
  });
});

test("whatever else a form can send is refused in the ordinary way", async () => {
  const { email } = await withApp();
  const { secret } = await signIn(attempt({ email }));
  for (const code of [undefined, null, 123_456, ["123456"], {}, "", "\u0000", "\ud800", "x".repeat(5000)]) {
    const refusal = await second(secret, code).catch((error) => error);
    expect(refusal instanceof InvalidInput || refusal instanceof TooMany, String(code)).toBe(true);
  }
  for (const half of ["", "x", "a".repeat(5000)]) await expect(second(half, "123456")).rejects.toThrow(HalfOver);
});

describe("the shared secret", () => {
  test("is sealed: for its person, and under the installation's secret", async () => {
    const { id, app } = await withApp();
    const { sealed } = await writer().totp.findUniqueOrThrow({ where: { personId: id } });
    expect(Buffer.from(sealed).includes(Buffer.from(app))).toBe(false);
    const { id: another } = await addPerson();
    expect(() => unseal(sealed, another)).toThrow(SealBroken);
    const broken = Uint8Array.from(sealed);
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    expect(() => unseal(broken, id)).toThrow(SealBroken);
  });

  test("of an installation whose secret was lost: it is said, and a recovery code opens", async () => {
    const { email, app, codes } = await withApp();
    const before = process.env.KEPT_SECRET;
    try {
      process.env.KEPT_SECRET = "another secret than the one that sealed it";
      const { secret } = await signIn(attempt({ email }));
      await expect(second(secret, codeAt(app, new Date()))).rejects.toThrow(SealBroken);
      await second(secret, codes[0]);
    } finally {
      process.env.KEPT_SECRET = before;
    }
  });
});

describe("changing factors", () => {
  test("ends the other sessions and leaves the one at hand", async () => {
    const { email, secret, actor, id } = await addActor();
    const { secret: other } = await signIn(attempt({ email }));
    await giveApp({ id, actor });
    expect([await isGood(secret), await isGood(other)]).toEqual([true, false]);
  });

  test("needs that one showed who one is, a quarter of an hour ago at most", async () => {
    const { actor } = await addActor("viewer", later(new Date(), -16 * minute));
    for (const change of [beginTotp, removeTotp, renewRecoveryCodes]) {
      await expect(change(actor, {})).rejects.toThrow(ConfirmFirst);
    }
  });

  test("of somebody who lost them is an admin's, ends their sessions, and is in the history", async () => {
    const { id, email, secret } = await withApp();
    const { actor: manager } = await addActor("manager");
    const { actor: admin, id: adminId } = await addActor("admin");
    await expect(resetFactors(manager, { id })).rejects.toThrow(Forbidden);
    await expect(resetFactors(admin, { id: adminId })).rejects.toThrow(Forbidden);
    await resetFactors(admin, { id });
    expect(await isGood(secret)).toBe(false);
    expect(await signIn(attempt({ email }))).toMatchObject({ half: false });
    expect(await historyOf(id)).toContainEqual(expect.objectContaining({ verb: "factor.reset" }));
  });
});
