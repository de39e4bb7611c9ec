import { describe, expect, test } from "vitest";
import { sql } from "#lib/db.ts";
import { RuleBroken } from "#lib/errors.ts";
import { arrive, returnPath } from "#lib/people/elsewhere.ts";
import { OidcRefused } from "#lib/people/oidc.ts";
import { later } from "#tests/lib/people/factory.ts";
import {
  addAccount,
  browser,
  organisation,
  origin,
  provider,
  setOut,
  signInAs,
} from "#tests/lib/people/organisation.ts";
import { testDatabase } from "#tests/support/database.ts";
import { type Account, answerFrom, startProvider } from "#tests/support/provider.ts";

/** What somebody may try with the organisation's sign-in. */

testDatabase({ catalogue: true });
organisation();

describe("attacks", () => {
  test("an answer is good once, and for the browser that asked alone", async () => {
    const { sub } = addAccount();
    const [mine, yours] = [await setOut(), await setOut()];
    const answer = await answerFrom(mine.go, sub);
    await expect(arrive({ ...browser(), secret: yours.secret, answer })).rejects.toThrow(OidcRefused);
    await expect(arrive({ ...browser(), secret: null, answer })).rejects.toMatchObject({ key: "oidc.errors.over" });
    await expect(arrive({ ...browser(), secret: "forged", answer })).rejects.toMatchObject({ key: "oidc.errors.over" });
    await arrive({ ...browser(), secret: mine.secret, answer });
    await expect(arrive({ ...browser(), secret: mine.secret, answer })).rejects.toMatchObject({
      key: "oidc.errors.over",
    });
    const [{ attempts }] = (await sql`SELECT count(*)::int AS attempts FROM oidc_attempt`) as unknown as [
      { attempts: number },
    ];
    expect(attempts).toBe(0);
  });

  test("two answers at the same moment: one comes in", async () => {
    const { sub } = addAccount();
    const { secret, go } = await setOut();
    const answer = await answerFrom(go, sub);
    const both = await Promise.allSettled([1, 2, 3].map(() => arrive({ ...browser(), secret, answer })));
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("an answer with another state, code, or issuer, twice or none of them, or somebody else's code, is refused", async () => {
    const { sub } = addAccount();
    const change: Record<string, (answer: URLSearchParams, other: URLSearchParams) => void> = {
      "no state": (answer) => answer.delete("state"),
      "another state": (answer) => answer.set("state", "forged"),
      "two states": (answer) => answer.append("state", "forged"),
      "no code": (answer) => answer.delete("code"),
      "another code": (answer) => answer.set("code", "forged"),
      // Ours by its state, theirs by its code: PKCE and the nonce are another browser's.
      "a code of another browser": (answer, other) => answer.set("code", other.get("code") ?? ""),
      "another issuer": (answer) => answer.set("iss", "https://evil.example"),
      "no issuer": (answer) => answer.delete("iss"),
      "an error besides": (answer) => answer.set("error", "server_error"),
    };
    for (const [what, make] of Object.entries(change)) {
      const [{ secret, go }, other] = [await setOut(), await setOut()];
      const answer = new URLSearchParams(await answerFrom(go, sub));
      make(answer, new URLSearchParams(await answerFrom(other.go, sub)));
      await expect(arrive({ ...browser(), secret, answer: answer.toString() }), what).rejects.toThrow(OidcRefused);
    }
    expect(await sql`SELECT FROM identity WHERE subject = ${sub}`).toHaveLength(0);
  });

  test("a journey to one issuer does not end at another, and is over after ten minutes", async () => {
    const { sub } = addAccount();
    const { secret, go } = await setOut();
    const answer = await answerFrom(go, sub);
    const other = await startProvider();
    Object.assign(process.env, other.env);
    await expect(arrive({ ...browser(), secret, answer })).rejects.toMatchObject({ key: "oidc.errors.over" });
    await other.close();
    Object.assign(process.env, provider.env);
    const late = await setOut();
    const now = later(new Date(), 11 / 60);
    await expect(
      arrive({ ...browser({ now }), secret: late.secret, answer: await answerFrom(late.go, sub) }),
    ).rejects.toMatchObject({ key: "oidc.errors.over" });
  });

  test.each([
    ["not verified", { email_verified: false }, "unverified"],
    ["verified in words", { email_verified: "true" }, "unverified"],
    ["verified, it does not say", { email_verified: undefined }, "unverified"],
    ["none", { email: undefined }, "unverified"],
    ["many", { email: ["a@kept.example", "b@kept.example"] }, "unverified"],
    ["U+FF20", { email: "admin＠kept.example" }, "address"],
    ["quoted", { email: '"admin@kept.example"@evil.example' }, "address"],
    ["a line more", { email: "a@evil.example\r\nBcc: x@evil.example" }, "address"],
  ])("an address that is %s opens nothing", async (_what, over, key) => {
    const { sub } = addAccount(over as Account);
    await expect(signInAs(sub)).rejects.toMatchObject({ key: `oidc.errors.${key}` });
    await expect(signInAs(sub)).rejects.toThrow(RuleBroken);
  });

  test.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/sign-in/return?x",
    7,
  ])("it leads to no place but ours: %j", async (next) => {
    const { sub } = addAccount();
    const { secret, go } = await setOut({ next });
    const { next: to } = await arrive({ ...browser(), secret, answer: await answerFrom(go, sub) });
    expect(to).toBe("/");
  });

  test("the provider sends nobody to another address than ours", async () => {
    const { go } = await setOut({ origin: "https://evil.example" });
    await expect(answerFrom(go, addAccount().sub)).rejects.toThrow();
    const asked = new URL((await setOut()).go).searchParams;
    expect(asked.get("redirect_uri")).toBe(origin + returnPath);
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("response_type")).toBe("code");
    for (const secret of ["state", "nonce", "code_challenge"]) expect(asked.get(secret)).toMatch(/^[\w-]{43}$/);
  });

  test("what binds an answer stands nowhere in the database", async () => {
    const { secret, go } = await setOut();
    const asked = new URL(go).searchParams;
    const [{ row }] = (await sql`SELECT a::text AS row FROM oidc_attempt a ORDER BY id DESC LIMIT 1`) as unknown as [
      { row: string },
    ];
    for (const each of [secret, asked.get("state"), asked.get("nonce")]) expect(row).not.toContain(each);
  });
});
