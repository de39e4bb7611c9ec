import { runScript } from "#lib/start/child.ts";
import { StartError } from "#lib/start/problem.ts";

type Command = {
  /** The module, which exports `main(args)`; imported only when it is asked for. */
  load: () => Promise<{ main: (args: string[]) => Promise<void> }>;
  /** Wants the database open and migrated: DATABASE_URL is then the app's role, KEPT_OWNER_URL the owner. */
  database?: true;
};

/** A program beside the tests, which the app must not import. */
const beside = (script: string): Command => ({
  load: async () => ({
    main: async (args) => {
      process.exitCode = await runScript(script, args);
    },
  }),
});

const commands: Record<string, Command> = {
  prepare: { load: () => import("#lib/start/prepare.ts") },
  start: { load: () => import("#lib/start/start.ts") },
  worker: { load: () => import("#lib/start/job-command.ts") },
  dev: { load: () => import("#lib/start/dev.ts") },
  build: { load: () => import("#lib/start/build.ts") },
  test: { load: () => import("#lib/start/test.ts") },
  bench: beside("tests/bench/bench.ts"),
  "bench:reminders": beside("tests/bench/reminders-kill.ts"),
  guards: beside("tests/attack/without-guards.ts"),
  check: { load: () => import("#lib/start/check.ts") },
  migration: { load: () => import("#lib/start/migration.ts") },
  migrate: { load: async () => ({ main: async () => console.error("The database is up to date.") }), database: true },
  coverage: { load: () => import("#lib/sources/coverage-cli.ts"), database: true },
  reminders: { load: () => import("#lib/reminders/cli.ts"), database: true },
  "audit:verify": { load: async () => ({ main: (await import("#lib/audit/cli.ts")).verify }), database: true },
  "audit:head": { load: async () => ({ main: (await import("#lib/audit/cli.ts")).head }), database: true },
  export: { load: () => import("#lib/archive/cli.ts"), database: true },
  token: { load: () => import("#lib/people/token-cli.ts"), database: true },
  "seed:demo": { load: () => import("#prisma/demo/main.ts"), database: true },
};

/** Runs a command of package.json's scripts. A StartError is shown as its sentence; anything else is a defect. */
export async function run(name: string, args: string[]): Promise<void> {
  try {
    const command = commands[name];
    if (!command)
      throw new StartError(`There is no command "${name}". There are: ${Object.keys(commands).join(", ")}.`);
    if (command.database) await withDatabase(command, args);
    else await (await command.load()).main(args);
  } catch (error) {
    console.error(error instanceof StartError ? error.message : error);
    // Whatever still holds the event loop (a pool, a timer) must not keep a failed command from ending.
    process.exit(1);
  }
}

async function withDatabase({ load }: Command, args: string[]): Promise<void> {
  const { lifetime } = await import("#lib/start/lifetime.ts");
  const { openDatabase } = await import("#lib/start/database.ts");
  const { migrate } = await import("#lib/start/migrate.ts");
  const { settings } = await import("#lib/start/settings.ts");
  const { closePools } = await import("#lib/pools.ts");
  const env = settings();
  // Standard output is the command's own.
  const log = (line: string) => console.error(line);
  await lifetime(log, async (life) => {
    const { appUrl, ownerUrl } = await life.until(openDatabase(env, log), (database) => database.release());
    for (const migration of await migrate(ownerUrl, log)) log(`Applied migration ${migration}.`);
    Object.assign(process.env, { DATABASE_URL: appUrl, KEPT_OWNER_URL: ownerUrl });
    await life.until(load(), closePools).then(({ main }) => main(args));
  });
}

// Where npm was started by another Node, the launcher gives this file to the pinned one.
if (import.meta.main) {
  const [name = "start", ...args] = process.argv.slice(2);
  await run(name, args);
}
