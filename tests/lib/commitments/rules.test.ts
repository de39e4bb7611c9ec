import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  completionTransitions,
  confidenceIsStale,
  daysUntil,
  isStale,
  mayMove,
  mayReport,
  rankOf,
  type Schedule,
  scheduleOf,
  wouldCycle,
} from "#lib/commitments/rules.ts";
import { addDays, daysBetween } from "#lib/dates.ts";
import type { Completion, Lifecycle, Strength } from "#prisma/generated/enums.ts";

const completions: Completion[] = [
  "not_reported",
  "not_started",
  "limited",
  "substantial",
  "complete",
  "withdrawn",
  "superseded",
];
const lifecycles: (Lifecycle | null)[] = [
  null,
  "unknown",
  "announced",
  "signed",
  "in_effect",
  "expired",
  "suspended",
  "terminated",
  "superseded",
];
const strengths: Strength[] = ["obligation", "pledge", "aspiration", "description"];

const today = "2026-11-21";
const anyDay = fc.integer({ min: -2000, max: 2000 }).map((days) => addDays(today, days));
const anyEdge = fc.constantFrom("0001-01-01", "9999-12-31");
const anyState = fc.record({
  completion: fc.constantFrom(...completions),
  lifecycle: fc.constantFrom(...lifecycles),
  latest: fc.option(fc.oneof({ weight: 9, arbitrary: anyDay }, anyEdge)),
});
const open = { completion: "not_reported", lifecycle: null } as const;

describe("scheduleOf", () => {
  test.each([
    [null, "undated"],
    ["2026-11-20", "overdue"],
    ["2026-11-21", "due_soon"],
    ["2026-12-21", "due_soon"],
    ["2026-12-22", "upcoming"],
    ["2026-12-31", "upcoming"],
  ] as const)("with the latest day %s, on 21 November 2026: %s", (latest, schedule) => {
    expect(scheduleOf({ ...open, latest }, today)).toBe(schedule);
  });

  test("a year is overdue only when it is over", () => {
    expect(scheduleOf({ ...open, latest: "2026-12-31" }, "2026-12-31")).toBe("due_soon");
    expect(scheduleOf({ ...open, latest: "2026-12-31" }, "2027-01-01")).toBe("overdue");
  });

  test("what is complete is done, late or not, and whatever became of its instrument", () => {
    for (const lifecycle of lifecycles) {
      expect(scheduleOf({ completion: "complete", lifecycle, latest: "2020-01-01" }, today)).toBe("done");
      expect(scheduleOf({ completion: "complete", lifecycle, latest: null }, today)).toBe("done");
    }
  });

  test.each([
    ["withdrawn", null],
    ["superseded", "in_effect"],
    ["limited", "expired"],
    ["not_reported", "terminated"],
    ["substantial", "superseded"],
  ] as const)("%s with lifecycle %s is ended", (completion, lifecycle) => {
    expect(scheduleOf({ completion, lifecycle, latest: "2020-01-01" }, today)).toBe("ended");
  });

  test.each(["unknown", "announced", "signed", "in_effect", "suspended", null] as const)(
    "lifecycle %s does not end anything: a planned end that has passed is overdue",
    (lifecycle) => {
      expect(scheduleOf({ completion: "limited", lifecycle, latest: "2025-12-31" }, today)).toBe("overdue");
    },
  );

  // The condition of each schedule on the columns `rank` and `due`, as lists filter by it in SQL.
  const infinity = "infinity";
  function scheduleBySql(rank: number, due: string): Schedule {
    if (rank === 1) return "done";
    if (rank === 2) return "ended";
    if (due === infinity) return "undated";
    if (due < today) return "overdue";
    if (due <= addDays(today, 30)) return "due_soon";
    return "upcoming";
  }

  function rankBySql(completion: Completion, lifecycle: Lifecycle | null): number {
    if (completion === "complete") return 1;
    if (["withdrawn", "superseded"].includes(completion)) return 2;
    if (["expired", "terminated", "superseded"].includes(lifecycle ?? "")) return 2;
    return 0;
  }

  test("is total, and the same as by rank and due", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(rankOf(state)).toBe(rankBySql(state.completion, state.lifecycle));
        expect(scheduleOf(state, today)).toBe(scheduleBySql(rankOf(state), state.latest ?? infinity));
      }),
      { numRuns: 1000 },
    );
  });

  test("only moves on as days go by", () => {
    const order: Schedule[] = ["upcoming", "due_soon", "overdue"];
    fc.assert(
      fc.property(anyState, anyDay, fc.nat(1000), (state, day, later) => {
        const before = scheduleOf(state, day);
        const after = scheduleOf(state, addDays(day, later));
        if (order.includes(before)) expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
        else expect(after).toBe(before);
      }),
    );
  });

  test("a longer lead makes nothing less urgent", () => {
    fc.assert(
      fc.property(anyState, fc.nat(200), fc.nat(200), (state, days, more) => {
        const before = scheduleOf(state, today, days);
        const after = scheduleOf(state, today, days + more);
        expect(after === before || (before === "upcoming" && after === "due_soon")).toBe(true);
      }),
    );
  });
});

test("daysUntil counts to the latest day, and below nought after it", () => {
  expect(daysUntil("2026-12-31", today)).toBe(40);
  expect(daysUntil(today, today)).toBe(0);
  expect(daysUntil("2026-11-01", today)).toBe(-20);
  expect(daysUntil(null, today)).toBeNull();
});

describe("what may follow what", () => {
  const scale: Completion[] = ["not_started", "limited", "substantial", "complete"];

  test("progress is reported freely on the scale, never back to not reported, nor on what was closed", () => {
    for (const from of completions) {
      for (const to of completions) {
        expect(mayReport(from, to)).toBe((from === "not_reported" || scale.includes(from)) && scale.includes(to));
      }
    }
  });

  test("only reopening leads out of withdrawn and superseded, and then nobody has said yet", () => {
    const verbs = Object.keys(completionTransitions) as (keyof typeof completionTransitions)[];
    for (const verb of verbs) {
      for (const from of ["withdrawn", "superseded"] as const) {
        for (const to of completions) {
          expect(mayMove(verb, from, to)).toBe(verb === "reopen" && to === "not_reported");
        }
      }
    }
    expect(mayMove("reopen", "complete", "not_reported")).toBe(false);
    expect(mayMove("reopen", "limited", "not_reported")).toBe(false);
    expect(mayMove("withdraw", "not_reported", "withdrawn")).toBe(true);
    expect(mayMove("withdraw", "complete", "superseded")).toBe(false);
  });

  test("no report leads back to not reported", () => {
    const { reopen: _reopen, ...others } = completionTransitions;
    for (const { to } of Object.values(others)) {
      expect((to as readonly Completion[]).includes("not_reported")).toBe(false);
    }
  });
});

describe("staleness", () => {
  const pledge = { reportedOn: null, createdOn: "2026-01-01", completion: "limited", strength: "pledge" } as const;

  test("begins on the day after the sixtieth without a report", () => {
    expect(isStale({ ...pledge, reportedOn: "2026-09-22" }, today)).toBe(false);
    expect(isStale({ ...pledge, reportedOn: "2026-09-21" }, today)).toBe(true);
    expect(isStale({ ...pledge, reportedOn: "2026-11-20" }, today, 1)).toBe(false);
    expect(isStale({ ...pledge, reportedOn: "2026-11-19" }, today, 1)).toBe(true);
  });

  test("counts from the first day in the register if nobody ever reported", () => {
    expect(isStale(pledge, today)).toBe(true);
    expect(isStale({ ...pledge, createdOn: "2026-11-01" }, today)).toBe(false);
  });

  test("is owed only on open obligations and pledges", () => {
    for (const strength of strengths) {
      for (const completion of completions) {
        for (const lifecycle of lifecycles) {
          const owed =
            (strength === "obligation" || strength === "pledge") &&
            ["upcoming", "due_soon", "overdue", "undated"].includes(
              scheduleOf({ completion, lifecycle, latest: null }, today),
            );
          expect(isStale({ ...pledge, strength, completion, lifecycle }, today)).toBe(owed);
        }
      }
    }
  });

  test("a report from a later day is not stale", () => {
    fc.assert(
      fc.property(anyDay, (reportedOn) => {
        expect(isStale({ ...pledge, reportedOn }, today)).toBe(daysBetween(reportedOn, today) > 60);
      }),
    );
  });

  test("an outlook goes stale with time; none is not stale", () => {
    expect(confidenceIsStale({ confidenceOn: "2026-09-22" }, today)).toBe(false);
    expect(confidenceIsStale({ confidenceOn: "2026-09-21" }, today)).toBe(true);
    expect(confidenceIsStale({ confidenceOn: null }, today)).toBe(false);
  });
});

describe("wouldCycle", () => {
  const parents = new Map([
    ["hospital", "plan"],
    ["plan", "agreement"],
    ["ring-a", "ring-b"],
    ["ring-b", "ring-a"],
  ]);
  const parentOf = (id: string) => parents.get(id) ?? null;

  test.each([
    ["plan", "plan", true],
    ["plan", "hospital", true],
    ["agreement", "hospital", true],
    ["hospital", "agreement", false],
    ["road", "hospital", false],
    ["hospital", "road", false],
    ["road", "ring-a", false],
    ["ring-a", "ring-b", true],
  ])("%s under %s: %s", (id, parentId, cycle) => {
    expect(wouldCycle(id, parentId, parentOf)).toBe(cycle);
  });

  test("accepting only what makes no circle keeps every walk upwards as short as there are records", () => {
    const anyMove = fc.tuple(fc.nat(12), fc.nat(12)).map(([id, parent]) => [`${id}`, `${parent}`] as const);
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
        const above = new Map<string, string>();
        for (const [id, parent] of moves) {
          if (!wouldCycle(id, parent, (at) => above.get(at) ?? null)) above.set(id, parent);
        }
        for (const id of above.keys()) {
          let steps = 0;
          for (let at: string | undefined = id; at !== undefined && steps <= 14; at = above.get(at)) steps += 1;
          expect(steps).toBeLessThanOrEqual(13);
        }
      }),
    );
  });

  test("and refuses nothing else: what it calls a circle is one", () => {
    const anyTree = fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(anyTree, fc.nat(), fc.nat(), (picks, a, b) => {
        // Each record stands under an earlier one, the first under none: ancestors by construction.
        const above = picks.map((pick, index) => (index === 0 ? null : pick % index));
        const ancestors: Set<number>[] = [];
        for (const [index, parent] of above.entries()) {
          ancestors.push(new Set([index, ...(parent === null ? [] : (ancestors[parent] ?? []))]));
        }
        const [id, parent] = [a % picks.length, b % picks.length];
        const parentOfNumber = (at: string) => {
          const up = above[Number(at)] ?? null;
          return up === null ? null : `${up}`;
        };
        expect(wouldCycle(`${id}`, `${parent}`, parentOfNumber)).toBe(ancestors[parent]?.has(id));
      }),
    );
  });
});
