import { beforeEach, describe, expect, test } from "vitest";
import { SignInRefused, signIn } from "#lib/auth.ts";
import { InvalidInput, NotFound, RuleBroken } from "#lib/errors.ts";
import { issueLink } from "#lib/people/commands.ts";
import { setUp, setUpByEnvironment } from "#lib/people/links.ts";
import { getLink, isNobodyThere } from "#lib/people/queries.ts";
import { ensureFirstAdmin } from "#lib/people/setup.ts";
import { main as tokenCommand } from "#lib/people/token-cli.ts";
import { StartError } from "#lib/start/problem.ts";
import { writer } from "#lib/writer.ts";
import { attempt, later, newEmail, password, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";

testDatabase();

beforeEach(async () => {
  await writer().person.deleteMany({});
  await writer().setupLink.deleteMany({});
});

/** Starts the app, as far as this goes; gives the token of the link that it printed. */
async function start(env: { KEPT_ADMIN_EMAIL?: string; KEPT_ADMIN_PASSWORD?: string } = {}, now = new Date()) {
  const lines: string[] = [];
  await ensureFirstAdmin({ env, url: "https://kept.example", log: (line) => lines.push(line), now });
  return { lines, token: /https:\/\/kept\.example\/setup\/([\w-]{43})$/.exec(lines.join("\n"))?.[1] ?? "" };
}

const first = () => ({ name: "First", email: newEmail(), password });

describe("where nobody is there yet", () => {
  test("the start prints a link, by which the first admin comes in, once", async () => {
    expect(await isNobodyThere()).toBe(true);
    const { token } = await start();
    const person = first();
    await setUp(system, { ...person, token });
    await signIn(attempt(person));
    expect(await everything`SELECT admin FROM person`).toMatchObject([{ admin: true }]);
    expect(await isNobodyThere()).toBe(false);
    await expect(setUp(system, { ...first(), token })).rejects.toThrow(NotFound);
    expect(await start()).toEqual({ lines: [], token: "" });
  });

  test("the link ends after a day", async () => {
    const now = new Date("2026-03-01T00:00:00Z");
    const { token } = await start({}, now);
    expect(await getLink(token, later(now, 23.9))).toEqual({ purpose: "first_admin", name: null, email: null });
    expect(await getLink(token, later(now, 24.1))).toBeNull();
    await expect(setUp(system, { ...first(), token }, { now: later(now, 24.1) })).rejects.toThrow(NotFound);
  });

  test("each start makes a new link and voids the one before", async () => {
    const [one, two] = [await start(), await start()];
    await expect(setUp(system, { ...first(), token: one.token })).rejects.toThrow(NotFound);
    await setUp(system, { ...first(), token: two.token });
  });

  test("a password that is easily guessed is refused, and the link is still good", async () => {
    const { token } = await start();
    await expect(setUp(system, { ...first(), token, password: "password1" })).rejects.toThrow(InvalidInput);
    await setUp(system, { ...first(), token });
  });

  test("of many that set up at once, one is the first", async () => {
    const { token } = await start();
    const tries = Array.from({ length: 6 }, (_, index) =>
      index % 2 ? setUp(system, { ...first(), token }) : setUpByEnvironment(system, first()),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await everything`SELECT FROM person`).toHaveLength(1);
  });

  test("of many starts whose environment names somebody, one makes the first", async () => {
    const tries = Array.from({ length: 6 }, () => setUpByEnvironment(system, first()));
    expect((await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await everything`SELECT FROM person`).toHaveLength(1);
  });

  test("the environment can name the first admin", async () => {
    const email = newEmail();
    const { lines, token } = await start({ KEPT_ADMIN_EMAIL: email.toUpperCase(), KEPT_ADMIN_PASSWORD: password });
    expect(token).toBe("");
    expect(lines.join("\n")).not.toContain(password);
    await signIn(attempt({ email }));
  });

  test("the environment's password is held to the same rules", async () => {
    const env = { KEPT_ADMIN_EMAIL: newEmail(), KEPT_ADMIN_PASSWORD: "password1" };
    await expect(start(env)).rejects.toThrow(StartError);
    await expect(start(env)).rejects.toThrow(/^KEPT_ADMIN_PASSWORD: /);
    expect(await isNobodyThere()).toBe(true);
  });
});

describe("where somebody is there", () => {
  test("the environment changes nothing, neither the password of the same person nor by another one", async () => {
    const email = newEmail();
    await start({ KEPT_ADMIN_EMAIL: email, KEPT_ADMIN_PASSWORD: password });
    for (const KEPT_ADMIN_EMAIL of [email, newEmail()]) {
      expect((await start({ KEPT_ADMIN_EMAIL, KEPT_ADMIN_PASSWORD: "another one altogether" })).lines).toEqual([]);
    }
    await expect(signIn(attempt({ email, password: "another one altogether" }))).rejects.toThrow(SignInRefused);
    await signIn(attempt({ email }));
    expect(await everything`SELECT FROM person`).toHaveLength(1);
  });

  test("a link from before is void", async () => {
    const { token } = await start();
    await setUpByEnvironment(system, first());
    await expect(setUp(system, { ...first(), token })).rejects.toThrow(NotFound);
    await expect(setUpByEnvironment(system, first())).rejects.toThrow(RuleBroken);
  });

  test("the people of a demonstration don't count", async () => {
    await writer().person.create({ data: { email: newEmail(), name: "Demo", demo: true, admin: true } });
    expect((await start()).token).not.toBe("");
  });

  test("a link to set a password is no link to be the first admin", async () => {
    const { id } = await writer().person.create({ data: { email: newEmail(), name: "Demo", demo: true } });
    const { token } = await issueLink(system, { id });
    await expect(setUp(system, { ...first(), token })).rejects.toThrow(NotFound);
  });
});

describe("npm run token", () => {
  test("refuses arguments that are none, and people who are not there, in a sentence", async () => {
    for (const args of [
      [],
      ["--mail", "x"],
      ["--email", "nobody"],
      ["--email", newEmail()],
      ["--email", "a@b.example", "--days", "x"],
    ]) {
      await expect(tokenCommand(args)).rejects.toThrow(StartError);
    }
  });
});
