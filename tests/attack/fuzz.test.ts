import { Agent, request } from "node:http";
import fc from "fast-check";
import { expect, test } from "vitest";
import { operations } from "#lib/api/operations.ts";
import { join } from "#tests/support/people.ts";
import type { Role } from "#tests/support/routes.ts";
import { inputOf } from "./commands.ts";
import { knownOf } from "./known.ts";
import { requestsOver, type Sent } from "./requests.ts";
import { actingRoutes } from "./routes.ts";
import { underAttack } from "./under-attack.ts";

/**
 * Generated requests over all pages, routes, actions and operations of the API: none is answered by a failure of ours, none
 * takes two seconds. KEPT_FUZZ says how many (20,000 otherwise), KEPT_FUZZ_SEED from where. What stands against it:
 * `isDecodable` and the 400 of calls that cannot be read (lib/start/server.ts), `isAway` and `isGone` (lib/errors.ts), the
 * refinement of any cursor, day or id in a query string.
 */

const inputs = Number(process.env.KEPT_FUZZ ?? 20_000);
const seed = Number(process.env.KEPT_FUZZ_SEED ?? 20_261_122);
/** So many at a time, and milliseconds for each of them alone. */
const [together, patience] = [12, 2_000];

const app = underAttack({ env: { KEPT_API_RATE: "1000000" } });
const agent = new Agent({ keepAlive: true, maxSockets: together });

type Answer = { status: number; took: number; failed: boolean };

function ask({ method, path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const before = performance.now();
    const { hostname, port } = new URL(app.url());
    const asked = request({ hostname, port, agent, method, path, headers, timeout: 30_000 }, (answer) => {
      const chunks: Buffer[] = [];
      const done = () => {
        const text = Buffer.concat(chunks).toString("latin1");
        const status = answer.statusCode ?? 0;
        // An action's own failure is in its answer.
        const failed = status >= 500 || (headers["next-action"] !== undefined && /"status":50[0-24-9]/.test(text));
        resolve({ status, took: performance.now() - before, failed });
      };
      // A stream of news never ends by itself.
      if (answer.headers["content-type"]?.startsWith("text/event-stream")) return answer.once("close", done).destroy();
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.once("end", done);
      answer.once("aborted", done);
    });
    asked.once("timeout", () => asked.destroy(new Error("no answer within 30 s")));
    asked.once("error", reject);
    asked.end(body);
  });
}

test(
  `${inputs.toLocaleString("en")} requests: no failure of ours, and no answer after more than two seconds`,
  async () => {
    const actions = await Promise.all(app.actions().map(async (action) => ({ action, input: await inputOf(action) })));
    const { admin, manager, editor, viewer } = app.people;
    const paths = await actingRoutes(app);
    const requests = requestsOver({
      url: app.url(),
      paths,
      actions,
      known: await knownOf(app),
      cookies: [admin.cookie, manager.cookie, manager.cookie, editor.cookie, viewer.cookie, "", "kept=forged"],
      token: admin.token,
    });
    const statuses = new Map<number, number>();
    const asked = new Map<string, number>();
    const wrong: string[] = [];
    const again: Sent[] = [];
    let lost = 0;
    const take = async (sent: Sent, alone = false) => {
      const said = JSON.stringify(sent).slice(0, 700);
      try {
        const { status, took, failed } = await ask(sent);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        asked.set(sent.about, (asked.get(sent.about) ?? 0) + 1);
        // The others may have been in its way, or before the database: it is asked once more, by itself.
        const crowded = took > patience || status === 503;
        if (crowded && !alone) again.push(sent);
        else if (failed || crowded) wrong.push(`${status} in ${Math.round(took)} ms ${said}`);
      } catch (error) {
        lost++;
        // What Node's own parser refuses is cut off with 400 before there is an answer to read.
        if (!/ECONNRESET|EPIPE|socket hang up|Parse Error|Invalid character|Unescaped/.test(String(error)))
          wrong.push(`${error} ${said}`);
      }
    };
    const size = 1000;
    for (let batch = 0; batch * size < inputs && wrong.length < 20; batch++) {
      const sample = fc.sample(requests, { seed: seed + batch, numRuns: Math.min(size, inputs - batch * size) });
      await Promise.all(
        Array.from({ length: together }, async (_, lane) => {
          for (let index = lane; index < sample.length; index += together) await take(sample[index] as Sent);
        }),
      );
      for (const sent of again.splice(0)) await take(sent, true);
      await app.forgetTries();
      // Some of them sign people out, or disable them; the next ones should get somewhere, too.
      await revive([admin, manager, editor, viewer]);
      if (batch % 100 === 99) console.log(`${(batch + 1) * size}: ${JSON.stringify([...statuses].sort())}`);
    }
    agent.destroy();
    console.log(`Fuzzing: ${inputs} requests, statuses ${JSON.stringify(Object.fromEntries([...statuses].sort()))}`);
    const logged = app
      .output()
      .split("\n")
      .filter((line) => wrong.length > 0 && /"level":"(?:error|fatal)"/.test(line));
    expect(wrong, logged.slice(0, 20).join("\n")).toEqual([]);
    expect(lost / inputs).toBeLessThan(0.05);
    // Most of them get to where something is done with them, and there is nothing that none was for.
    expect((statuses.get(200) ?? 0) / inputs).toBeGreaterThan(0.25);
    const surface = [
      ...paths,
      ...actions.map(({ action }) => `action ${action.name}`),
      ...Object.keys(operations).map((name) => `operation ${name}`),
    ];
    if (inputs >= 20_000) expect(surface.filter((each) => !asked.has(each))).toEqual([]);
  },
  Math.max(900_000, inputs * 60),
);

async function revive(people: { id: string; role: string; cookie: string }[]): Promise<void> {
  const { hashSecret } = await import("#lib/actor.ts");
  for (const { id, role, cookie } of people) {
    await app.sql("UPDATE person SET disabled_at = NULL, admin = $2 WHERE id = $1", [id, role === "admin"]);
    await join(app.ownerUrl(), id, role as Role);
    await app.sql(
      `INSERT INTO session (id, token_hash, person_id, expires_at) VALUES (gen_random_uuid(), $1, $2, now() + interval '1 day')
        ON CONFLICT (token_hash) DO UPDATE SET last_seen_at = now()`,
      [hashSecret(cookie.slice(5)), id],
    );
  }
}
