import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "#tests/support/database.ts";
import { addPortfolio, query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { type Role, roles } from "#tests/support/routes.ts";
import { ask, bearer } from "./ask.ts";
import { asDescribed, described, jsonOf, misfit } from "./document.ts";
import type { Sample } from "./sample.ts";
import { samples } from "./samples.ts";
import { createWorld, type World } from "./world.ts";

/** Every operation of the API's description, run: what is right, what is wrong, who may, and in which form it answers. */

testDatabase({ catalogue: true });

type Operation = (typeof described)[number];

const owner = () => process.env.KEPT_OWNER_URL ?? "";
let people: Record<Role, SignedIn>;
let worlds: Record<Role, World>;
let readOnly: SignedIn;
/** Members of another register alone. */
let strangers: Record<Stranger, SignedIn>;
const strange = ["viewer", "editor", "manager"] as const;
type Stranger = (typeof strange)[number];

beforeAll(async () => {
  const entries = await Promise.all(roles.map(async (role) => [role, await signedIn(owner(), role)] as const));
  people = Object.fromEntries(entries) as Record<Role, SignedIn>;
  const world = (who: SignedIn) => createWorld({ ask, admin: people.admin, who });
  worlds = Object.fromEntries(entries.map(([role, who]) => [role, world(who)])) as Record<Role, World>;
  await addPortfolio(owner(), "another-register");
  const others = strange.map(
    async (role) => [role, await signedIn(owner(), role, { portfolios: ["another-register"] })] as const,
  );
  strangers = Object.fromEntries(await Promise.all(others)) as Record<Stranger, SignedIn>;
  readOnly = await signedIn(owner(), "admin");
  await query(owner(), "UPDATE api_token SET scopes = '{read}' WHERE person_id = $1", [readOnly.id]);
});

const sampleOf = async ({ operationId }: Operation, world: World): Promise<Sample> => {
  const make = samples[operationId];
  if (!make) throw new Error(`${operationId} has no sample in tests/api/samples.ts`);
  return make(world);
};

const refused = new Map<string, Promise<Sample>>();

/** A sample that comes to nothing, and so serves again. */
const anySample = (operation: Operation): Promise<Sample> => {
  const found = refused.get(operation.operationId) ?? sampleOf(operation, worlds.admin);
  refused.set(operation.operationId, found);
  return found;
};

type Sent = { token?: string | undefined; headers?: Record<string, string>; body?: unknown };

/** How often somebody was tried at something. */
let cells = 0;
afterAll(() => console.log(`Operations: ${cells} cells`));

const send = ({ method }: Operation, { path, version, body }: Sample, { token, headers, ...sent }: Sent) => {
  cells++;
  return ask(method, path, {
    body: "body" in sent ? sent.body : body,
    headers: {
      ...(token && bearer(token)),
      ...(version !== undefined && { "if-match": `"${version}"` }),
      ...headers,
    },
  });
};

const writes = described.filter(({ method }) => method !== "GET");
const versioned = described.filter(({ parameters }) => parameters.some(({ name }) => name === "If-Match"));
const withBody = described.filter(jsonOf);
const withFile = described.filter((each) => each.requestBody && !jsonOf(each));
const named = (operations: readonly Operation[]) => operations.map((each) => [each.operationId, each] as const);

describe("what is right", () => {
  for (const role of roles) {
    test.each(named(described))(`%s, ${role}`, async (_id, operation) => {
      const sample = await sampleOf(operation, worlds[role]);
      const body = jsonOf(operation);
      if (body) expect(misfit(body, sample.body ?? {}), "the sample's body").toBeNull();
      const response = await send(operation, sample, { token: people[role].token });
      const may = roles.indexOf(role) >= roles.indexOf(operation["x-least-role"] as Role);
      const { status, headers } = response;
      const answer = await asDescribed(operation, response);
      expect(status, JSON.stringify(answer)).toSatisfy((it: number) => (may ? it < 300 : it === 403 || it === 404));
      expect(headers.get("ratelimit")).toMatch(/^"person";r=\d+;t=\d+$/);
      expect(headers.get("cache-control")).toContain("no-store");
      if (status === 201) expect(headers.get("location")).toMatch(/^\/api\/v1\/[a-z]+\/[\w-]+$/);
      const { version } = (answer ?? {}) as { version?: number };
      if (may && typeof version === "number") expect(headers.get("etag")).toBe(`"${version}"`);
    });
  }
});

describe("who is a member of another register alone", () => {
  /** Belongs to no register, or is one's own: with nothing of a register in it for who is no member. */
  const shared = new Set([
    // Of all their registers, and so empty.
    ...["commitments.list", "sources.list", "meetings.list", "indicators.list", "portfolios.list"],
    ...["sectors.list", "parties.list", "parties.get", "places.list", "places.get", "holidays.list"],
    ...["parties.create", "parties.edit", "places.create", "places.edit"],
    ...["holidays.create", "holidays.rename", "holidays.strike"],
    ...["me.get", "me.edit", "preferences.get", "preferences.edit", "sessions.list", "sessions.endAll"],
    ...["feeds.list", "watches.list", "tasks.list"],
    ...["inbox.list", "inbox.read", "inbox.readAll", "inbox.done", "inbox.restore"],
  ]);

  for (const role of strange) {
    test.each(named(described))(`%s, ${role} elsewhere`, async (_id, operation) => {
      const sample = await sampleOf(operation, worlds.admin);
      const response = await send(operation, sample, { token: strangers[role].token });
      const answer = await asDescribed(operation, response.clone());
      const { status } = response;
      // One's own has another version than the admin's, whom the sample is about.
      if (status < 300 || status === 412) expect([...shared]).toContain(operation.operationId);
      else expect([403, 404], JSON.stringify(answer)).toContain(status);
      expect(await response.text()).not.toMatch(/viet-nam-laos|VL-\d/);
    });
  }
});

describe("who may not", () => {
  // Of nobody's record: whoever writes may begin a report, and say something about one.
  const anybodys = new Set(["reports.create", "reports.again", "reports.comment"]);
  const own = writes.filter((each) => each["x-least-role"] === "editor" && !anybodys.has(each.operationId));
  test.each(named(own))("%s: an editor, of a record that is somebody else's", async (_id, operation) => {
    const { path, version, body } = await sampleOf(operation, worlds.manager);
    const response = await send(operation, { path, version, body } as Sample, { token: people.editor.token });
    await asDescribed(operation, response.clone());
    expect(response.status).toBe(403);
  });

  test.each(named(described))("%s: without a token, or with one that is none", async (_id, operation) => {
    const sample = await anySample(operation);
    for (const token of [undefined, "kept_nothing"]) {
      const response = await send(operation, sample, {
        token,
        headers: { "x-forwarded-for": `10.0.${sent++ >> 5}.1` },
      });
      await asDescribed(operation, response.clone());
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toContain('Bearer realm="Kept"');
    }
  });

  test.each(named(writes))("%s: with a token that may only read", async (_id, operation) => {
    const response = await send(operation, await anySample(operation), { token: readOnly.token });
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toContain("insufficient_scope");
    expect(await asDescribed(operation, response)).toMatchObject({ code: "api.scope" });
  });
});

let sent = 0;

describe("what is wrong", () => {
  test.each(named(withBody))(
    "%s: fields that there are not, and none where some are needed",
    async (_id, operation) => {
      const sample = await anySample(operation);
      for (const body of [{ ...sample.body, nonsense: 1, id: "1" }, [], null, 5]) {
        const response = await send(operation, sample, { token: people.admin.token, body });
        const answer = await asDescribed(operation, response);
        expect(response.status, JSON.stringify([body, answer])).toBe(422);
        expect((answer as { errors: unknown[] }).errors).not.toHaveLength(0);
      }
    },
  );

  test.each(named(withBody))("%s: what is no JSON, or says it is something else", async (_id, operation) => {
    const sample = await anySample(operation);
    const tries: [number, Sent][] = [
      [400, { body: "{" }],
      [400, { body: '{"a":1}}' }],
      [415, { headers: { "content-type": "text/plain" } }],
      [415, { headers: { "content-type": "application/json; charset=utf-16" } }],
      [415, { headers: { "content-encoding": "gzip" } }],
      [413, { body: JSON.stringify("a".repeat(1_100_000)) }],
    ];
    for (const [status, given] of tries) {
      const response = await send(operation, sample, { token: people.admin.token, ...given });
      await asDescribed(operation, response.clone());
      expect(response.status, JSON.stringify(given).slice(0, 100)).toBe(status);
    }
  });

  test.each(named(withFile))(
    "%s: a file of another kind, one too large, and none that can be read",
    async (_id, operation) => {
      const sample = await anySample(operation);
      const tries: [number, Sent][] = [
        [415, { headers: { "content-type": "application/json" } }],
        [415, { headers: { "content-encoding": "gzip" } }],
        [413, { body: Buffer.alloc(11 * 1024 * 1024, "a") }],
        [422, { body: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]) }],
        [422, { body: Buffer.from("PK\x03\x04 and nothing more") }],
      ];
      for (const [status, given] of tries) {
        const response = await send(operation, sample, { token: people.admin.token, ...given });
        await asDescribed(operation, response.clone());
        expect(response.status, JSON.stringify(given).slice(0, 100)).toBe(status);
      }
    },
  );

  test.each(named(versioned))("%s: without the version that was seen, or with an old one", async (_id, operation) => {
    const { version, ...sample } = await sampleOf(operation, worlds.admin);
    const tries: [number, Record<string, string>][] = [
      [428, {}],
      [428, { "if-match": "*" }],
      [422, { "if-match": "3" }],
      [412, { "if-match": '"999"' }],
    ];
    for (const [status, headers] of tries) {
      const response = await send(operation, sample, { token: people.admin.token, headers });
      const answer = await asDescribed(operation, response);
      expect(response.status).toBe(status);
      if (status === 412) expect(answer).toMatchObject({ current: { version } });
    }
    // Nothing of it was done.
    const { status } = await send(operation, { ...sample, version: version ?? 0 }, { token: people.admin.token });
    expect(status).toBeLessThan(300);
  });

  test.each(named(described))("%s: an answer in another form, or by another method", async (_id, operation) => {
    const sample = await anySample(operation);
    const html = await send(operation, sample, { token: people.admin.token, headers: { accept: "image/png" } });
    expect(html.status).toBe(406);
    const response = await ask("PATCH", sample.path, { headers: bearer(people.admin.token), body: {} });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toContain(operation.method);
  });
});
