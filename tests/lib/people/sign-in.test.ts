import { verify as argon2 } from "@node-rs/argon2";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { respond } from "#lib/api/respond.ts";
import { SignInRefused, signIn } from "#lib/auth.ts";
import { KeptError, TooMany, Unavailable } from "#lib/errors.ts";
import { changePassword, createToken } from "#lib/people/access.ts";
import { createPerson, disablePerson } from "#lib/people/commands.ts";
import { openedLink } from "#lib/people/links.ts";
import { verifyPassword } from "#lib/people/passwords.ts";
import { createRateLimits, type RateLimits } from "#lib/rate-limit.ts";
import { addActor, addPerson, attempt, newAddress, newEmail, password, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { query } from "#tests/support/people.ts";

testDatabase();

/** Counts what argon2 does in place of measuring how long it takes. */
function counting() {
  const hashes: string[] = [];
  const verify: typeof verifyPassword = (stored, typed) =>
    verifyPassword(stored, typed, (hash, ...rest) => {
      hashes.push(hash.toString());
      return argon2(hash, ...rest);
    });
  return { hashes, verify };
}

const refusals = () => everything<{ id: string; subject_id: string; changes: unknown; actor_id: string | null }[]>`
  SELECT id, subject_id, changes, actor_id FROM audit_event WHERE verb = 'session.refused' ORDER BY id`;

describe("known and unknown accounts can't be told apart", () => {
  const cases: Record<string, () => Promise<string>> = {
    "a wrong password": async () => (await addPerson()).email,
    "no such account": async () => newEmail(),
    "a disabled account": async () => {
      const { id, email } = await addPerson();
      await disablePerson(system, { id });
      return email;
    },
    "an account without a password": async () => {
      const email = newEmail();
      await createPerson(system, { name: "New", email, admin: false, roles: {}, agencyId: null, locale: null });
      return email;
    },
    "no address at all": async () => "nobody",
  };

  for (const [name, make] of Object.entries(cases)) {
    test(`${name}: the same work, the same answer, the same trace`, async () => {
      const email = await make();
      const before = (await refusals()).length;
      const { hashes, verify } = counting();
      const typed = name === "a wrong password" ? "a wrong password" : password;
      const refusal = await signIn(attempt({ email, password: typed, address: "192.0.2.7" }), { verify }).catch(
        (e) => e,
      );
      expect(refusal).toBeInstanceOf(SignInRefused);
      expect({ ...refusal }).toEqual({ status: 422, key: "account.errors.refused" });
      // One argon2 with the very same parameters.
      expect(hashes).toHaveLength(1);
      expect(hashes[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      const traces = (await refusals()).slice(before);
      expect(traces).toHaveLength(1);
      expect(traces[0]).toMatchObject({ changes: { address: [null, "192.0.2.7"] }, actor_id: null });
      expect(JSON.stringify(traces[0])).not.toContain(email);
    });
  }

  test("the right password opens, with one look at it", async () => {
    const { email } = await addPerson();
    const { hashes, verify } = counting();
    await expect(signIn(attempt({ email }), { verify })).resolves.toMatchObject({ secret: expect.any(String) });
    expect(hashes).toHaveLength(1);
  });
});

describe("addresses and passwords as they are typed", () => {
  test("capitals and spaces around an address don't matter", async () => {
    const { email } = await addPerson();
    await signIn(attempt({ email: `  ${email.toUpperCase()}\t` }));
  });

  test("a password is the same in composed and decomposed letters", async () => {
    const { email } = await addPerson();
    await signIn(attempt({ email, password: password.normalize("NFD") }));
  });

  test("capitals and spaces of a password do matter", async () => {
    const { email } = await addPerson();
    for (const typed of [password.toUpperCase(), ` ${password}`, `${password} `, password.slice(0, -1)]) {
      await expect(signIn(attempt({ email, password: typed }))).rejects.toThrow(SignInRefused);
    }
  });

  test("whatever else a form can send is refused in the ordinary way", async () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true, withSet: true }),
      fc.constantFrom(
        "\u0000@kept.example",
        "\ud800@kept.example",
        "__proto__",
        { contains: "" },
        { not: null },
        ["a@kept.example"],
        "a@kept.example".repeat(2000),
        `${"a".repeat(100_000)}@kept.example`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(typed, typed, async (email, secret) => {
        const verify: typeof verifyPassword = async () => false;
        const refusal = await signIn(attempt({ email, password: secret }), { verify }).catch((e) => e);
        expect(refusal instanceof SignInRefused || refusal instanceof TooMany).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("limits on tries", () => {
  const url = () => process.env.DATABASE_URL as string;

  async function withTwo(work: (limits: [RateLimits, RateLimits]) => Promise<void>) {
    const limits: [RateLimits, RateLimits] = [createRateLimits(url()), createRateLimits(url())];
    try {
      await work(limits);
    } finally {
      await Promise.all(limits.map((each) => each.close()));
    }
  }

  function outcomes(results: PromiseSettledResult<unknown>[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const result of results) {
      const name = result.status === "fulfilled" ? "ok" : result.reason.constructor.name;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  test("hold under 1,000 tries at once on one account, over two pools and any address", async () => {
    const { email } = await addPerson();
    let looks = 0;
    const verify: typeof verifyPassword = async () => {
      looks++;
      return false;
    };
    await withTwo(async (limits) => {
      const tries = Array.from({ length: 1000 }, (_, index) =>
        signIn(attempt({ email, password: `guess ${index}` }), { limits: limits[index % 2] as RateLimits, verify }),
      );
      expect(outcomes(await Promise.allSettled(tries))).toEqual({ SignInRefused: 10, TooMany: 990 });
      expect(looks).toBe(10);
    });
    // The right password is no way around.
    await expect(signIn(attempt({ email }))).rejects.toThrow(TooMany);
  }, 60_000);

  test("hold for one address over many accounts", async () => {
    const address = newAddress();
    const verify: typeof verifyPassword = async () => false;
    await withTwo(async (limits) => {
      const tries = Array.from({ length: 300 }, (_, index) =>
        signIn(attempt({ email: newEmail(), address }), { limits: limits[index % 2] as RateLimits, verify }),
      );
      expect(outcomes(await Promise.allSettled(tries))).toEqual({ SignInRefused: 100, TooMany: 200 });
    });
  }, 60_000);

  test("do not count against an office where people sign in rightly", async () => {
    const address = newAddress();
    const { email } = await addPerson();
    const verify: typeof verifyPassword = async () => true;
    for (let index = 0; index < 120; index++) await signIn(attempt({ email, address }), { verify });
  }, 60_000);

  test("say how long to wait, and the history has the flood once", async () => {
    const email = newEmail();
    const address = newAddress();
    const verify: typeof verifyPassword = async () => false;
    const before = (await refusals()).length;
    for (let index = 0; index < 10; index++) await signIn(attempt({ email, address }), { verify }).catch(() => {});
    for (let index = 0; index < 5; index++) {
      const refusal = await signIn(attempt({ email, address }), { verify }).catch((e) => e);
      expect(refusal).toBeInstanceOf(TooMany);
      expect(refusal.retryAfter).toBeGreaterThan(0);
      expect(refusal.retryAfter).toBeLessThanOrEqual(15 * 60);
    }
    const traces = (await refusals()).slice(before);
    expect(traces).toHaveLength(11);
    expect(traces.filter(({ changes }) => "blocked" in (changes as object))).toHaveLength(1);
  });

  test("end with their time", async () => {
    const { email } = await addPerson();
    const verify: typeof verifyPassword = async () => false;
    for (let index = 0; index < 11; index++) await signIn(attempt({ email }), { verify }).catch(() => {});
    await expect(signIn(attempt({ email }))).rejects.toThrow(TooMany);
    await query(process.env.KEPT_OWNER_URL as string, "UPDATE rate_limit SET expire = $1", [Date.now() - 1]);
    await signIn(attempt({ email }));
  });

  test("begin anew for an account that was signed in to", async () => {
    const { email } = await addPerson();
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 9; index++) {
        await expect(signIn(attempt({ email }), { verify: async () => false })).rejects.toThrow(SignInRefused);
      }
      await signIn(attempt({ email }));
    }
  });

  test("let nothing through where they can't count", async () => {
    const { email } = await addPerson();
    const { hashes, verify } = counting();
    const away = createRateLimits("postgresql://nobody:x@127.0.0.1:1/none");
    await expect(signIn(attempt({ email }), { limits: away, verify })).rejects.toThrow(Unavailable);
    await away.close();
    // The table is gone, or not ours to write.
    const denied = createRateLimits(url().replace(/\/[^/]*$/, "/postgres"));
    await expect(signIn(attempt({ email }), { limits: denied, verify })).rejects.toThrow(Unavailable);
    await denied.close();
    expect(hashes).toHaveLength(0);
  });

  test("hold for one-time links, and for those that are good as well", async () => {
    const address = newAddress();
    const tries = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => openedLink(`guess-${index}`, new Date(), address)),
    );
    expect(tries.filter((link) => link === null)).toHaveLength(30);
    expect(tries.filter((link) => link === "tooMany")).toHaveLength(970);
  }, 60_000);

  test("hold for API tokens, and a good one is let through all the same", async () => {
    const { email } = await addPerson();
    const { secret } = await createToken(system, { email, label: "x", days: null });
    const ask = async (token: string) => {
      const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": "203.0.113.77" };
      return (await respond(new Request("http://kept.invalid/api/v1/x", { headers }), async () => ({}))).status;
    };
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, index) => ask(`kept_guess${index}`)));
    expect(answers.filter((status) => status === 401)).toHaveLength(60);
    expect(answers.filter((status) => status === 429)).toHaveLength(940);
    expect(await ask(secret)).toBe(200);
  }, 60_000);

  test("hold for the present password, when changing it", async () => {
    const { actor } = await addActor();
    const guess = (present: string) => changePassword(actor, { present, password: "another one altogether" });
    const tries = Array.from({ length: 40 }, (_, index) => guess(`guess ${index}`));
    expect(outcomes(await Promise.allSettled(tries))).toEqual({ InvalidInput: 10, TooMany: 30 });
    await expect(guess(password)).rejects.toThrow(TooMany);
  }, 60_000);

  test("tell the table neither accounts nor addresses", async () => {
    const { email } = await addPerson();
    await signIn(attempt({ email, address: "203.0.113.9", password: "wrong" })).catch(() => {});
    const rows = await everything<{ key: string }[]>`SELECT key FROM rate_limit`;
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ key }) => key.includes("@") || key.includes("203.0.113.9"))).toEqual([]);
  });
});

test("what goes wrong on the way says what it was, not that Auth.js wrapped it", async () => {
  const { email } = await addPerson();
  const verify: typeof verifyPassword = async () => {
    throw new Unavailable("gone");
  };
  const error = await signIn(attempt({ email }), { verify }).catch((e) => e);
  expect(error).toBeInstanceOf(Unavailable);
  expect(error).toBeInstanceOf(KeptError);
});
