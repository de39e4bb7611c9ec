import { describe, expect, test } from "vitest";

import { RuleBroken } from "#lib/errors.ts";
import { redeliver, redeliverParked, switchWebhook, testWebhook } from "#lib/webhooks/commands.ts";
import { deliverer } from "#lib/webhooks/delivering.ts";
import { pausedWebhooks } from "#lib/webhooks/queries.ts";
import { waitAsked } from "#lib/webhooks/rules.ts";
import { addActor, addRecord, historyOf, portfolioId } from "#tests/lib/commitments/register.ts";
import {
  add,
  delivering,
  enqueue,
  hour,
  later,
  log,
  manager,
  minute,
  owner,
  saidIn,
  send,
  shown,
  sink,
  webhooksWorld,
} from "#tests/lib/webhooks/world.ts";
import { testDatabase } from "#tests/support/database.ts";
import { startHookSink, takes } from "#tests/support/hook-sink.ts";
import { query } from "#tests/support/people.ts";

/** Addresses that do not take what is sent: asked again, given up, switched off, and asked once more. */

testDatabase();
webhooksWorld();

describe("an address that fails", () => {
  test("is asked again with the same id and body, later and later, and given up after eight tries", async () => {
    const { id } = await add();
    await addRecord();
    await enqueue();
    sink.answer = (_call, answer) => void answer.writeHead(503).end("<b>not now</b>");
    let now = new Date();
    for (let tries = 1; tries <= 8; tries++) {
      await send(now);
      expect(sink.taken).toHaveLength(tries);
      // Not before its time.
      await send(new Date(now.getTime() + 5000));
      expect(sink.taken).toHaveLength(tries);
      now = new Date(now.getTime() + 17 * hour);
      if (tries === 3) await switchOnAgain(id);
    }
    expect(new Set(sink.taken.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(sink.taken.map(({ body }) => body)).size).toBe(1);
    expect(new Set(sink.taken.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(8);
    expect(await log(id, "parked")).toMatchObject([
      {
        attempts: 8,
        status: 503,
        answer: "<b>not now</b>",
        error: "webhooks.failure.status",
        reference: expect.any(String),
      },
    ]);
  });

  test("that asks for time is given it, up to a day", async () => {
    const { id } = await add();
    await addRecord();
    await addRecord();
    await enqueue();
    sink.answer = (_call, answer) => void answer.writeHead(429, { "retry-after": "7200" }).end();
    const now = new Date();
    await send(now);
    const asked = sink.taken.length;
    // The other one may have been on its way already.
    expect(asked).toBeLessThanOrEqual(2);
    await send(new Date(now.getTime() + 1.9 * hour));
    expect(sink.taken).toHaveLength(asked);
    sink.answer = takes;
    await send(new Date(now.getTime() + 2.1 * hour));
    expect(await log(id, "delivered")).toHaveLength(2);
  });

  test.each([
    [undefined, 0],
    ["", 0],
    ["soon", 0],
    ["-5", 0],
    ["0", 0],
    ["120", 2 * minute],
    ["Sat, 21 Nov 2026 00:00:30 GMT", minute / 2],
    ["Fri, 20 Nov 2026 00:00:00 GMT", 0],
    ["9".repeat(400), 24 * hour],
    ["Sat, 21 Nov 2099 00:00:00 GMT", 24 * hour],
  ])("asks for time with %j", (asked, wait) => {
    expect(waitAsked(asked, new Date("2026-11-21T00:00:00Z"))).toBe(wait);
  });

  /** As if its failures had only begun: not what these tests are about. */
  const switchOnAgain = (id: string) =>
    query(owner(), "UPDATE webhook SET failing_since = now() + interval '10 days' WHERE id = $1", [id]);

  test("gets everything when it answers again, and one that was given up when somebody asks", async () => {
    const { id } = await add();
    await addRecord();
    await addRecord();
    await enqueue();
    sink.answer = (_call, answer) => void answer.writeHead(500).end();
    await send();
    // Only one is tried while it fails.
    expect(sink.taken.length).toBeLessThanOrEqual(2);
    expect((await shown(id)).failingSince).not.toBeNull();
    sink.answer = takes;
    await send(later(2 * minute));
    await send(later(20 * minute));
    expect(await log(id, "delivered")).toHaveLength(2);
    expect((await shown(id)).failingSince).toBeNull();

    await query(owner(), "UPDATE webhook_delivery SET state = 'parked', attempts = 8");
    sink.taken.length = 0;
    const [first, second] = await log(id);
    await redeliver(manager, { id: first?.id });
    await send(later(0));
    expect(sink.taken.map(({ headers }) => headers["webhook-id"])).toEqual([first?.id]);
    await redeliverParked(manager, { id });
    await send(later(0));
    expect(sink.taken.map(({ headers }) => headers["webhook-id"])).toEqual([first?.id, second?.id]);
    await expect(redeliverParked(manager, { id })).rejects.toThrow(RuleBroken);
  });

  test("holds up nobody else's", async () => {
    const other = await startHookSink();
    try {
      const slow = await add({ url: other.url });
      other.answer = () => {};
      const { id } = await add();
      for (let at = 0; at < 10; at++) await addRecord();
      await enqueue();
      const { turn, idle } = deliverer(delivering({ leaseSeconds: 4 }));
      while ((await log(id, "delivered")).length < 10) await turn(new Date());
      expect(await log(slow.id, "delivered")).toHaveLength(0);
      expect(other.taken.length).toBeLessThanOrEqual(4);
      await idle();
      expect(await log(slow.id)).toMatchObject(
        expect.arrayContaining([expect.objectContaining({ error: "webhooks.failure.timeout", status: null })]),
      );
    } finally {
      await other.close();
    }
  });

  test("for days is switched off, with a word in the app and in the history; what was missed can be sent after all", async () => {
    const { id, version } = await add();
    await addRecord();
    await enqueue();
    sink.answer = (_call, answer) => void answer.writeHead(500).end();
    await send();
    await send(later(4 * 24 * hour));
    expect(await shown(id)).toMatchObject({ active: false, pausedFor: "failing", version: version + 1 });
    expect(await pausedWebhooks(manager, portfolioId)).toMatchObject([{ id }]);
    expect(await pausedWebhooks(await addActor("editor"), portfolioId)).toEqual([]);
    expect((await historyOf(id)).at(-1)).toMatchObject({ verb: "webhook.pause", changes: { active: [true, false] } });
    const [waiting] = await log(id);
    await expect(redeliver(manager, { id: waiting?.id })).rejects.toThrow("webhooks.errors.off");

    sink.answer = takes;
    sink.taken.length = 0;
    await addRecord();
    await enqueue();
    await send(later(5 * 24 * hour));
    expect(sink.taken).toHaveLength(0);
    await switchWebhook(manager, { id, version: version + 1, active: true });
    await enqueue();
    await send(later(6 * 24 * hour));
    expect(sink.taken).toHaveLength(2);
    expect(await pausedWebhooks(manager, portfolioId)).toEqual([]);
  });

  test("switched on afresh, it gets what comes from then on", async () => {
    const { id, version } = await add();
    await switchWebhook(manager, { id, version, active: false });
    await addRecord();
    await switchWebhook(manager, { id, version: version + 1, active: true, missed: false });
    const { reference } = await addRecord();
    await enqueue();
    await send();
    expect(sink.taken.map((call) => saidIn(call).data.subject.reference)).toEqual([reference]);
  });

  test("that says it is gone is switched off at once", async () => {
    const { id } = await add();
    await addRecord();
    await enqueue();
    sink.answer = (_call, answer) => void answer.writeHead(410).end();
    await send();
    expect(await shown(id)).toMatchObject({ active: false, pausedFor: "gone", parked: 1 });
  });

  test("and a test of it say nothing of each other, and a test goes also where it is switched off", async () => {
    const { id, version } = await add();
    await switchWebhook(manager, { id, version, active: false });
    sink.answer = (_call, answer) => void answer.writeHead(500).end();
    await testWebhook(manager, { id });
    await expect(testWebhook(manager, { id })).rejects.toThrow("webhooks.errors.testing");
    await send();
    expect(sink.taken).toHaveLength(1);
    expect(await shown(id)).toMatchObject({ failingSince: null, pausedFor: null });
  });
});
