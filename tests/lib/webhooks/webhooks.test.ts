import { describe, expect, test } from "vitest";

import { editTexts } from "#lib/commitments/editing.ts";
import { Conflict, Forbidden, InvalidInput, NotFound } from "#lib/errors.ts";
import { createPerson } from "#lib/people/commands.ts";
import { saveView } from "#lib/views/commands.ts";
import {
  createWebhook,
  deleteWebhook,
  redeliverParked,
  rollSecret,
  switchWebhook,
  testWebhook,
  updateWebhook,
} from "#lib/webhooks/commands.ts";
import { deliverer } from "#lib/webhooks/delivering.ts";
import { getWebhook, listDeliveries, listWebhooks } from "#lib/webhooks/queries.ts";
import { claimDeliveries, clearDeliveries, enqueueDeliveries } from "#lib/webhooks/queue.ts";
import { deliveryFilter } from "#lib/webhooks/shown.ts";
import { addActor, addRecord, historyOf, newRecord, portfolioId, text } from "#tests/lib/commitments/register.ts";
import {
  add,
  delivering,
  enqueue,
  hour,
  isSigned,
  later,
  log,
  manager,
  owner,
  saidIn,
  seal,
  send,
  shown,
  sink,
  webhooksWorld,
  worker,
} from "#tests/lib/webhooks/world.ts";
import { testDatabase } from "#tests/support/database.ts";
import { query } from "#tests/support/people.ts";

/** Webhooks from the change to the address: made, signed, sent; who may keep them. */

testDatabase();
webhooksWorld();

describe("a change", () => {
  test("arrives signed, as the history has it", async () => {
    const { secret } = await add({ kinds: ["commitment"] });
    const { id, reference } = await addRecord();
    await editTexts(manager, {
      ...{ id, version: 1, title: text("Another title"), statement: newRecord.statement },
      draftLocales: newRecord.draftLocales,
    });
    expect(await enqueue()).toMatchObject({ added: 2 });
    await send();
    expect(sink.taken).toHaveLength(2);
    for (const call of sink.taken) {
      expect(isSigned(call, secret)).toBe(true);
      expect(isSigned({ ...call, body: `${call.body} ` }, secret)).toBe(false);
      expect(call.headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(Math.abs(Number(call.headers["webhook-timestamp"]) * 1000 - call.at)).toBeLessThan(5000);
    }
    const [created, edited] = sink.taken.map(saidIn).sort((a, b) => a.data.id - b.data.id);
    expect(created).toMatchObject({
      type: "commitment.create",
      data: { subject: { type: "commitment", id, reference } },
    });
    const [entry] = await historyOf(id);
    expect(edited).toMatchObject({
      type: "commitment.editTexts",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: {
        portfolio: portfolioId,
        subject: { type: "commitment", id, reference },
        changes: entry?.changes,
        actor: { name: manager.name },
      },
    });
    expect(Object.keys(edited.data.actor)).toEqual(["name"]);
  });

  test("is told once, whoever asks how often, and what came before the webhook never", async () => {
    await addRecord();
    await add();
    await addRecord();
    await seal();
    await Promise.all([enqueueDeliveries(worker, {}), enqueueDeliveries(worker, {}), enqueueDeliveries(worker, {})]);
    await Promise.all([send(), send(), send()]);
    expect(sink.taken).toHaveLength(1);
    expect(await enqueue()).toMatchObject({ added: 0 });
  });

  test("of a transaction that commits late is told, though later ones went before", async () => {
    const { id } = await add();
    const [first] = await query<{ id: string }>(
      owner(),
      "SELECT nextval(pg_get_serial_sequence('audit_event', 'id'))::text AS id",
    );
    await addRecord();
    await enqueue();
    await query(
      owner(),
      `INSERT INTO audit_event (id, portfolio_id, actor_name, verb, subject_type, subject_id, changes)
        VALUES ($1, $2, 'late', 'commitment.create', 'commitment', 'late', '{"title": [null, "late"]}')`,
      [first?.id, portfolioId],
    );
    expect(await enqueue()).toMatchObject({ added: 1 });
    await send();
    expect(sink.taken.map((call) => saidIn(call).data.actor.name).sort()).toEqual(["late", "test"]);
    expect(await log(id)).toHaveLength(2);
  });

  test("of other kinds, of another register, of people and of one person's own is not told", async () => {
    const few = await add({ kinds: ["meeting", "report"] });
    const all = await add();
    await addRecord();
    await addRecord({ portfolioId: "other-register" });
    const admin = await addActor("admin");
    await createPerson(admin, {
      name: "Somebody",
      email: "new@kept.example",
      admin: false,
      roles: {},
      agencyId: null,
      locale: null,
    });
    await saveView(manager, { portfolioId, name: "Mine", query: "", shared: false });
    await testWebhook(manager, { id: few.id });
    await enqueue();
    const verbs = async (id: string) => (await log(id)).map(({ verb }) => verb);
    expect(await verbs(all.id)).toEqual(["commitment.create"]);
    expect(await verbs(few.id)).toEqual([null]);
    // Whatever might stand in the queue, an event of another register does not go.
    await query(
      owner(),
      `INSERT INTO webhook_delivery (id, webhook_id, event_id) SELECT gen_random_uuid(), $1, id FROM audit_event
        WHERE portfolio_id IS DISTINCT FROM $2 ORDER BY id DESC LIMIT 5`,
      [all.id, portfolioId],
    );
    const { turn, idle } = deliverer(delivering({ each: 20 }));
    await turn(new Date());
    await idle();
    expect(sink.taken.map((call) => saidIn(call).type).sort()).toEqual(["commitment.create", "webhook.test"]);
    for (const call of sink.taken) expect(saidIn(call).data.portfolio).toBe(portfolioId);
  });
});

test("a new key signs beside the old one for a day; then the old one is nothing any more", async () => {
  const { id, version, secret: old } = await add();
  const { secret } = await rollSecret(manager, { id, version });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await testWebhook(manager, { id });
  await send();
  const [call] = sink.taken;
  if (!call) throw new Error("nothing came");
  expect([isSigned(call, secret), isSigned(call, old)]).toEqual([true, true]);
  await testWebhook(manager, { id });
  await send(later(25 * hour));
  const [, second] = sink.taken;
  if (!second) throw new Error("nothing came");
  expect([isSigned(second, secret), isSigned(second, old)]).toEqual([true, false]);
});

test("the key is nowhere but in its seal, and the history has none of it", async () => {
  const { id, version, secret } = await add();
  await rollSecret(manager, { id, version });
  const key = Buffer.from(secret.slice(6), "base64").toString("hex");
  const rows = await query<{ all: string }>(
    owner(),
    "SELECT w::text || encode(w.sealed, 'hex') AS all FROM webhook w UNION ALL SELECT e::text FROM audit_event e",
  );
  for (const { all } of rows) {
    expect(all).not.toContain(key);
    expect(all).not.toContain(secret.slice(6));
  }
  expect(JSON.stringify(await listWebhooks(manager, portfolioId))).not.toContain("sealed");
  // Another installation's secret does not open it.
  const before = process.env.KEPT_SECRET;
  await testWebhook(manager, { id });
  process.env.KEPT_SECRET = "quite another secret of the tests";
  try {
    await send();
  } finally {
    process.env.KEPT_SECRET = before;
  }
  expect(await log(id)).toMatchObject([{ state: "waiting", error: "webhooks.failure.secret" }]);
  expect(sink.taken).toHaveLength(0);
});

test("a claim that came to nothing is taken over after its lease, and who comes back late has no say", async () => {
  const { id } = await add();
  await addRecord();
  await enqueue();
  const claim = () => claimDeliveries(worker, { most: 5, each: 5, leaseSeconds: 1 });
  const [first] = await claim();
  expect(await claim()).toEqual([]);
  await query(owner(), "UPDATE webhook_delivery SET leased_until = now() - interval '1 second'");
  const [second] = await claim();
  expect(second).toMatchObject({ id: first?.id, fence: (first?.fence ?? 0) + 1 });
  const { settleDelivery } = await import("#lib/webhooks/queue.ts");
  const tried = { status: 200, duration: 1, answer: "", error: null };
  const settled = (fence: number | undefined) =>
    settleDelivery(worker, { id: first?.id, fence, next: { state: "delivered" }, hold: 0, tried });
  expect(await settled(first?.fence)).toBe(false);
  expect(await settled(second?.fence)).toBe(true);
  expect(await log(id)).toMatchObject([{ state: "delivered", attempts: 1 }]);
});

describe("who may", () => {
  test("keep webhooks: managers, and of what is not theirs there is nothing", async () => {
    const { id, version } = await add();
    for (const role of ["viewer", "editor"] as const) {
      const actor = await addActor(role);
      await expect(listWebhooks(actor, portfolioId)).rejects.toThrow(Forbidden);
      await expect(getWebhook(actor, portfolioId, id)).rejects.toThrow(Forbidden);
      await expect(listDeliveries(actor, portfolioId, id, deliveryFilter.parse({}))).rejects.toThrow(Forbidden);
      const input = { portfolioId, url: sink.url, description: "", kinds: [] };
      await expect(createWebhook(actor, input)).rejects.toThrow(Forbidden);
      for (const act of [testWebhook, redeliverParked]) await expect(act(actor, { id })).rejects.toThrow(NotFound);
      for (const act of [rollSecret, deleteWebhook])
        await expect(act(actor, { id, version })).rejects.toThrow(NotFound);
      await expect(switchWebhook(actor, { id, version, active: false })).rejects.toThrow(NotFound);
    }
    expect(await getWebhook(manager, "other-register", id)).toBeNull();
    expect((await listDeliveries(manager, "other-register", id, deliveryFilter.parse({}))).deliveries).toEqual([]);
    for (const act of [enqueueDeliveries, clearDeliveries]) await expect(act(manager, {})).rejects.toThrow(Forbidden);
  });

  test.each([
    ["http://example.org/", "webhooks.errors.notHttps"],
    ["https://127.0.0.1/", "webhooks.errors.ownNetwork"],
    ["https://0x7f.1/", "webhooks.errors.ownNetwork"],
    ["https://[::ffff:169.254.169.254]/", "webhooks.errors.ownNetwork"],
    ["https://user@example.org/", "webhooks.errors.credentials"],
    ["https://example.org/#part", "webhooks.errors.fragment"],
    ["nothing", "webhooks.errors.notAddress"],
    ["", "errors.text.empty"],
  ])("%s is refused as an address", async (url, key) => {
    const refused = await add({ url }).catch((error) => error);
    expect(refused).toBeInstanceOf(InvalidInput);
    expect(refused.fields.url[0]).toBe(key);
  });

  test("every change is in the history, and a stale one is a conflict", async () => {
    const { id, version } = await add();
    const wanted = { url: sink.url, description: "For the archive", kinds: ["report", "commitment"] };
    await updateWebhook(manager, { id, version, ...wanted });
    expect(await shown(id)).toMatchObject({
      description: "For the archive",
      kinds: ["commitment", "report"],
      version: 2,
    });
    expect(await updateWebhook(manager, { id, version: 2, ...wanted })).toEqual({ id, version: 2 });
    await expect(updateWebhook(manager, { id, version, ...wanted })).rejects.toThrow(Conflict);
    await switchWebhook(manager, { id, version: 2, active: false });
    await rollSecret(manager, { id, version: 3 });
    await deleteWebhook(manager, { id, version: 4 });
    const verbs = (await historyOf(id)).map(({ verb, actorId }) => [verb, actorId]);
    expect(verbs).toEqual(
      ["create", "update", "switch", "roll", "delete"].map((verb) => [`webhook.${verb}`, manager.id]),
    );
    expect(await listWebhooks(manager, portfolioId)).toEqual([]);
  });
});

test("the log is paged, and cleared of what arrived long ago", async () => {
  const { id } = await add();
  await query(
    owner(),
    "INSERT INTO webhook_delivery (id, webhook_id, state, created_at) SELECT gen_random_uuid(), $1, 'delivered', now() - (i * interval '1 day' - interval '1 hour') FROM generate_series(1, 60) i",
    [id],
  );
  const first = await listDeliveries(manager, portfolioId, id, deliveryFilter.parse({}));
  const second = await listDeliveries(manager, portfolioId, id, deliveryFilter.parse({ after: first.next }));
  expect([first.deliveries.length, second.deliveries.length, second.next]).toEqual([50, 10, null]);
  expect(new Set([...first.deliveries, ...second.deliveries].map((one) => one.id)).size).toBe(60);
  expect(await clearDeliveries(worker, {})).toBe(30);
});
