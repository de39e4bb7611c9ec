import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { inputsOf } from "./commands.ts";
import { fieldsOf, fittingInput, type Known } from "./generate.ts";
import { knownOf } from "./known.ts";
import { password, underAttack } from "./under-attack.ts";

/**
 * Many guesses at once, each with another forged address. KEPT_GUESSES says how many; 200 of each otherwise. What stands
 * against it: every `take` of lib/rate-limit.ts beside a secret, and `stripHearsay` in lib/start/headers.ts.
 */

/** What README and lib/rate-limit.ts say, said again: a limit that somebody raises is noticed here. */
const most = {
  account: 10,
  address: 100,
  link: 30,
  forgotten: 3,
  forgottenFrom: 30,
  elsewhere: 200,
  token: 60,
  feed: 60,
};
const guesses = Number(process.env.KEPT_GUESSES ?? 200);
// A mail server that nobody runs: letters that are asked for wait, and can be counted. Nor does anybody run the provider.
const app = underAttack({
  env: {
    ...{ SMTP_URL: "smtp://127.0.0.1:9", KEPT_MAIL_FROM: "kept@kept.example" },
    ...{ KEPT_OIDC_ISSUER: "http://127.0.0.1:9", KEPT_OIDC_CLIENT_ID: "kept" },
  },
});
let known: Known;
beforeAll(async () => {
  known = await knownOf(app);
});

/** Headers with which somebody would be somebody else each time, if we believed them. */
const forged = (n: number): Record<string, string> => {
  const address = `198.51.${n >> 8}.${n & 255}`;
  return {
    "x-forwarded-for": `${address}, 203.0.113.${n & 255}`,
    forwarded: `for=${address}`,
    "x-real-ip": address,
    "x-client-ip": address,
    "cf-connecting-ip": address,
    "true-client-ip": address,
    "x-middleware-subrequest": "middleware",
    "user-agent": `guess ${n}`,
  };
};

/** How many of the guesses were looked at: the others were told that they are too many. */
async function lookedAt(guess: (n: number) => Promise<boolean>): Promise<number> {
  const looked = await Promise.all(Array.from({ length: guesses }, (_, n) => guess(n)));
  return looked.filter(Boolean).length;
}

/** What says that a secret was not looked at: there were too many, or they could not be counted. */
const refused = /"status":(?:429|503)|<h1[^>]*>(?:That is too much|The database can’t be reached)/;
/** Whether an answer, a page's or an action's, did look at the secret. */
const looked = async (response: Response) => response.status < 429 && !refused.test(await response.text());

/** Some, and no more than that; where the machine is slow, tries that can't be counted in time are refused. */
function expectAtMost(count: number, limit: number): void {
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThanOrEqual(limit);
}

describe("guesses are looked at up to the limit and no further", () => {
  test("of one account's password", async () => {
    const { email } = app.people.viewer;
    const count = await lookedAt(async (n) =>
      looked(await app.post("signInAgain", [{ email, password: `guess ${n}` }], undefined, forged(n))),
    );
    expectAtMost(count, most.account);
    const right = await app.post("signInAgain", [{ email, password }], undefined, forged(1));
    expect(await right.text(), "the right one, now").toMatch(refused);
  });

  test("of many accounts, from one address; spelled otherwise an account is the same one", async () => {
    await app.forgetTries();
    const { email } = app.people.editor;
    const spelled = (n: number) => [email.toUpperCase(), ` ${email} `, email.replace("k", "K")][n % 3];
    const one = await lookedAt(async (n) =>
      looked(await app.post("signInAgain", [{ email: spelled(n), password: "x" }], undefined, forged(n))),
    );
    expectAtMost(one, most.account);
    await app.forgetTries();
    const many = await lookedAt(async (n) =>
      looked(await app.send("signIn", { email: `nobody${n}@kept.example`, password: "x" }, forged(n))),
    );
    expectAtMost(many, most.address);
  });

  const links = { setup: "setUp", "set-password": "setPassword" };
  for (const [page, action] of Object.entries(links)) {
    test(`of a link that leads to /${page}, and of the form there`, async () => {
      await app.forgetTries();
      const fields = { name: "Somebody", email: "a@kept.example", password };
      const opened = await lookedAt(async (n) => looked(await app.get(`/${page}/guess-${n}`, forged(n))));
      expectAtMost(opened, most.link);
      await app.forgetTries();
      const sent = await lookedAt(async (n) =>
        looked(await app.send(action, { ...fields, token: `guess-${n}` }, forged(n))),
      );
      expectAtMost(sent, most.link);
    });
  }

  test("letters for a forgotten password: to one address, and from one place", async () => {
    await app.forgetTries();
    const letters = async () => {
      const [row] = await app.sql<{ count: number }>(
        "SELECT count(*)::int AS count FROM letter WHERE notice->>'kind' = 'forgotten'",
      );
      return row?.count ?? 0;
    };
    const { email } = app.people.viewer;
    const asked = await lookedAt(async (n) => looked(await app.send("forgotPassword", { email }, forged(n))));
    expectAtMost(asked, most.forgotten);
    expect(await letters()).toBe(asked);
    await app.forgetTries();
    const many = await lookedAt(async (n) =>
      looked(await app.send("forgotPassword", { email: `nobody${n}@kept.example` }, forged(n))),
    );
    expectAtMost(many, most.forgottenFrom);
  });

  test("of an answer of the organisation's sign-in", async () => {
    await app.forgetTries();
    const count = await lookedAt(async (n) =>
      looked(
        await app.send(
          "comeBack",
          { answer: `code=x&state=${n}` },
          {
            ...forged(n),
            cookie: `kept-oidc=guess${n}`,
          },
        ),
      ),
    );
    expect(count).toBeLessThanOrEqual(most.elsewhere);
  });

  test("of the secret in a letter, by looking and by posting", async () => {
    await app.forgetTries();
    const secret = (n: number) => `guess${n}`.padEnd(43, "x");
    const seen = await lookedAt(async (n) => looked(await app.get(`/unsubscribe/${secret(n)}`, forged(n))));
    expectAtMost(seen, most.link);
    await app.forgetTries();
    const posted = await lookedAt(async (n) =>
      looked(await fetch(app.url(`/api/unsubscribe/${secret(n)}`), { method: "POST", headers: forged(n) })),
    );
    expectAtMost(posted, most.link);
  });

  test("of a calendar's address", async () => {
    const count = await lookedAt(async (n) => looked(await app.get(`/api/calendar/guess${n}.ics`, forged(n))));
    expectAtMost(count, most.feed);
  });

  test("of an API token", async () => {
    const ask = (n: number) =>
      app.get("/api/v1/commitments", {
        authorization: `Bearer kept_guess${n}`,
        accept: "application/json",
        ...forged(n),
      });
    expectAtMost(await lookedAt(async (n) => looked(await ask(n))), most.token);
    const right = await app.get("/api/v1/commitments", {
      authorization: `Bearer ${app.people.viewer.token}`,
      accept: "application/json",
    });
    expect(right.status, "a good one all the same").toBe(200);
  });
});

test("every other action that takes a secret stops looking, too", async () => {
  const secret = /^(?:present|password|token|code|secret|recovery|answer|response|assertion|otp)$/i;
  const atTheDoor = ["signIn", "signInAgain", "setUp", "setPassword"];
  const taking = (await inputsOf(app.actions())).filter(({ name, input }) =>
    Object.keys(fieldsOf(input)).some((field) => secret.test(field) && !atTheDoor.includes(name)),
  );
  expect(taking.map(({ name }) => name)).toContain("changePassword");
  for (const { name, input } of taking) {
    await app.forgetTries();
    const person = await app.enter("manager");
    const fitting = fittingInput(input, { ...known, password: ["another one altogether"] }) ?? {};
    const fields = Object.keys(fitting).filter((field) => secret.test(field) && field !== "password");
    const count = await lookedAt(async (n) => {
      const guess = Object.fromEntries(fields.map((field) => [field, guessLike(fitting[field], n)]));
      const answer = await app.call(name, [{ ...fitting, ...guess }], person, forged(n));
      if (answer.ok) throw new Error(`${name} took a guess`);
      return ![401, 403, 404, 429, 503].includes(answer.error.status);
    });
    expect(count, name).toBeLessThanOrEqual(60);
  }
});

/** Something else of the same sort. */
const guessLike = (value: unknown, n: number) =>
  typeof value === "string" && /^\d{6}$/.test(value)
    ? String(n).padStart(6, "0")
    : typeof value === "string"
      ? `guess ${n}`
      : value;

/** A flood, or a machine that is slow: what can't be counted in time is not looked at, and is told so. */
test("tries that can't be counted are refused, and none fails", async () => {
  await app.forgetTries();
  const holder = new pg.Client({ connectionString: app.ownerUrl() });
  await holder.connect();
  await holder.query("BEGIN; LOCK TABLE rate_limit IN ACCESS EXCLUSIVE MODE");
  const { email } = app.people.viewer;
  const secret = "guess".padEnd(43, "x");
  const fields = { token: "guess", name: "Somebody", email: "a@kept.example", password };
  const tries = Array.from({ length: 10 }).flatMap((_, n) => [
    app.get(`/setup/guess-${n}`),
    app.get(`/set-password/guess-${n}`),
    app.get(`/unsubscribe/${secret}`),
    app.send("setUp", fields),
    app.send("setPassword", fields),
    app.send("forgotPassword", { email }),
    app.post("signInAgain", [{ email, password }]),
  ]);
  try {
    for (const response of await Promise.all(tries)) {
      expect(response.status, response.url).not.toBe(500);
      expect(await response.text(), response.url).toMatch(refused);
    }
  } finally {
    await holder.end();
  }
});

/**
 * How long an answer takes must not say whether there is such an account. Compared are medians of tries that take turns, and
 * what is asked is that neither is half as long as the other: without the password's being looked at for accounts that do
 * not exist (`verifyPassword(null, …)`, lib/auth.ts) it is a twentieth.
 */
test("an account that exists and one that does not take the same time, and give the same answer", async () => {
  const times = { known: [] as number[], unknown: [] as number[], disabled: [] as number[] };
  const disabled = await app.enter("viewer");
  await app.call("disablePerson", [{ id: disabled.id }], app.people.admin);
  const emails = { known: app.people.manager.email, unknown: "nobody@kept.example", disabled: disabled.email };
  const answers = new Set<string>();
  for (let round = 0; round < 25; round++) {
    await app.forgetTries();
    for (const who of ["known", "unknown", "disabled"] as const) {
      const before = performance.now();
      const answer = await app.call("signInAgain", [{ email: emails[who], password: "not that one" }]);
      times[who].push(performance.now() - before);
      answers.add(JSON.stringify(answer));
    }
  }
  expect([...answers]).toHaveLength(1);
  expectAlike(times);
});

test("so it is for a forgotten password, also where somebody has yet to set one", async () => {
  const [disabled, half] = [await app.enter("viewer"), await app.enter("viewer")];
  await app.call("disablePerson", [{ id: disabled.id }], app.people.admin);
  await app.sql("UPDATE person SET password_hash = NULL WHERE id = $1", [half.id]);
  const emails = {
    known: app.people.manager.email,
    unknown: "nobody@kept.example",
    disabled: disabled.email,
    half: half.email,
  };
  const times = { known: [], unknown: [], disabled: [], half: [] } as Record<keyof typeof emails, number[]>;
  const answers = new Set<string>();
  for (let round = 0; round < 10; round++) {
    await app.forgetTries();
    for (const [who, email] of Object.entries(emails)) {
      const before = performance.now();
      const response = await app.send("forgotPassword", { email });
      const text = await response.text();
      times[who as keyof typeof emails].push(performance.now() - before);
      answers.add(`${response.status} ${/"sent":true/.test(text)} ${text.includes("error")}`);
    }
  }
  expect([...answers]).toEqual(["200 true false"]);
  expectAlike(times);
});

function expectAlike({ known, ...others }: Record<"known" | (string & {}), number[]>): void {
  const median = (all: number[] = []) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
  for (const [who, theirs] of Object.entries(others)) {
    const ratio = median(theirs) / median(known);
    expect(ratio, who).toBeGreaterThan(0.5);
    expect(ratio, who).toBeLessThan(2);
  }
}
