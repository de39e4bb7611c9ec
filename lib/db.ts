import postgres from "postgres";

/**
 * Reading. Every read of the app goes through this client, and PostgreSQL itself refuses a write on it
 * (`default_transaction_read_only`): whatever changes the register has to come through lib/command.ts.
 *
 * Calendar days stay the text "YYYY-MM-DD" (a JavaScript Date would shift them with the time zone), timestamps are Dates,
 * numeric and bigint are text, json is parsed.
 */
const dayAsText = { to: 1082, from: [1082], serialize: (day: string) => day, parse: (day: string) => day };

type Sql = ReturnType<typeof connect>;

/** A piece of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

function connect(url: string, max: number) {
  return postgres(url, {
    max,
    idle_timeout: 60,
    connect_timeout: 5,
    // Seconds before a lost connection is opened again. The driver's own waits grow to 20, and people would wait along.
    backoff: () => 0.1 + Math.random() * 0.2,
    types: { day: dayAsText },
    onnotice: () => {},
    connection: { application_name: "kept", default_transaction_read_only: true, statement_timeout: 20_000 },
  });
}

/** Survives the module being loaded again by the development server. */
const kept = globalThis as { keptSql?: Sql; keptSnapshots?: Sql };

/** So many connections each client of a process keeps at the most. */
export const poolSize = () => Number(process.env.KEPT_POOL || 8);

function url(): string {
  const value = process.env.DATABASE_URL;
  if (!value) throw new Error("DATABASE_URL is not set: the app is started by lib/start");
  return value;
}

function client(): Sql {
  kept.keptSql ??= connect(url(), poolSize());
  return kept.keptSql;
}

/** Files are read for as long as somebody takes to receive them: on connections that pages do not wait for. */
function snapshots(): Sql {
  kept.keptSnapshots ??= connect(url(), Math.ceil(poolSize() / 2));
  return kept.keptSnapshots;
}

/**
 * The read-only client. Use it as a template tag: sql`select ...`; values become parameters. For pieces of statements, and
 * for tables that belong to no portfolio: of others it sees nothing.
 */
export const sql: Sql = new Proxy((() => {}) as unknown as Sql, {
  apply: (_target, _this, args) => Reflect.apply(client() as never, undefined, args),
  get: (_target, name) => Reflect.get(client(), name),
});

/** Of whom a read is made: all that the wall below the queries has to know (lib/actor.ts). */
type Reader = { readonly scope: Scope };

/** The portfolios that somebody may see: these, or "*" for all of them. */
export type Scope = readonly string[] | "*";

/** For finding out whose a secret is, or which portfolios there are, before there is an actor to ask for. */
export const everywhere: Reader = { scope: "*" };

/**
 * Says to PostgreSQL whose turn it is, until the transaction ends: the policies of the tables read the setting (the
 * migration 20261123060000_portfolio_wall). A command of its own kind, and not a SELECT: that would be the transaction's
 * first look at the data, before it has locked anything.
 */
export function enterScope(scope: Scope): string {
  const portfolios = scope === "*" ? scope : scope.join(",");
  if (!/^(\*|[\w,-]*)$/.test(portfolios)) throw new Error("a portfolio's id has other characters than it may have");
  return `SET LOCAL kept.portfolios = '${portfolios}'`;
}

/**
 * Reading what belongs to portfolios, for somebody: PostgreSQL shows them the rows of theirs alone, whatever the statement
 * says, and none at all to who asks by `sql`. Each statement is a transaction of its own, since the setting ends with it;
 * its three messages go out together, so it waits for the server once, as without.
 */
export function reading({ scope }: Reader) {
  return async <R extends readonly object[] = postgres.Row[]>(
    strings: TemplateStringsArray,
    ...values: readonly postgres.ParameterOrFragment<never>[]
  ): Promise<R> => {
    const connection = await client().reserve();
    try {
      const [, rows] = await Promise.all([
        connection.unsafe(`BEGIN READ ONLY; ${enterScope(scope)}`),
        connection<R & (object | undefined)[]>(strings, ...values),
        connection.unsafe("COMMIT"),
      ]);
      return rows;
    } finally {
      connection.release();
    }
  };
}

/** A connection of the pool. */
export type Connection = Awaited<ReturnType<Sql["reserve"]>>;

/**
 * A connection that shows somebody one moment of what they may see, until `end` gives it back. One on which nothing is asked
 * for a minute is cut by PostgreSQL, and what is asked then fails: it is somebody's who does not read on, or was forgotten.
 */
export async function openSnapshot({ scope }: Reader): Promise<{ connection: Connection; end: () => Promise<void> }> {
  const connection = await snapshots().reserve();
  const end = async () => {
    await connection`ROLLBACK`.catch(() => {});
    connection.release();
  };
  try {
    await connection.unsafe(
      `BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL idle_in_transaction_session_timeout = '60s'; ${enterScope(scope)}`,
    );
  } catch (error) {
    await end();
    throw error;
  }
  return { connection, end };
}

/**
 * The rows of a cursor that was declared on this connection, in batches of `size`; never an empty one. Not the driver's own
 * cursor: when its connection is cut between two batches, it says that all has been read.
 */
export async function* fetchBatches<R extends object>(
  connection: Pick<postgres.ReservedSql, "unsafe">,
  cursor: string,
  size: number,
): AsyncGenerator<R[]> {
  for (;;) {
    const rows = await connection.unsafe<R[]>(`FETCH ${size} FROM ${cursor}`);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
  }
}

/** Closes the pools; for scripts and tests. */
export async function closeDb(): Promise<void> {
  await Promise.all([kept.keptSql?.end({ timeout: 5 }), kept.keptSnapshots?.end({ timeout: 5 })]);
  delete kept.keptSql;
  delete kept.keptSnapshots;
}
