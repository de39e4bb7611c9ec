import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { systemActor } from "#lib/actor.ts";
import { sealEvents } from "#lib/audit/seal.ts";
import { eventFilter, eventsPage, getSearchable, searchEvents } from "#lib/audit/search.ts";
import { Forbidden } from "#lib/errors.ts";
import messages from "#lib/i18n/messages/en/audit.json" with { type: "json" };
import { testDatabase } from "#tests/support/database.ts";
import { everything } from "#tests/support/everything.ts";
import { addActor } from "../people/factory.ts";

testDatabase({ catalogue: true });

const admin = systemActor("test");
const found = (query: Record<string, string> = {}) => searchEvents(admin, eventFilter.parse(query));

describe("searching the history", () => {
  it("is for administrators alone", async () => {
    for (const role of ["viewer", "editor", "manager"] as const) {
      const { actor } = await addActor(role);
      await expect(searchEvents(actor, eventFilter.parse({})), role).rejects.toBeInstanceOf(Forbidden);
      await expect(getSearchable(actor), role).rejects.toBeInstanceOf(Forbidden);
    }
  });

  it("shows every event once, newest first, a page at a time", async () => {
    const [count] = await everything<{ count: number }[]>`SELECT count(*)::int AS count FROM audit_event`;
    const ids: number[] = [];
    for (let after: number | null = null; ; ) {
      const { events, next } = await found(after === null ? {} : { after: String(after) });
      expect(events.length).toBeLessThanOrEqual(eventsPage);
      ids.push(...events.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(ids.length).toBe(count?.count);
  });

  it("narrows to a verb, a doer, a record by its reference, and days", async () => {
    const { events } = await found({ q: "vl-001" });
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set(["VL-001"]));
    expect((await found({ verb: "sector.record" })).events.every(({ verb }) => verb === "sector.record")).toBe(true);
    expect((await found({ actor: "system" })).events.length).toBe(eventsPage);
    expect((await found({ actor: "00000000-0000-4000-8000-000000000000" })).events).toEqual([]);
    expect((await found({ to: "2000-01-01" })).events).toEqual([]);
    expect((await found({ from: "2000-01-01" })).events.length).toBe(eventsPage);
  });

  it("leaves out what does not fit, whatever it is", async () => {
    const all = (await found()).events[0]?.id;
    for (const bad of ["x".repeat(500), "\0", "2026-13-01", "-1", "1e99", "__proto__", "' OR 1=1"]) {
      const { events } = await found({ actor: bad, verb: bad, from: bad, to: bad, after: bad });
      expect(events[0]?.id, bad).toBe(all);
      await found({ q: bad });
    }
  });

  it("knows which verbs there are and how far the chain has come", async () => {
    await sealEvents(admin, {});
    const { verbs, sealed, hash } = await getSearchable(admin);
    const there = await everything<{ verb: string }[]>`SELECT DISTINCT verb FROM audit_event ORDER BY verb`;
    expect(verbs).toEqual(there.map(({ verb }) => verb).sort());
    expect(sealed).toBeGreaterThan(100);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

/** What the worker and readers do without a trace in the history. */
const silent =
  /^(audit|job|identity\.(setOut|comeBack|use)|letter\.(claim|compose|gather|settle|clearFiles)|inbox|reminders|mute|watch|api\.|task\.(claim|progress|store|settle|clear)|session\.(clearAway|ask)|factor\.begin|import\.(map|tick|reserve|clear)|schedule\.(send|failed|try)|webhook\.(enqueue|claim|settle|return|clear))/;

describe("the words for what happens", () => {
  it("exist for every verb that writes history", () => {
    const sources = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const verbs = sources.flatMap((file) => {
      const text = readFileSync(path.join("lib", file), "utf8");
      const named = [...text.matchAll(/verb: "([a-zA-Z]+\.[a-zA-Z]+)"/g)].map(([, verb]) => verb ?? "");
      const edits = [...text.matchAll(/= edit\(\s*"([a-zA-Z]+)"/g)].map(([, verb]) => `commitment.${verb}`);
      const revised = [...text.matchAll(/^\s*"((?:source|meeting|indicator|party|place)\.[a-zA-Z]+)",$/gm)];
      return [...named, ...edits, ...revised.map(([, verb]) => verb ?? "")];
    });
    expect(verbs.length).toBeGreaterThan(80);
    const words: Record<string, Record<string, string>> = messages.verb;
    const missing = verbs.filter((verb) => {
      const [noun = "", act = ""] = verb.split(".");
      return !silent.test(verb) && !words[noun]?.[act];
    });
    expect(missing).toEqual([]);
  });
});
