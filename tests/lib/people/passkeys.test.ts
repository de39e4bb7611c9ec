import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { actorOfSession } from "#lib/actor.ts";
import { signIn } from "#lib/auth.ts";
import { ConfirmFirst, InvalidInput, TooMany } from "#lib/errors.ts";
import { createPerson, disablePerson, issueLink } from "#lib/people/commands.ts";
import { getOwnFactors } from "#lib/people/factor-queries.ts";
import { resetFactors } from "#lib/people/factors.ts";
import { askToSignIn, finishSignIn, HalfOver } from "#lib/people/halfway.ts";
import { setPassword } from "#lib/people/links.ts";
import { addPasskey, beginPasskey, removePasskey } from "#lib/people/passkeys.ts";
import { writer } from "#lib/writer.ts";
import { actorFrom, addActor, attempt, later, newAddress, system } from "#tests/lib/people/factory.ts";
import { type Authenticator, authenticator, type Lie } from "#tests/support/authenticator.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

const site = { origin: "https://kept.example", rpId: "kept.example" };

type Someone = Awaited<ReturnType<typeof addActor>>;

async function withPasskey(role: "viewer" | "admin" = "viewer") {
  const person = await addActor(role);
  const device = authenticator(site.origin);
  const codes = await register(person, device);
  return { ...person, device, codes };
}

async function register({ actor }: Pick<Someone, "actor">, device: Authenticator, lie?: Lie) {
  const question = await beginPasskey(actor, { site });
  const { codes } = await addPasskey(actor, { site, label: "Phone", answer: device.create(question, lie) });
  return codes;
}

/** Asks in this browser (half signed in, or not) and gives the question and the cookie to answer with. */
async function ask(half: string | null = null, now = new Date()) {
  const { question, begun } = await askToSignIn({ half, address: newAddress(), site, now });
  return { question, half: begun?.secret ?? (half as string) };
}

const answer = (half: string, given: object, now = new Date()) =>
  finishSignIn({ half, shown: { answer: given, site }, address: newAddress(), userAgent: "T", oldSecret: null, now });

const isGood = async (secret: string) => (await actorOfSession(secret, new Date())) !== null;

describe("a passkey", () => {
  test("signs in alone, without a password or a name", async () => {
    const { id, device } = await withPasskey();
    const { question, half } = await ask();
    expect(question.allowCredentials).toBeUndefined();
    const { secret } = await answer(half, device.get(question));
    expect((await actorFrom(secret)).id).toBe(id);
    expect(await isGood(half)).toBe(false);
  });

  test("is the second step after a password, of its own person alone", async () => {
    const [one, other] = [await withPasskey(), await withPasskey()];
    const first = await signIn(attempt({ email: one.email }));
    expect(first.half).toBe(true);
    const { question, half } = await ask(first.secret);
    expect(question.allowCredentials).toHaveLength(1);
    await expect(answer(half, other.device.get(question))).rejects.toThrow(InvalidInput);
    const { secret } = await answer(half, one.device.get(question));
    expect((await actorFrom(secret)).id).toBe(one.id);
  });

  test("brings recovery codes once, and a link or a new password does not go around it", async () => {
    const { id, email, actor, codes } = await withPasskey();
    expect(codes).toHaveLength(10);
    expect(await register({ actor }, authenticator(site.origin))).toBeNull();
    const { token } = await issueLink(system, { id });
    await setPassword(system, { token, password: "another one altogether" });
    expect(await signIn(attempt({ email, password: "another one altogether" }))).toMatchObject({ half: true });
  });

  test("that is removed or reset opens nothing", async () => {
    const { actor, email, device } = await withPasskey();
    const [passkey] = (await getOwnFactors(actor)).passkeys;
    const asked = await ask();
    await removePasskey(actor, { id: passkey?.id });
    await expect(answer(asked.half, device.get(asked.question))).rejects.toThrow(InvalidInput);
    expect(await signIn(attempt({ email }))).toMatchObject({ half: false });
    const two = await withPasskey();
    await resetFactors(system, { id: two.id });
    const again = await ask();
    await expect(answer(again.half, two.device.get(again.question))).rejects.toThrow(InvalidInput);
  });

  test("of a disabled person opens nothing", async () => {
    const { id, device } = await withPasskey();
    const { question, half } = await ask();
    await disablePerson(system, { id });
    await expect(answer(half, device.get(question))).rejects.toThrow(InvalidInput);
  });
});

describe("an answer is refused", () => {
  const wrong: Record<string, Lie> = {
    "from another site": { origin: "https://evil.example" },
    "for another site": { rpId: "evil.example" },
    "without a look at who holds the device": { verified: false },
    "of another key": { key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey },
    "for another person": { userHandle: Buffer.from("somebody else").toString("base64url") },
    "with a counter that goes back": { counter: 1 },
  };
  for (const [name, lie] of Object.entries(wrong)) {
    test(name, async () => {
      const { device } = await withPasskey();
      const { question, half } = await ask();
      await expect(answer(half, device.get(question, lie))).rejects.toThrow(InvalidInput);
    });
  }

  for (const name of ["from another site", "for another site", "without a look at who holds the device"]) {
    test(`at setting up: ${name}`, async () => {
      const person = await addActor();
      await expect(register(person, authenticator(site.origin), wrong[name])).rejects.toThrow(InvalidInput);
    });
  }

  test("to another question, to an old one, the second time, and from another browser", async () => {
    const { device } = await withPasskey();
    const [one, two] = [await ask(), await ask()];
    await expect(answer(one.half, device.get(two.question))).rejects.toThrow(InvalidInput);
    const late = later(new Date(), 5.5 / 60);
    await expect(answer(one.half, device.get(one.question), late)).rejects.toThrow(InvalidInput);
    const given = device.get(one.question);
    const results = await Promise.allSettled([1, 2, 3].map(() => answer(one.half, given)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(answer(one.half, given)).rejects.toThrow(HalfOver);
    await expect(answer(two.half, given)).rejects.toThrow(InvalidInput);
  });

  test("whatever it is made of", async () => {
    const { device } = await withPasskey();
    for (const bad of [null, "x", [], {}, { id: { contains: "" } }, { ...device.get({ challenge: "x" }), id: 7 }]) {
      const { half } = await ask();
      await expect(answer(half, bad as object)).rejects.toThrow(InvalidInput);
    }
    const { question, half } = await ask();
    const given = device.get(question) as { response: object };
    for (const field of Object.keys(given.response).filter((each) => each !== "userHandle")) {
      const refusal = await answer(half, { ...given, response: { ...given.response, [field]: "AAAA" } }).catch(
        (e) => e,
      );
      expect(refusal instanceof InvalidInput || refusal instanceof TooMany, field).toBe(true);
    }
  });
});

test("guesses at answers are limited, and so are questions", async () => {
  const { device } = await withPasskey();
  const guesses = Number(process.env.KEPT_GUESSES || 200);
  const { half } = await ask();
  const results = await Promise.allSettled(
    Array.from({ length: guesses }, () => answer(half, device.get({ challenge: "guess", rpId: site.rpId }))),
  );
  const stopped = results.filter((each) => each.status === "rejected" && each.reason instanceof TooMany);
  expect(stopped).toHaveLength(guesses - 5);
  const address = newAddress();
  const asked = await Promise.allSettled(
    Array.from({ length: guesses }, () => askToSignIn({ half: null, address, site })),
  );
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
}, 60_000);

test("one passkey is one person's, and a session that has been open for long adds none", async () => {
  const [{ device }, other] = [await withPasskey(), await addActor()];
  await expect(register(other, device)).rejects.toThrow(InvalidInput);
  const { actor } = await addActor("viewer", later(new Date(), -0.3));
  await expect(beginPasskey(actor, { site })).rejects.toThrow(ConfirmFirst);
});

test("somebody without a password yet has no way in by a half sign-in that is nobody's", async () => {
  const { id } = await createPerson(system, {
    name: "New",
    email: `${newAddress()}@kept.example`,
    admin: false,
    roles: {},
    agencyId: null,
    locale: null,
  });
  const { half } = await ask();
  await expect(
    finishSignIn({ half, shown: { code: "123456" }, address: newAddress(), userAgent: null, oldSecret: null }),
  ).rejects.toThrow(HalfOver);
  expect(await writer().session.count({ where: { personId: id } })).toBe(0);
});
