import { randomBytes } from "node:crypto";
import { Auth, type AuthConfig, raw, skipCSRFCheck } from "@auth/core";
import { CredentialsSignin } from "@auth/core/errors";
import Credentials from "@auth/core/providers/credentials";
import { actorOfSession, systemActor } from "#lib/actor.ts";
import { sql } from "#lib/db.ts";
import { KeptError, NotFound, TooMany } from "#lib/errors.ts";
import { noteRefusal, SecondStepNeeded, startSession } from "#lib/people/access.ts";
import { startHalf } from "#lib/people/halfway.ts";
import { verifyPassword } from "#lib/people/passwords.ts";
import { sessionCookie, sessionDays, sessionEnd } from "#lib/people/rules.ts";
import { email as emailSchema, presentPassword } from "#lib/people/schema.ts";
import { accountOf, newSecret } from "#lib/people/secrets.ts";
import { limitOf, type RateLimits, rateLimits } from "#lib/rate-limit.ts";

/**
 * Signing in, by Auth.js: its providers say who somebody is, and what it would put into a signed cookie of its own (its
 * JSON Web Token) is replaced by ours: a random secret whose digest is a row of the table `session`. So a session can be
 * listed and ended, which a token that proves itself can't. With Credentials alone Auth.js allows no database sessions;
 * overriding how its tokens are encoded is the way that it offers instead.
 *
 * What is not left to Auth.js, since it would weaken what we have:
 * - reading the session at each request: lib/session.ts does that with one query. Auth.js would issue a new cookie for it.
 * - signing out: Auth.js logs a failure and says all is well, while the session lives on. See endSession in people/access.ts.
 * - its check against forged requests: the server in front refuses writes from elsewhere, for all of the app alike.
 */

const basePath = "/api/auth";

/** What a try to sign in comes with. E-mail and password are whatever the form sent. */
export type Attempt = {
  email: unknown;
  password: unknown;
  /** From requestOrigin() in lib/session.ts. */
  address: string;
  userAgent: string | null;
  /** The secret in this browser's cookie, good or not: that session ends. */
  oldSecret: string | null;
  now?: Date;
};

type Dependencies = { limits: RateLimits; verify: typeof verifyPassword };

/** Wrong address or wrong password or no such account or disabled: it is not said which. */
export class SignInRefused extends KeptError {
  readonly status = 422;
  readonly key = "account.errors.refused";
}

const someone = systemActor("sign-in");

/**
 * What a browser gets for the right password: a session, or with `half` a half sign-in, which the second factor makes one.
 * The secret belongs into the cookie of that kind (sessionSecret, halfSecret) and nowhere else.
 */
export type LetIn = { secret: string; expiresAt: Date; half: boolean };

/**
 * Lets a person in, or half in where they have a second factor.
 * @throws SignInRefused, TooMany, Unavailable
 */
export async function signIn(
  attempt: Attempt,
  { limits = rateLimits(), verify = verifyPassword }: Partial<Dependencies> = {},
): Promise<LetIn> {
  const now = attempt.now ?? new Date();
  const { name, options } = sessionCookie(false);
  let halfUntil: Date | undefined;
  const config: AuthConfig & { raw: typeof raw } = {
    ...common,
    raw,
    cookies: { sessionToken: { name, options } },
    providers: [
      Credentials({
        authorize: () => findPerson({ ...attempt, now }, { limits, verify }),
      }),
    ],
    callbacks: {
      jwt: ({ token, user, trigger }) =>
        trigger === "signIn" ? { sub: user.id, proof: (user as Found).proof, tries: (user as Found).tries } : token,
    },
    jwt: {
      async encode({ token }) {
        const secret = newSecret();
        const { oldSecret, userAgent } = attempt;
        const triesBefore = Number(token?.tries) >= manyTries ? Number(token?.tries) : undefined;
        const whose = { personId: token?.sub, passwordHash: token?.proof, secret, triesBefore };
        try {
          await startSession(someone, { ...whose, oldSecret, userAgent }, { now });
        } catch (error) {
          if (!(error instanceof SecondStepNeeded)) throw error;
          halfUntil = (await startHalf(someone, whose, { now })).expiresAt;
        }
        return secret;
      },
      decode: async ({ token }) => {
        const found = token ? await actorOfSession(token, now) : null;
        return found && { sub: found.actor.id ?? undefined };
      },
    },
  };
  try {
    // The form's fields stay out of this request: Auth.js would write them to its log where something goes wrong.
    const answer = await Auth(
      new Request(`http://kept.invalid${basePath}/callback/credentials`, { method: "POST" }),
      config,
    );
    const secret = answer.cookies?.find((cookie) => cookie.name === name)?.value;
    if (!secret) throw new Error("Auth.js signed nobody in and did not say why");
    return { secret, expiresAt: halfUntil ?? sessionEnd(now), half: halfUntil !== undefined };
  } catch (error) {
    throw reasonOf(error);
  }
}

/**
 * What is alike for signing in here and for providers to come. Those will need one route, app/api/auth/[...auth], for
 * `signin/<provider>` and `callback/<provider>` alone: never `session`, whose GET would begin sessions, nor
 * `callback/credentials`, which has its action.
 */
const common = {
  basePath,
  trustHost: true,
  skipCSRFCheck,
  // Nothing is signed or encrypted with it while there is no provider that sends people elsewhere and back.
  secret: randomBytes(32).toString("base64"),
  session: { strategy: "jwt", maxAge: sessionDays * 24 * 60 * 60 },
  // Its own logger prints the fields of a form, passwords and all. What went wrong is thrown, and logged by whoever caught it.
  logger: { error: () => {}, warn: () => {}, debug: () => {} },
} satisfies Partial<AuthConfig>;

/** `tries`: wrong ones just before. */
type Found = { id: string; proof: string; tries: number };

/** So many wrong tries before the right one, and the person is told. */
const manyTries = 5;

/** Counts the try, then looks at the password: the same steps for every account, existing or not. */
async function findPerson(attempt: Attempt & { now: Date }, { limits, verify }: Dependencies): Promise<Found | null> {
  const { address, now } = attempt;
  const email = emailSchema.safeParse(attempt.email);
  const password = presentPassword.safeParse(attempt.password);
  const typed = typeof attempt.email === "string" ? attempt.email.slice(0, 1000) : "";
  const account = accountOf(email.data ?? typed);
  const counted = [
    ["address", address],
    ["account", account],
  ] as const;
  let tries = 0;
  for (const [limit, whose] of counted) {
    const verdict = await limits.take(limit, whose);
    if (verdict.allowed) {
      if (limit === "account") tries = limitOf(limit).points - 1 - verdict.left;
      continue;
    }
    // The first is told to the history, not the flood that may follow.
    if (verdict.first) await noteRefusal(someone, { account, address, blocked: true }, { now });
    throw new TooMany(verdict.retryAfter);
  }
  const [person] = email.success
    ? await sql<{ id: string; hash: string }[]>`
        SELECT id, password_hash AS hash FROM person
        WHERE email = ${email.data} AND disabled_at IS NULL AND password_hash IS NOT NULL`
    : [];
  const right = await verify(person?.hash ?? null, password.data ?? "");
  if (!person || !right) {
    await noteRefusal(someone, { account, address, blocked: false }, { now });
    return null;
  }
  await Promise.all([limits.forget("account", account), limits.giveBack("address", address)]);
  return { id: person.id, proof: person.hash, tries };
}

/** What Auth.js wrapped, as we threw it. */
function reasonOf(error: unknown): unknown {
  if (error instanceof CredentialsSignin) return new SignInRefused();
  const cause = (error as { cause?: { err?: unknown } } | null)?.cause?.err;
  // Disabled, or given another password, while the password was being looked at.
  if (cause instanceof NotFound) return new SignInRefused();
  return cause instanceof KeptError ? cause : error;
}
