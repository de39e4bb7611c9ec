/**
 * The guards that the attacks are about, one by one, and what each is like when it is gone: text of a file and what stands
 * there instead. `noticed`: the test file that then has to fail. Whoever moves a guard moves it here
 * (tests/lib/guards.test.ts looks whether it still stands where this says); tests/attack/without-guards.ts takes them away.
 */
export type Guard = { what: string; file: string; text: string; instead: string; noticed: string };

const attack = (name: string) => `tests/attack/${name}.test.ts`;

const gone = (noticed: string, what: string, file: string, text: string, instead = ""): Guard => ({
  ...{ what, file, text, instead, noticed },
});

const sessions = attack("sessions");
const guessing = attack("guessing");
const headers = attack("headers");
const secrets = attack("secrets");
const redirects = attack("redirects");
const start = "lib/start/headers.ts";
const actor = "lib/actor.ts";
const access = "lib/people/access.ts";
const commands = "lib/people/commands.ts";
const wall = "tests/lib/portfolios/wall.test.ts";

export const guards: readonly Guard[] = [
  gone(
    sessions,
    "a new secret at sign-in",
    "lib/auth.ts",
    "const secret = newSecret();",
    "const secret = attempt.oldSecret ?? newSecret();",
  ),
  gone(sessions, "the end of the browser's old session", access, "if (oldSecret) await", "if (null) await"),
  gone(
    sessions,
    "the end of a session by signing out",
    access,
    "await tx.session.deleteMany({ where: { id: session.id } });",
  ),
  gone(
    sessions,
    "the end of sessions with another role",
    commands,
    "if (Object.keys(changes).some(saysRole)) await endSessions(context, id);",
  ),
  gone(
    sessions,
    "the end of sessions with another password",
    access,
    "await tx.session.deleteMany({ where: othersOf(person.id, actor) });",
  ),
  gone(
    sessions,
    "the end of sessions with a password by a link",
    "lib/people/links.ts",
    "await tx.session.deleteMany({ where: { personId: person.id } });",
  ),
  gone(sessions, "sessions end by themselves", actor, "AND s.expires_at > ", "AND s.expires_at <> "),
  gone(sessions, "unused sessions end earlier", actor, "idleHours * 3_600_000", "idleHours * 3_600_000_000"),
  gone(sessions, "tokens end", actor, "AND (t.expires_at IS NULL OR", "AND (true OR"),
  gone(
    sessions,
    "the cookie is no script's",
    "lib/people/rules.ts",
    'httpOnly: true, sameSite: "lax"',
    'httpOnly: false, sameSite: "lax"',
  ),

  gone(
    guessing,
    "the limit on passwords of an account",
    "lib/rate-limit.ts",
    "account: { points: 10,",
    "account: { points: 10_000,",
  ),
  gone(
    guessing,
    "the limit on signing in from an address",
    "lib/rate-limit.ts",
    "address: { points: 100,",
    "address: { points: 10_000,",
  ),
  gone(guessing, "the limit on one-time links", "lib/people/links.ts", 'if (!verdict.allowed) return "tooMany";'),
  gone(
    guessing,
    "the limit on letters' secrets",
    "lib/letters/unsubscribe.ts",
    '.take("link", address)',
    '.take("link", secret)',
  ),
  gone(
    guessing,
    "the limit on calendars' addresses",
    "app/api/calendar/[token]/route.ts",
    "verdict.allowed ? ",
    "verdict ? ",
  ),
  gone(guessing, "the limit on API tokens", "lib/api/bearer.ts", "if (verdict && !verdict.allowed)", "if (false)"),
  gone(guessing, "the limit on codes", "lib/people/proving.ts", "if (!verdict.allowed)", "if (!verdict)"),
  gone(
    guessing,
    "the limit on the present password",
    access,
    "if (!verdict.allowed) throw new TooMany(verdict.retryAfter);",
  ),
  gone(
    guessing,
    "forged forwarding headers",
    start,
    "const client = (behind && forwarded",
    "const client = (forwarded",
  ),
  gone(
    guessing,
    "the same time for accounts that are none",
    "lib/auth.ts",
    "await verify(person?.hash ?? null,",
    "person && await verify(person.hash,",
  ),

  gone(
    attack("origins"),
    "foreign, absent and null origins",
    start,
    "return headers.origin === ownOrigin &&",
    "return true ||",
  ),
  gone(
    attack("origins"),
    "a token beside a cookie",
    start,
    "const cookieless = headers.cookie === undefined;",
    "const cookieless = true;",
  ),

  // Two walls, each noticed without the other.
  gone(
    wall,
    "commands for members alone",
    "lib/command.ts",
    'return typeof portfolioId !== "string" ||',
    'return typeof portfolioId !== "string" || true ||',
  ),
  gone(
    wall,
    "the database's own wall around a portfolio",
    "prisma/migrations/20261123060000_portfolio_wall/migration.sql",
    "USING (%s)', name, condition);",
    "USING (true)', name);",
  ),

  gone(attack("ids"), "who may change a record", "lib/commitments/load.ts", "may(actor, needs, record)", "true"),
  gone(attack("ids"), "whose session it is", access, "{ where: { id, personId: actor.id } }", "{ where: { id } }"),
  // The policy refuses it, too, but would say that it is there.
  gone(
    "tests/lib/views/views.test.ts",
    "whose view it is",
    "lib/views/policy.ts",
    "OR: [{ shared: true },",
    "OR: [{},",
  ),

  gone(
    attack("fields"),
    "fields that a person's input does not have",
    "lib/people/schema.ts",
    "createInput = z.strictObject(",
    "createInput = z.looseObject(",
  ),

  gone(
    redirects,
    "where one goes after signing in",
    "lib/people/rules.ts",
    'if (typeof wish !== "string" || wish.length > 2000',
    'if (typeof wish === "string" && wish.length < 2000) return wish;\n  if (typeof wish !== "string" || wish.length > 2000',
  ),
  gone(
    redirects,
    "where one goes after changing the language",
    "lib/i18n/way-back.ts",
    "return pathname + search;",
    "return referer;",
  ),
  // The server writes over those that the pages read (lib/start/server.ts), so the attacks from outside do not notice.
  gone(
    "tests/lib/start/headers.test.ts",
    "hearsay about the host",
    start,
    "if (hearsay.test(name) &&",
    "if (name === '' &&",
  ),

  gone(secrets, "revoked calendars", actor, "AND f.revoked_at IS NULL"),
  gone(secrets, "letters of somebody disabled", "lib/letters/unsubscribe.ts", "AND p.disabled_at IS NULL"),
  // One that sets a password is void by a second wall, too, so the attacks on it do not notice.
  gone(
    "tests/lib/people/setup.test.ts",
    "links work once",
    "lib/people/links.ts",
    "purpose, usedAt: null, expiresAt",
    "purpose, expiresAt",
  ),
  gone(
    "tests/lib/people/mailed-links.test.ts",
    "links that went to another address",
    commands,
    "await moveLinks(context.tx, id);",
  ),
  gone(secrets, "links end", "lib/people/links.ts", "usedAt: null, expiresAt: { gt: now } }", "usedAt: null }"),
  gone(
    // To the attacks the other link is refused all the same: it is nobody's, or there is somebody already.
    "tests/lib/people/setup.test.ts",
    "a link is for what it is for",
    "lib/people/links.ts",
    "tokenHash: digest(token), purpose,",
    "tokenHash: digest(token),",
  ),

  gone(
    attack("addresses"),
    "signs that fold into an address",
    "lib/people/schema.ts",
    ' && text.normalize("NFKC") === text',
  ),

  gone(headers, "nosniff", start, '    ["X-Content-Type-Options", "nosniff"],\n'),
  gone(headers, "no page of ours within another's", start, "\"frame-ancestors 'none'; form-action", '"form-action'),
  // Next says it of its pages, too.
  gone(
    "tests/lib/start/server.test.ts",
    "no cache keeps what is somebody's",
    "lib/start/server.ts",
    "if (personal ||",
    "if (",
  ),
  gone(headers, "addresses that are no text", "lib/start/server.ts", "!isDecodable(pathname)", "false"),
  gone(headers, "methods that nothing has", start, 'if (!writing.has(method)) return "method";'),

  gone(
    attack("scripts"),
    "links that are none",
    "components/commitments/said.tsx",
    " && /^https?:/i.test(report.evidenceUrl)",
  ),
  gone(attack("scripts"), "texts in tables written as HTML", "lib/html.ts", "return escapeHtml(part);", "return part;"),

  gone(
    "tests/lib/webhooks/posting.test.ts",
    "inner networks (SSRF)",
    "lib/webhooks/posting.ts",
    "all.some(isBad)",
    "false",
  ),
  gone(
    "tests/lib/importing/file.test.ts",
    "bombs in uploads",
    "lib/importing/workbook.ts",
    'if (entries > mostEntries) throw new Unreadable("bomb");',
  ),
  gone("tests/lib/csv.test.ts", "formulas in files", "lib/csv.ts", "dangerous.test(value) ?", "false ?"),
  gone(
    "tests/lib/audit/chain.test.ts",
    "the chain over the history",
    "lib/audit/chain.ts",
    "!next(last, content).hash.equals(hash)",
    "false",
  ),
];
