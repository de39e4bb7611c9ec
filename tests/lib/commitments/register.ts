import { randomUUID } from "node:crypto";
import { type Actor, bearerOf, systemActor } from "#lib/actor.ts";
import { createCommitment } from "#lib/commitments/creating.ts";
import { recordIndicator } from "#lib/indicators/commands.ts";
import { recordMeeting } from "#lib/meetings/commands.ts";
import { recordParty, recordPlace, recordSector } from "#lib/parties/commands.ts";
import { recordPortfolio } from "#lib/portfolios/commands.ts";
import { recordSource } from "#lib/sources/commands.ts";
import type { Role } from "#prisma/generated/enums.ts";
import { everything } from "#tests/support/everything.ts";
import { signedIn } from "#tests/support/people.ts";

/** A small register of its own, made by the commands, and people to work on it. */

export const system = systemActor("test");
export const portfolioId = "test-register";

export const text = (en: string) => ({ en, vi: `${en} (vi)`, lo: `${en} (lo)` });

/** What records of the register can refer to; `elsewhere` is in another portfolio. */
export type Register = {
  source: string;
  meeting: string;
  indicator: string;
  elsewhere: { source: string; meeting: string; indicator: string };
};

export async function makeRegister(): Promise<Register> {
  await recordSector(system, { id: "health", name: text("Health"), dac: ["12110"], position: 1 });
  await recordSector(system, { id: "trade", name: text("Trade"), dac: [], position: 2 });
  for (const [id, side] of [
    ["viet-nam", "vn"],
    ["laos", "la"],
  ] as const) {
    await recordParty(system, { id, kind: "state", name: text(id), aliases: [], parentId: null, iso: null, side });
  }
  await recordPlace(system, { id: "attapeu", name: text("Attapeu"), aliases: [], iso: "LA-AT", country: "la" });
  const here = await furnish(portfolioId, "TST");
  return { ...here, elsewhere: await furnish("other-register", "OTH") };
}

async function furnish(id: string, prefix: string) {
  await recordPortfolio(system, { id, name: text(id), prefix });
  const common = { portfolioId: id, inferred: null };
  const { id: source } = await recordSource(system, {
    ...common,
    key: "paper",
    title: null,
    label: text("A paper"),
    publisher: null,
    dateEdtf: "2025-12-02",
    language: "en",
    kind: "press",
    paragraphs: 10,
    silent: [],
    errata: [],
  });
  const { id: meeting } = await recordMeeting(system, {
    ...common,
    key: "congress",
    kind: "congress",
    name: text("The congress"),
    statement: text("It meets."),
    phrase: "in 2026",
    edtf: "2026",
    placeId: null,
    partyIds: ["laos"],
    citations: [],
  });
  const { id: indicator } = await recordIndicator(system, {
    portfolioId: id,
    key: "trade",
    name: text("Trade"),
    unit: "USD",
    direction: "increase",
    observations: [],
  });
  return { source, meeting, indicator };
}

export const newRecord = {
  portfolioId,
  form: "pledge",
  kind: "deliverable",
  strength: "pledge",
  sectorId: "health",
  title: text("A hospital for Attapeu"),
  statement: text("A hospital is to be built."),
  draftLocales: ["vi", "lo"],
};

/** A record, version 1. */
export const addRecord = (over: Record<string, unknown> = {}) => createCommitment(system, { ...newRecord, ...over });

/** Somebody signed in. */
export async function addActor(role: Role, agencyId: string | null = null): Promise<Actor & { id: string }> {
  const { token } = await signedIn(process.env.KEPT_OWNER_URL ?? "", role, { agencyId });
  const { actor } = (await bearerOf(token, new Date())) ?? {};
  if (!actor?.id) throw new Error("nobody signed in");
  return actor as Actor & { id: string };
}

type Event = {
  verb: string;
  actorId: string | null;
  actorName: string;
  changes: Record<string, [unknown, unknown]>;
  batchId: string | null;
};

/** The history of a record since it was made, the oldest first. */
export const historyOf = (subjectId: string): Promise<Event[]> => everything<Event[]>`
  SELECT verb, actor_id AS "actorId", actor_name AS "actorName", changes, batch_id AS "batchId"
  FROM audit_event WHERE subject_id = ${subjectId} AND verb <> 'commitment.create' ORDER BY id`;

/** The row as it stands. */
export async function stored(id: string): Promise<Record<string, unknown> & { version: number }> {
  const [row] = await everything<
    (Record<string, unknown> & { version: number })[]
  >`SELECT * FROM commitment WHERE id = ${id}`;
  if (!row) throw new Error(`no record ${id}`);
  return row;
}

export const nobody = randomUUID();
