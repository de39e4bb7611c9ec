import { parseArgs } from "node:util";
import { closePools } from "#lib/pools.ts";
import { createDatabase } from "#lib/start/database.ts";
import { lifetime } from "#lib/start/lifetime.ts";
import { migrate } from "#lib/start/migrate.ts";
import { StartError } from "#lib/start/problem.ts";
import { prepareRoles } from "#lib/start/roles.ts";
import { settings } from "#lib/start/settings.ts";
import { makeRegister, portfolioId } from "#tests/lib/commitments/register.ts";
import { makeDue, type Outcome, runWithKills } from "#tests/support/kills.ts";
import { openPostgres, query } from "./stage.ts";

/**
 * `npm run bench:reminders`: workers that plan and send while one of them after the other is killed (`kill -9`), and what
 * arrived. Ends with code 1 if anything is missing, came to the wrong person, or came twice for another reason than a kill
 * between the mail server's yes and our commit.
 */
const usage =
  "npm run bench:reminders -- [--reminders 10000] [--people 4500] [--workers 8] [--kills 200] [--lease 15] [--delay 100]";

const log = (line: string) => console.error(line);

await lifetime(log, async (life) => {
  const { reminders, people, workers, kills, lease, delay } = readArgs(process.argv.slice(2));
  const own = await openPostgres(settings().KEPT_DATA, life);
  const name = `bench_kills_${process.pid}`;
  await createDatabase(own.adminUrl("postgres"), name);
  const ownerUrl = own.adminUrl(name);
  life.atEnd(async () => void (await query(own.adminUrl("postgres"), `DROP DATABASE ${name} WITH (FORCE)`)));
  const { appUrl } = await prepareRoles(ownerUrl, { password: own.appPassword, log });
  await migrate(ownerUrl, () => {});
  Object.assign(process.env, { DATABASE_URL: appUrl, KEPT_OWNER_URL: ownerUrl });
  await makeRegister();
  await closePools();
  const due = await makeDue({ ownerUrl, portfolioId, reminders, people });
  const outcome = await runWithKills({
    databaseUrl: appUrl,
    ownerUrl,
    due,
    workers,
    kills,
    leaseSeconds: lease,
    delay,
    log,
  });
  print(outcome, { workers, people, delay });
  if (!isGood(outcome, delay)) process.exitCode = 1;
}).catch((error) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});

function readArgs(args: string[]) {
  const number = (text: string | undefined, usual: number) => (text === undefined ? usual : Number(text));
  try {
    const text = { type: "string" } as const;
    const options = { reminders: text, people: text, workers: text, kills: text, lease: text, delay: text };
    const { values } = parseArgs({ args, options, strict: true });
    return {
      reminders: number(values.reminders, 10_000),
      people: number(values.people, 4500),
      workers: number(values.workers, 8),
      kills: number(values.kills, 200),
      lease: number(values.lease, 15),
      delay: number(values.delay, 100),
    };
  } catch {
    throw new StartError(usage);
  }
}

type Again = Outcome["again"][number];

/** Killed before it could note that the server had the mail, which takes seconds at most on a busy machine: unavoidable. */
function afterYes({ killedAfter }: Again): boolean {
  return killedAfter !== null && killedAfter >= 0 && killedAfter < 5000;
}

/** Killed while the server, which had all of the mail, was about to say yes. */
function beforeYes({ killedAfter }: Again, delay: number): boolean {
  return killedAfter !== null && killedAfter < 0 && killedAfter > -(delay + 1000);
}

function isUnavoidable(each: Again, delay: number): boolean {
  return (afterYes(each) || beforeYes(each, delay)) && each.first.to[0] === each.second.to[0];
}

function isGood({ missed, strangers, twice, again, wrong }: Outcome, delay: number): boolean {
  const none = [missed, strangers, twice].every((list) => list.length === 0) && wrong === 0;
  return none && again.every((each) => isUnavoidable(each, delay) && each.sameText);
}

function print(outcome: Outcome, { workers, people, delay }: { workers: number; people: number; delay: number }): void {
  const { due, letters, seconds, kills, missed, strangers, twice, again, wrong } = outcome;
  const same = again.every(({ sameText }) => sameText) ? "yes" : "NO";
  const waits = again.filter(afterYes).map(({ killedAfter }) => killedAfter ?? 0);
  console.log(
    [
      `${workers} workers, ${kills.length} times one of them killed (kill -9) and replaced, in ${seconds.toFixed(0)} s`,
      `reminders due          ${due} (to ${people} people, in ${letters} letters)`,
      `received               ${due - missed.length}`,
      `missed                 ${missed.length}`,
      `to the wrong person    ${strangers.length}`,
      `in two letters         ${twice.length}`,
      `noted wrongly          ${wrong} (sent and not called so, or the other way round)`,
      `letters that came again ${again.length}, each with the Message-ID and the text of the first: ${same}`,
      `  killed between the server's 250 and our commit  ${waits.length}${waits.length > 0 ? ` (0 to ${Math.max(...waits)} ms after the 250)` : ""}`,
      `  killed between the mail's end and the 250       ${again.filter((each) => beforeYes(each, delay)).length}`,
      `  for another reason                              ${again.filter((each) => !isUnavoidable(each, delay)).length}`,
    ].join("\n"),
  );
}
