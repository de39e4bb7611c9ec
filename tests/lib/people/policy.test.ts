import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#lib/actor.ts";
import { Conflict, Forbidden, InvalidInput, KeptError, NotFound } from "#lib/errors.ts";
import * as access from "#lib/people/access.ts";
import * as commands from "#lib/people/commands.ts";
import * as links from "#lib/people/links.ts";
import { getOwnAccount, getPerson, listAgencies, listPeople } from "#lib/people/queries.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { addActor, addPerson, newEmail, password, system } from "#tests/lib/people/factory.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

beforeAll(() => {
  Object.assign(process.env, { SMTP_URL: "smtp://127.0.0.1:9", KEPT_MAIL_FROM: "kept@kept.example" });
});

type Someone = { id: string; email: string; actor: Actor };

/** What a try came to: the error's name, or "yes". */
type Answer = "yes" | "Forbidden" | "NotFound";

type Row = {
  /** Runs it as `actor`; `whom` is the person it is about: the actor, or somebody else who is signed in. */
  run: (actor: Actor, whom: Someone) => Promise<unknown>;
  /** By role: what happens with one's own entry, and with somebody else's. */
  answers: Record<Role, [own: Answer, other: Answer]>;
};

const no = "Forbidden";
const adminOnly: Row["answers"] = {
  viewer: [no, no],
  editor: [no, no],
  manager: [no, no],
  admin: ["yes", "yes"],
};
const own = (other: Answer): Row["answers"] => ({
  viewer: ["yes", other],
  editor: ["yes", other],
  manager: ["yes", other],
  admin: ["yes", other],
});
const nobodySignedIn: Row["answers"] = {
  viewer: [no, no],
  editor: [no, no],
  manager: [no, no],
  admin: [no, no],
};

const edited = { name: "Changed", admin: false, roles: {}, agencyId: null, locale: "vi" } as const;

const table: Record<string, Row> = {
  createPerson: {
    run: (actor) => commands.createPerson(actor, { ...edited, email: newEmail() }),
    answers: adminOnly,
  },
  updatePerson: {
    run: (actor, { id, email }) => commands.updatePerson(actor, { ...edited, id, email, version: 1 }),
    answers: adminOnly,
  },
  disablePerson: {
    run: (actor, { id }) => commands.disablePerson(actor, { id }),
    answers: { ...adminOnly, admin: [no, "yes"] },
  },
  enablePerson: { run: (actor, { id }) => commands.enablePerson(actor, { id }), answers: adminOnly },
  issueLink: { run: (actor, { id }) => commands.issueLink(actor, { id }), answers: adminOnly },
  invitePerson: {
    run: (actor) => commands.invitePerson(actor, { ...edited, email: newEmail() }),
    answers: adminOnly,
  },
  mailNewLink: { run: (actor, { id }) => commands.mailNewLink(actor, { id }), answers: adminOnly },
  endSessionsOf: { run: (actor, { id }) => access.endSessionsOf(actor, { id }), answers: adminOnly },
  endSession: {
    run: (actor, whom) => access.endSession(actor, { id: whom.actor.sessionId }),
    answers: own("NotFound"),
  },
  revokeToken: {
    run: async (actor, { id, email }) => {
      await access.createToken(system, { email, label: "x", days: null });
      const [token] = (await getPerson(system, id, new Date()))?.tokens ?? [];
      return access.revokeToken(actor, { id: token?.id });
    },
    answers: { ...own("NotFound"), admin: ["yes", "yes"] },
  },
  // These are about whoever asks; there is no way to say another.
  updateOwn: {
    run: (actor) => commands.updateOwn(actor, { version: 1, name: "Me", locale: "lo" }),
    answers: own("yes"),
  },
  setOwnLocale: { run: (actor) => commands.setOwnLocale(actor, { locale: "lo" }), answers: own("yes") },
  endOtherSessions: { run: (actor) => access.endOtherSessions(actor, {}), answers: own("yes") },
  changePassword: {
    run: (actor) => access.changePassword(actor, { present: password, password: "another one altogether" }),
    answers: own("yes"),
  },
  // Only the system does these, for people who are not signed in.
  startSession: {
    run: (actor, { id }) =>
      access.startSession(actor, { personId: id, passwordHash: "x", secret: "x", oldSecret: null, userAgent: null }),
    answers: {
      viewer: ["NotFound", "NotFound"],
      editor: ["NotFound", "NotFound"],
      manager: ["NotFound", "NotFound"],
      admin: ["NotFound", "NotFound"],
    },
  },
  noteRefusal: {
    run: (actor) => access.noteRefusal(actor, { account: "x", address: "x", blocked: false }),
    answers: nobodySignedIn,
  },
  clearAway: {
    run: (actor) => access.clearAway(actor, {}),
    answers: nobodySignedIn,
  },
  createToken: {
    run: (actor, { email }) => access.createToken(actor, { email, label: "x", days: null }),
    answers: nobodySignedIn,
  },
  // Always for oneself: nobody else is named.
  createOwnToken: {
    run: (actor) => access.createOwnToken(actor, { label: "x", access: "read", days: "30" }),
    answers: own("yes"),
  },
  setPassword: {
    run: async (actor, { id }) => {
      const { token } = await commands.issueLink(system, { id });
      return links.setPassword(actor, { token, password: "another one altogether" });
    },
    answers: nobodySignedIn,
  },
  offerSetUp: { run: (actor) => links.offerSetUp(actor, {}), answers: nobodySignedIn },
  setUpByEnvironment: {
    run: (actor) => links.setUpByEnvironment(actor, { name: "x", email: newEmail(), password }),
    answers: nobodySignedIn,
  },
  setUp: {
    // Nobody is left to be set up, so there is no such link for anybody.
    run: (actor) => links.setUp(actor, { token: "x", name: "x", email: newEmail(), password }),
    answers: {
      viewer: ["NotFound", "NotFound"],
      editor: ["NotFound", "NotFound"],
      manager: ["NotFound", "NotFound"],
      admin: ["NotFound", "NotFound"],
    },
  },
  // Reading.
  listPeople: { run: (actor) => listPeople(actor, { q: "", state: "all", agency: "", after: "" }), answers: adminOnly },
  getPerson: { run: (actor, { id }) => getPerson(actor, id, new Date()), answers: adminOnly },
  listAgencies: { run: (actor) => listAgencies(actor), answers: adminOnly },
  getOwnAccount: { run: (actor) => getOwnAccount(actor, new Date()), answers: own("yes") },
};

const roles = ["viewer", "editor", "manager", "admin"] as const;

describe("who may do what with people", () => {
  for (const [name, { run, answers }] of Object.entries(table)) {
    for (const role of roles) {
      for (const [index, whose] of (["own", "other"] as const).entries()) {
        test(`${name} · ${role} · ${whose}: ${answers[role][index]}`, async () => {
          // There is always another admin, so that the rule of the last one stays out of this.
          await addPerson("admin");
          const me = await addActor(role);
          const whom = whose === "own" ? me : await addActor("editor");
          const answer = await run(me.actor, whom).then(
            () => "yes",
            (error: Error) => error.constructor.name,
          );
          expect(answer).toBe(answers[role][index]);
        });
      }
    }
  }
});

test("every command of people is in the table", () => {
  const all = [...Object.entries(commands), ...Object.entries(access), ...Object.entries(links)]
    .filter(([, value]) => typeof value === "function" && "verb" in value)
    .map(([name]) => name);
  expect(Object.keys(table)).toEqual(expect.arrayContaining(all));
});

test("whoever has no right to somebody's entry changes nothing of it, named or not", async () => {
  const [me, them] = [await addActor("manager"), await addActor("editor")];
  const before = await getPerson(system, them.id, new Date());
  for (const { run, answers } of Object.values(table)) {
    if (answers.manager[1] !== "yes") await run(me.actor, them).catch(() => {});
  }
  const after = await getPerson(system, them.id, new Date());
  // The table makes links and tokens with the system's hand, to have some to try.
  expect({ ...after, tokens: [], linkExpiresAt: null }).toEqual({ ...before, tokens: [], linkExpiresAt: null });
});

test("a part of the system is nobody: it has no account, session or password of its own", async () => {
  const { actor, id } = await addActor();
  expect(await getOwnAccount(system, new Date())).toBeNull();
  await expect(access.endSession(system, { id: actor.sessionId })).rejects.toThrow(NotFound);
  await expect(access.endOtherSessions(system, {})).rejects.toThrow(NotFound);
  await expect(access.changePassword(system, { present: "x", password })).rejects.toThrow(NotFound);
  await expect(commands.updateOwn(system, { version: 1, name: "x", locale: null })).rejects.toThrow(NotFound);
  expect((await getPerson(system, id, new Date()))?.sessions).toBe(1);
});

test("bad input is refused by name, never by accident", async () => {
  const junk = [
    undefined,
    null,
    1,
    "x",
    [],
    {},
    { id: { not: null } },
    { id: "x".repeat(1e5) },
    { id: "\u0000" },
    { __proto__: null },
  ];
  for (const command of [...Object.values(commands), ...Object.values(access), ...Object.values(links)]) {
    if (typeof command !== "function" || !("verb" in command)) continue;
    for (const input of junk) {
      const error = await command(system, input).then(
        () => null,
        (caught) => caught,
      );
      if (error) expect(error).toBeInstanceOf(KeptError);
    }
  }
  expect([Forbidden, InvalidInput, Conflict].every((kind) => kind.prototype instanceof KeptError)).toBe(true);
});
