import { parseArgs } from "node:util";
import pg from "pg";
import { StartError } from "#lib/start/problem.ts";
import { teamToday } from "#lib/team-day.ts";
import { readCatalogue } from "#prisma/seed/catalogue.ts";
import { seedReminders } from "#prisma/seed/reminders.ts";
import { makeCommitment, makePeople } from "./demo.ts";
import { loadPortfolio } from "./load.ts";

export const demoPortfolio = {
  id: "demo",
  prefix: "DEMO",
  name: { en: "Demonstration (synthetic records)", vi: "Bản trình diễn (dữ liệu giả lập)", lo: "ຊຸດສາທິດ (ຂໍ້ມູນສົມມຸດ)" },
};

/** `npm run seed:demo -- --commitments N --users M`: fills the demonstration portfolio. Once: it refuses to add to one. */
export async function main(args: string[]): Promise<void> {
  const { commitments, users } = readArgs(args);
  const db = new pg.Client({ connectionString: process.env.KEPT_OWNER_URL });
  await db.connect();
  // Where the owner is no superuser, the wall stands for them as well.
  await db.query("SET kept.portfolios = '*'");
  const started = performance.now();
  try {
    const { rowCount } = await db.query("SELECT FROM commitment WHERE portfolio_id = $1 LIMIT 1", [demoPortfolio.id]);
    if (rowCount)
      throw new StartError(
        "The demonstration portfolio has records already. It is filled once; a new KEPT_DATA folder gives a new database.",
      );
    const [sectors, parties] = [await ids(db, "sector"), await ids(db, "party")];
    if (sectors.length === 0 || parties.length === 0)
      throw new StartError(
        "The catalogue is not loaded yet: start the app once (npm start), then load the demonstration.",
      );
    const sourceId = await demoSource(db);
    const people = makePeople(users, parties);
    const world = { people, sectorIds: sectors, partyIds: parties, sourceId, today: teamToday(new Date()) };
    await loadPortfolio(
      db,
      { portfolio: demoPortfolio, people, count: commitments, make: (index) => makeCommitment(index, world) },
      console.log,
    );
    await seedReminders(readCatalogue().portfolio.key);
    console.log(
      `${commitments} synthetic commitments and ${users} people in ${((performance.now() - started) / 1000).toFixed(1)} s. They are in the portfolio "${demoPortfolio.name.en}".`,
    );
  } finally {
    await db.end();
  }
}

const usage = "npm run seed:demo -- --commitments <1 to 100000> --users <0 to 10000>";

function readArgs(args: string[]): { commitments: number; users: number } {
  const { commitments, users } = parsed(args);
  const fits = (value: number, least: number, most: number) =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!fits(commitments, 1, 100_000) || !fits(users, 0, 10_000)) throw new StartError(usage);
  return { commitments, users };
}

function parsed(args: string[]) {
  try {
    const options = {
      commitments: { type: "string", default: "1000" },
      users: { type: "string", default: "50" },
    } as const;
    const { values } = parseArgs({ args, options });
    return { commitments: Number(values.commitments), users: Number(values.users) };
  } catch {
    throw new StartError(usage);
  }
}

const ids = async (db: pg.Client, table: "sector" | "party") =>
  (await db.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`)).rows.map(({ id }) => id);

async function demoSource(db: pg.Client): Promise<string> {
  const { id, name, prefix } = demoPortfolio;
  await db.query(
    "INSERT INTO portfolio (id, name, prefix, demo) VALUES ($1, $2, $3, true) ON CONFLICT (id) DO NOTHING",
    [id, name, prefix],
  );
  const label = { en: "Synthetic document", vi: "Văn bản giả lập", lo: "ເອກະສານສົມມຸດ" };
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO source (id, portfolio_id, key, label, language, kind, paragraphs) VALUES (gen_random_uuid(), $1, 'synthetic', $2, 'en', 'minutes', 40)
      ON CONFLICT (portfolio_id, key) DO UPDATE SET paragraphs = 40 RETURNING id`,
    [id, label],
  );
  const [row] = rows;
  if (!row) throw new Error("an upsert returns its row");
  return row.id;
}
