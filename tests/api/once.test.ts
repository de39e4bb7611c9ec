import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { clearKeys } from "#lib/api/once.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { ask, bearer } from "./ask.ts";
import { createWorld, newName, text, type World } from "./world.ts";

/** A request with a key is done once. */

testDatabase({ catalogue: true });

const owner = () => process.env.KEPT_OWNER_URL ?? "";
let admin: SignedIn;
let world: World;
beforeAll(async () => {
  admin = await signedIn(owner(), "admin");
  world = createWorld({ ask, admin, who: admin });
});

const post = (path: string, body: unknown, key: string, headers: Record<string, string> = {}, who = admin) =>
  ask("POST", path, { body, headers: { ...bearer(who.token), "idempotency-key": key, ...headers } });

const place = () => ({ name: newName(), aliases: [], iso: null, country: null });
const count = async (table: string) => Number((await query(owner(), `SELECT count(*)::int AS n FROM ${table}`))[0]?.n);

/** What somebody gets who was answered. */
const told = async (response: Response) => ({
  status: response.status,
  text: await response.text(),
  location: response.headers.get("location"),
  etag: response.headers.get("etag"),
});

describe("a key", () => {
  test("sent again, it is answered alike, byte for byte, and nothing is done again", async () => {
    const [body, key] = [place(), randomUUID()];
    const first = await told(await post("/places", body, key));
    expect(first.status).toBe(201);
    const before = [await count("place"), await count("audit_event")];
    const again = await post("/places", body, key);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await told(again)).toEqual(first);
    expect([await count("place"), await count("audit_event")]).toEqual(before);
  });

  test("with another body, version or address it is refused", async () => {
    const { id, version } = await world.record();
    const key = randomUUID();
    const seen = (number: number) => ({ "if-match": `"${number}"` });
    expect((await post(`/commitments/${id}/withdraw`, { reason: "once" }, key, seen(version))).status).toBe(200);
    for (const response of [
      await post(`/commitments/${id}/withdraw`, { reason: "twice" }, key, seen(version)),
      await post(`/commitments/${id}/withdraw`, { reason: "once" }, key, seen(version + 1)),
      await post("/places", place(), key),
    ]) {
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: "api.keyUsed" });
    }
    // As it was sent first, it is answered although the version is an old one by now.
    const replay = await post(`/commitments/${id}/withdraw`, { reason: "once" }, key, seen(version));
    expect(await replay.json()).toEqual({ id, version: version + 1 });
  });

  test("of somebody else is another one", async () => {
    const [body, key, other] = [place(), randomUUID(), await signedIn(owner(), "manager")];
    expect((await post("/places", body, key)).status).toBe(201);
    expect((await post("/places", { ...body, name: newName() }, key, {}, other)).status).toBe(201);
  });

  test("with which nothing could be done may be tried again", async () => {
    const [body, key] = [place(), randomUUID()];
    expect((await post("/places", { ...body, iso: "nowhere" }, key)).status).toBe(422);
    expect((await post("/places", body, key)).status).toBe(201);
  });

  test("sent fifty times at once is done once; the others are told so or to wait", async () => {
    for (const path of ["/places", "/views"]) {
      const key = randomUUID();
      const table = path === "/places" ? "place" : "saved_view";
      const body = path === "/places" ? place() : { portfolioId: "viet-nam-laos", name: key, query: "", shared: false };
      const before = await count(table);
      const answers = await Promise.all(Array.from({ length: 50 }, () => post(path, body, key)));
      expect(await count(table)).toBe(before + 1);
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
      const texts = await Promise.all(answers.filter(({ status }) => status === 201).map((each) => each.text()));
      expect(new Set(texts).size).toBe(1);
      expect((await post(path, body, key)).status).toBe(201);
    }
  });

  test("that is none, or where a secret would be kept, is refused", async () => {
    for (const key of ["a b", "é", "", "a".repeat(256)]) expect((await post("/places", place(), key)).status).toBe(422);
    const response = await post("/people", world.person(), randomUUID());
    expect(response.status).toBe(422);
    expect(await count("idempotency_key")).toBeGreaterThan(0);
    const kept = await query(owner(), "SELECT reply FROM idempotency_key WHERE request ~ '/(people|feeds)'");
    expect(kept).toEqual([]);
  });

  test("is forgotten after a day", async () => {
    const [body, key] = [place(), randomUUID()];
    await post("/places", body, key);
    await query(owner(), "UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = $1", [key]);
    expect((await post("/places", { ...body, name: newName() }, key)).status).toBe(201);
    await query(owner(), "UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = $1", [key]);
    const kept = await count("idempotency_key");
    expect(await clearKeys(systemActor("worker"), {})).toEqual({ count: 1 });
    expect(await count("idempotency_key")).toBe(kept - 1);
  });

  test("does not get anybody past the policy", async () => {
    const viewer = await signedIn(owner(), "viewer");
    expect((await post("/places", place(), randomUUID(), {}, viewer)).status).toBe(403);
    const { id } = await world.record({ title: text });
    const answer = await post(
      `/commitments/${id}/withdraw`,
      { reason: "x" },
      randomUUID(),
      { "if-match": '"1"' },
      viewer,
    );
    expect(answer.status).toBe(403);
  });
});
