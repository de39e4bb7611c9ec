import postgres from "postgres";

/**
 * Reading. Every read of the app goes through this client, and PostgreSQL itself refuses a write on it
 * (`default_transaction_read_only`): whatever changes the register has to come through lib/command.ts.
 *
 * Calendar days stay the text "YYYY-MM-DD" (a JavaScript Date would shift them with the time zone), timestamps are Dates,
 * numeric and bigint are text, json is parsed.
 */
const dayAsText = { to: 1082, from: [1082], serialize: (day: string) => day, parse: (day: string) => day };

export type Sql = ReturnType<typeof connect>;

/** A piece of a statement. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

function connect(url: string) {
  return postgres(url, {
    max: Number(process.env.KEPT_POOL ?? 8),
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
const kept = globalThis as { keptSql?: Sql };

function url(): string {
  const value = process.env.DATABASE_URL;
  if (!value) throw new Error("DATABASE_URL is not set: the app is started by lib/start");
  return value;
}

function client(): Sql {
  kept.keptSql ??= connect(url());
  return kept.keptSql;
}

/** The read-only client. Use it as a template tag: sql`select ...`; values become parameters. */
export const sql: Sql = new Proxy((() => {}) as unknown as Sql, {
  apply: (_target, _this, args) => Reflect.apply(client() as never, undefined, args),
  get: (_target, name) => Reflect.get(client(), name),
});

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

/** Closes the pool; for scripts and tests. */
export async function closeDb(): Promise<void> {
  await kept.keptSql?.end({ timeout: 5 });
  delete kept.keptSql;
}
