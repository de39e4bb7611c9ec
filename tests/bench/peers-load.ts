import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { hashSecret } from "#lib/actor.ts";
import { migrate } from "#lib/start/migrate.ts";
import { prepareRoles } from "#lib/start/roles.ts";
import { type LoadedCommitment, type LoadedPerson, loadPortfolio } from "#prisma/demo/load.ts";
import type { Completion } from "#prisma/generated/enums.ts";

/**
 * Loads the data of the side-by-side measurement (tests/bench/peers.sh) as a portfolio: its programmes are sectors, its
 * trackers kinds, its assignees owners, its history ours.
 *
 *   DATABASE_URL=... APP_SECRET=... node tests/bench/peers-load.ts FOLDER     (commitments.tsv, history.tsv)
 *
 * APP_SECRET becomes the session and the API token of a manager, so that tests/bench/peers.mjs is signed in.
 */
const folder = process.argv[2] ?? "";
const { DATABASE_URL: url = "", APP_SECRET: secret = "" } = process.env;
const log = (line: string) => console.error(line);

/** COPY's text format: tabs between values, \N for null, and a few signs escaped. */
function readTsv(name: string): (string | null)[][] {
  const signs: Record<string, string> = { t: "\t", n: "\n", r: "\r", "\\": "\\" };
  const value = (text: string) =>
    text === "\\N" ? null : text.replace(/\\([tnr\\])/g, (_, sign: string) => signs[sign] ?? sign);
  const lines = readFileSync(path.join(folder, name), "utf8").split("\n");
  return lines.filter(Boolean).map((line) => line.split("\t").map(value));
}

/** New, in progress, resolved, feedback, closed, rejected. */
const completions: Record<string, Completion> = {
  1: "not_started",
  2: "limited",
  3: "substantial",
  4: "not_reported",
  5: "complete",
  6: "withdrawn",
};
const kinds = {
  1: { form: "instrument", kind: "agreement" },
  2: { form: "pledge", kind: "deliverable" },
  3: { form: "pledge", kind: "level_of_effort" },
} as const;

/** The last digit is left free, as the loader wants it. */
const id = (kind: "a" | "b", number: number) => `00000000-0000-4000-8000-${kind}${String(number).padStart(10, "0")}0`;
const person = (number: number) => id("a", number);
const given = ["Anna", "Minh", "Lan", "Peter", "Huong", "David", "Thao", "Maria", "Quang", "James"];
const family = ["Nguyen", "Tran", "Smith", "Le", "Pham", "Brown", "Hoang", "Clark", "Vo", "Dang"];
const nameOf = (number: number) => `${given[number % 10]} ${family[Math.floor(number / 10) % 10]} ${number}`;
const people: LoadedPerson[] = Array.from({ length: 200 }, (_, at) => ({
  id: person(at + 1),
  name: nameOf(at + 1),
  email: `u${at + 1}@peers.invalid`,
  role: "editor",
  agencyId: null,
}));

const at = (timestamp: string | null) => new Date(`${timestamp?.replace(" ", "T")}Z`);

/** What an entry of their history is in ours. */
const entries = {
  status: (before: string | null, after: string | null) => ({
    verb: "commitment.reportProgress",
    changes: { completion: [completions[before ?? ""], completions[after ?? ""]] as const },
  }),
  assignee: (before: string | null, after: string | null) => ({
    verb: "commitment.assignOwner",
    changes: { owner: [nameOf(Number(before)), nameOf(Number(after))] as const },
  }),
  due_date: (before: string | null, after: string | null) => ({
    verb: "commitment.reviseDeadline",
    changes: {
      deadline: [
        { phrase: before, edtf: before },
        { phrase: after, edtf: after },
      ] as const,
    },
  }),
};

const histories = Map.groupBy(readTsv("history.tsv"), (row) => row[1]);

function commitmentOf(row: (string | null)[]): LoadedCommitment {
  const [number, code, project, tracker, status, priority, assignee, , subject, description, , due, created] = row;
  const { form, kind } = kinds[Number(tracker) as 1 | 2 | 3];
  // Written in one of two languages; the Vietnamese half has letters that English has not.
  const language = /[^ -~\s]/.test(description ?? "") ? "vi" : "en";
  const text = (value: string | null | undefined) => ({ en: "", vi: "", lo: "", [language]: value ?? "" });
  return {
    id: id("b", Number(number)),
    number: Number(number),
    reference: code ?? "",
    form,
    kind,
    strength: Number(priority) > 3 ? "obligation" : "pledge",
    sectorId: `programme-${project}`,
    title: text(subject),
    statement: text(description),
    ownerId: person(Number(assignee)),
    completion: completions[status ?? ""] ?? "not_reported",
    evidence: "none",
    confidence: null,
    deadline: due ? { phrase: due, edtf: due, earliest: due, latest: due } : null,
    parties: [],
    citation: null,
    reports: [],
    history: (histories.get(number ?? null) ?? []).map(([, , author, when, property, before, after, note]) => {
      const { verb, changes } = entries[property as keyof typeof entries](before ?? null, after ?? null);
      return {
        at: at(when ?? null),
        actorName: nameOf(Number(author)),
        verb,
        changes: { ...changes, ...(note && { reason: [null, note] as const }) },
      };
    }),
    createdAt: at(created ?? null),
  };
}

await prepareRoles(url, { log });
await migrate(url, log);
const db = new pg.Client({ connectionString: url });
await db.connect();
for (let number = 1; number <= 10; number++) {
  const name = { en: `Programme ${number}`, vi: `Chương trình ${number}`, lo: `ໂຄງການ ${number}` };
  const values = [`programme-${number}`, name, 100 + number];
  await db.query("INSERT INTO sector (id, name, dac, position) VALUES ($1, $2, '{}', $3)", values);
}
const rows = readTsv("commitments.tsv");
const make = (index: number) => commitmentOf(rows[index] ?? []);
const portfolio = { id: "peers", prefix: "CMT", name: { en: "Side by side", vi: "So sánh", lo: "ປຽບທຽບ" } };
await loadPortfolio(db, { portfolio, people, count: rows.length, make }, log);
await db.query(
  `WITH bench AS (INSERT INTO person (id, email, name) VALUES (gen_random_uuid(), 'bench@peers.invalid', 'Bench') RETURNING id),
    member AS (INSERT INTO membership (person_id, portfolio_id, role) SELECT bench.id, o.id, 'manager' FROM bench, portfolio o),
    token AS (INSERT INTO api_token (id, token_hash, person_id, label) SELECT gen_random_uuid(), $2, id, 'bench' FROM bench)
  INSERT INTO session (id, token_hash, person_id, expires_at) SELECT gen_random_uuid(), $1, id, now() + interval '1 day' FROM bench`,
  [hashSecret(secret), hashSecret(`kept_${secret}`)],
);
await db.end();
