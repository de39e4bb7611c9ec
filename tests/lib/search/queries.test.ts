import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Actor, actorOfSession, hashSecret } from "#lib/actor.ts";
import { recentMost } from "#lib/paths.ts";
import { findAnything, findReferences } from "#lib/search/queries.ts";
import { recentSchema, typedSchema } from "#lib/search/schema.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { testDatabase } from "#tests/support/database.ts";
import { join, query } from "#tests/support/people.ts";

testDatabase({ catalogue: true });

const actors = {} as Record<Role, Actor>;
const options = { locale: "en", today: "2026-11-21" } as const;
const find = (q: string, role: Role = "manager", portfolio = "viet-nam-laos") =>
  findAnything(actors[role], portfolio, q, options);

beforeAll(async () => {
  const owner = process.env.KEPT_OWNER_URL ?? "";
  await query(owner, "INSERT INTO portfolio (id, name, prefix, demo) VALUES ('elsewhere', '{}', 'ELS', true)");
  for (const role of ["viewer", "editor", "manager", "admin"] as const) {
    const [id, secret] = [randomUUID(), randomUUID()];
    await query(owner, "INSERT INTO person (id, email, name, admin) VALUES ($1, $2, $3, $4)", [
      id,
      `${id}@kept.example`,
      `Nguyễn Thị ${role}`,
      role === "admin",
    ]);
    await join(owner, id, role);
    await query(
      owner,
      "INSERT INTO session (id, token_hash, person_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')",
      [randomUUID(), hashSecret(secret), id],
    );
    const found = await actorOfSession(secret, new Date());
    if (!found) throw new Error("no session");
    actors[role] = found.actor;
  }
  const made = "INSERT INTO person (id, email, name, demo, disabled_at) VALUES ($1, $2, $3, $4, $5)";
  const demo = randomUUID();
  await query(owner, made, [demo, "demo@kept.example", "Nguyễn Thị Demo", true, null]);
  await join(owner, demo, "editor", ["elsewhere"]);
  await query(owner, made, [randomUUID(), "gone@kept.example", "Nguyễn Thị Gone", false, new Date()]);
});

describe("the palette finds", () => {
  test.each(["7", "007", "VL-7", "vl-007", "VL 7", "vl7"])("the record that %s means, before all others", async (q) => {
    expect((await find(q)).records[0]?.reference).toBe("VL-007");
  });

  test.each([
    ["duong sat", "vi"],
    ["railway", "en"],
    ["ລົດໄຟ", "lo"],
  ])("%s, whatever language is read", async (q) => {
    const { records, total } = await find(q);
    expect(records.map(({ reference }) => reference)).toContain("VL-070");
    expect(total).toBeGreaterThanOrEqual(records.length);
  });

  test("titles before other places, each record once, and no more than fit", async () => {
    const { records, total } = await find("plan");
    const inTitle = records.map(({ name }) => name.toLowerCase().includes("plan"));
    expect(inTitle).toEqual([...inTitle].sort((a, b) => Number(b) - Number(a)));
    expect(new Set(records.map(({ reference }) => reference)).size).toBe(records.length);
    expect(records).toHaveLength(8);
    expect(total).toBeGreaterThan(8);
  });

  test("meetings, indicators and sources by name", async () => {
    const kinds = async (q: string) => (await find(q)).things.map(({ kind }) => kind);
    expect(await kinds("session")).toContain("meetings");
    expect(await kinds("trade")).toContain("indicators");
    expect((await find("committee session")).things.every(({ name }) => name !== "")).toBe(true);
  });

  test("people for those who assign records; nobody who is gone, nobody of a demonstration", async () => {
    const names = async (role: Role) => (await find("nguyen thi", role)).people.map(({ name }) => name);
    const all = ["Nguyễn Thị admin", "Nguyễn Thị editor", "Nguyễn Thị manager", "Nguyễn Thị viewer"];
    expect(await names("manager")).toEqual(all);
    expect(await names("admin")).toEqual(all);
    expect(await names("editor")).toEqual([]);
    expect(await names("viewer")).toEqual([]);
    expect((await find("thi demo", "manager", "elsewhere")).people).toHaveLength(1);
  });

  test("saved views by name: one's own first, then those that are shared, never others' own", async () => {
    const owner = process.env.KEPT_OWNER_URL ?? "";
    const save = (role: Role, name: string, shared: boolean, portfolio = "viet-nam-laos") =>
      query(
        owner,
        "INSERT INTO saved_view (id, portfolio_id, owner_id, name, query, shared) VALUES ($1, $2, $3, $4, $5, $6)",
        [randomUUID(), portfolio, actors[role].id, name, "schedule=overdue", shared],
      );
    await save("editor", "Điện lực: của tôi", false);
    await save("manager", "Điện lực: chung", true);
    await save("viewer", "Điện lực: riêng", false);
    await save("viewer", "Điện lực: nơi khác", true, "elsewhere");
    const views = async (role: Role) => (await find("dien luc", role)).views.map(({ name }) => name);
    expect(await views("editor")).toEqual(["Điện lực: của tôi", "Điện lực: chung"]);
    expect(await views("admin")).toEqual(["Điện lực: chung"]);
    expect(await views("viewer")).toEqual(["Điện lực: riêng", "Điện lực: chung"]);
    expect((await find("chung dien", "viewer")).views).toEqual([
      { id: expect.any(String), name: "Điện lực: chung", query: "schedule=overdue" },
    ]);
  });

  test("nothing of another portfolio, and nothing for nothing", async () => {
    const none = { records: [], total: 0, more: false, people: [], views: [], things: [] };
    expect(await find("railway", "viewer", "elsewhere")).toEqual(none);
    expect(await find("VL-7", "viewer", "elsewhere")).toEqual(none);
    expect(await find("  ")).toEqual(none);
    expect(await findReferences(actors.viewer, "elsewhere", ["VL-007"], options)).toEqual([]);
  });
});

test("records by reference, in the order asked for, without those that are not there", async () => {
  const hits = await findReferences(actors.viewer, "viet-nam-laos", ["VL-009", "VL-99999", "VL-001"], options);
  expect(hits.map(({ reference }) => reference)).toEqual(["VL-009", "VL-001"]);
});

test("whatever the schema lets through can be looked for", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string({ unit: fc.constantFrom("%", "_", "\\", "'", "-", "9", "v", "ກ") }),
      ),
      async (text) => {
        const typed = typedSchema.safeParse(text);
        if (typed.success) await find(typed.data, "admin");
      },
    ),
    { numRuns: 150 },
  );
});

test("of what a browser says that it opened, only references pass, and only a few", () => {
  expect(recentSchema.parse("")).toEqual([]);
  expect(recentSchema.parse("VL-001,DEMO-12345")).toEqual(["VL-001", "DEMO-12345"]);
  for (const bad of [
    "vl-1",
    "VL-",
    "VL-001' OR 1=1",
    "VL-1\0",
    Array(recentMost + 1)
      .fill("VL-1")
      .join(),
  ]) {
    expect(recentSchema.safeParse(bad).success).toBe(false);
  }
});
