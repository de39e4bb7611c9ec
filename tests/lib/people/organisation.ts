import { afterAll, beforeAll, beforeEach } from "vitest";
import { sql } from "#lib/db.ts";
import { arrive, goToConnect, goToSignIn, returnPath } from "#lib/people/elsewhere.ts";
import { type addActor, newAddress, newEmail } from "#tests/lib/people/factory.ts";
import { type Account, answerFrom, type Jar, type RunningProvider, startProvider } from "#tests/support/provider.ts";

/** An organisation with a sign-in of its own, and browsers that go there and back. */

export const origin = "https://kept.example";
export let provider: RunningProvider;

/** Call it at the top of a test file. */
export function organisation(): void {
  beforeAll(async () => {
    provider = await startProvider();
    provider.redirects.add(origin + returnPath);
  });
  beforeEach(() => {
    Object.assign(process.env, provider.env, {
      KEPT_OIDC_GROUPS: "kept-admins=admin,lao-desk=viet-nam-laos:manager,readers=viet-nam-laos:viewer",
      KEPT_OIDC_SECOND_FACTOR: "ours",
    });
  });
  afterAll(async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith("KEPT_OIDC_")) delete process.env[name];
    await provider.close();
  });
}

let count = 0;
/** Somebody at the organisation; gives the provider's name for them. */
export function addAccount(over: Account = {}): { sub: string; email: string } {
  const sub = `sub-${++count}`;
  const email = newEmail();
  provider.accounts.set(sub, { email, email_verified: true, name: "Nguyễn Văn Tổ", groups: ["lao-desk"], ...over });
  return { sub, email: typeof over.email === "string" ? over.email : email };
}

export const browser = (over: Partial<Parameters<typeof arrive>[0]> = {}) => ({
  ...{ origin, address: newAddress(), actor: null, oldSecret: null, userAgent: "Test" },
  ...over,
});

export const setOut = (over: Partial<Parameters<typeof goToSignIn>[0]> = {}) =>
  goToSignIn({ origin, address: newAddress(), next: "/account", ...over });

/** All the way there and back. */
export async function signInAs(sub: string, { jar, anew = false }: { jar?: Jar; anew?: boolean } = {}) {
  const { secret, go } = await setOut({ anew });
  const arrival = await arrive({ ...browser(), secret, answer: await answerFrom(go, sub, jar) });
  if (!arrival.session) throw new Error("no session");
  return { ...arrival.session, next: arrival.next };
}

export const personOf = async (email: string) =>
  (
    await sql<{ id: string; admin: boolean; roles: Record<string, string>; name: string; hash: string | null }[]>`
      SELECT id, admin, (SELECT json_object_agg(portfolio_id, role) FROM membership WHERE person_id = person.id) AS roles, name, password_hash AS hash FROM person WHERE email = ${email}`
  )[0];

export async function connectAs(sub: string, person: Awaited<ReturnType<typeof addActor>>) {
  const { secret, go } = await goToConnect(person.actor, { origin, address: newAddress(), next: "/account" });
  return await arrive({ ...browser({ actor: person.actor }), secret, answer: await answerFrom(go, sub) });
}
