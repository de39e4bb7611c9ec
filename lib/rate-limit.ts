import { createHash } from "node:crypto";
import { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { Unavailable } from "#lib/errors.ts";

/**
 * How often somebody may try what takes a secret. Counted in the database, so that it holds over all processes, by one
 * atomic statement a try, before the secret is looked at. Without the database nothing is let through.
 */
const rules = {
  /** Tries to sign in to one account, from wherever. An account that does not exist counts alike. */
  account: { points: 10, duration: 15 * 60 },
  /** Tries to sign in from one address: an office of many people may stand behind it. */
  address: { points: 100, duration: 15 * 60 },
  /** Tries of one-time links from one address. */
  link: { points: 30, duration: 15 * 60 },
  /** Letters asked for to one address, there or not: those that came are as good as more of them. */
  forgotten: { points: 3, duration: 60 * 60 },
  /** Letters for forgotten passwords asked for from one address. */
  forgottenFrom: { points: 30, duration: 60 * 60 },
  /** Tries of one's present password, when changing it. */
  password: { points: 10, duration: 15 * 60 },
  /** Tries of a second factor, by one person. Six figures are few: the day's limit is for who has the password and time. */
  second: { points: 5, duration: 15 * 60 },
  secondOfDay: { points: 30, duration: 24 * 3600 },
  /** Questions to passkeys, asked for from one address. */
  challenge: { points: 100, duration: 15 * 60 },
  /** Ways to the organisation's sign-in and back, from one address. */
  elsewhere: { points: 200, duration: 15 * 60 },
  /** API tokens that are none, from one address. */
  token: { points: 60, duration: 15 * 60 },
  /** Calendar addresses that are none, from one address. */
  feed: { points: 60, duration: 15 * 60 },
  /** What one person's tokens ask of the API, in a minute. */
  get api() {
    return { points: Number(process.env.KEPT_API_RATE || 600), duration: 60 };
  },
} as const;

type LimitName = keyof typeof rules;

/**
 * `left`: how many more may follow until `resetIn` seconds from now. `first`: this is the try that went over the limit, the
 * ones after it are more of the same.
 */
type Verdict =
  | { allowed: true; left: number; resetIn: number }
  | { allowed: false; retryAfter: number; first: boolean };

/** How many of a sort are let through, and in how many seconds. */
export const limitOf = (limit: LimitName): { points: number; duration: number } => rules[limit];

export type RateLimits = {
  /**
   * Counts a try and says whether it may go on; `retryAfter` in seconds.
   * @throws Unavailable when it can't be counted
   */
  take(limit: LimitName, whose: string): Promise<Verdict>;
  /** Takes a try back that turned out to be right. */
  giveBack(limit: LimitName, whose: string): Promise<void>;
  /** Starts the count anew. */
  forget(limit: LimitName, whose: string): Promise<void>;
  close(): Promise<void>;
};

/** Limits on a pool of their own: a few connections, so that a flood of tries waits here and not before the pages. */
export function createRateLimits(connectionString: string, max = 4): RateLimits {
  const pool = new Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
    application_name: "kept limits",
    // A counter that a crash of the server forgets is none that anybody misses; the disk need not be waited for.
    onConnect: async (client) => {
      await client.query("SET synchronous_commit = off");
    },
  });
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on("error", () => {});
  const limiters = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [
      name,
      new RateLimiterPostgres({
        ...rule,
        storeClient: pool,
        keyPrefix: name,
        tableName: "rate_limit",
        tableCreated: true,
        // One of them clears the table for all.
        clearExpiredByTimeout: name === "address",
      }),
    ]),
  ) as Record<LimitName, RateLimiterPostgres>;

  const guarded = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      throw new Unavailable("tries can't be counted", { cause: error });
    }
  };

  return {
    take: async (limit, whose) => {
      try {
        const { remainingPoints, msBeforeNext } = await guarded(() => limiters[limit].consume(keyOf(whose)));
        return { allowed: true, left: remainingPoints, resetIn: Math.ceil(msBeforeNext / 1000) };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return {
          allowed: false,
          retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
          first: error.consumedPoints === rules[limit].points + 1,
        };
      }
    },
    giveBack: async (limit, whose) => {
      await guarded(() => limiters[limit].reward(keyOf(whose)));
    },
    forget: async (limit, whose) => {
      await guarded(() => limiters[limit].delete(keyOf(whose)));
    },
    close: () => pool.end(),
  };
}

/** The table need not tell who tried: a digest counts as well. It also bounds the key's length. */
function keyOf(whose: string): string {
  return createHash("sha256").update(whose).digest("base64url").slice(0, 27);
}

/** Survives the module being loaded again by the development server. */
const kept = globalThis as { keptLimits?: RateLimits };

/** The limits of this process. */
export function rateLimits(): RateLimits {
  if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is not set: the app is started by lib/start");
  kept.keptLimits ??= createRateLimits(process.env.DATABASE_URL);
  return kept.keptLimits;
}

/** Closes the pool; for scripts and tests. */
export async function closeRateLimits(): Promise<void> {
  await kept.keptLimits?.close();
  delete kept.keptLimits;
}
