import type { QueryResultRow } from "pg";
import { afterAll, beforeAll } from "vitest";
import { hashPassword } from "#lib/people/passwords.ts";
import { type BuiltAction, builtActions, callAction, postAction } from "#tests/support/actions.ts";
import { type RunningApp, startApp } from "#tests/support/app.ts";
import { query, type SignedIn, signedIn } from "#tests/support/people.ts";
import { type Role, roles } from "#tests/support/routes.ts";

/** What the people of these tests sign in with. */
export const password = "four horses, no batteries";

export type Person = SignedIn & { email: string };

/**
 * The app as it runs, for a file of attacks: call it at the top, use it within tests. The catalogue is in its database, and
 * one person of each role, who all have the same password.
 */
export function underAttack({ env = {} }: { env?: Record<string, string> } = {}) {
  let app: RunningApp;
  let hash: string;
  let actions: BuiltAction[];
  const people = {} as Record<Role, Person>;

  /** One statement as the owner of the database. */
  const sql = <R extends QueryResultRow>(text: string, values: unknown[] = []) => query<R>(app.ownerUrl, text, values);

  /** Somebody new, signed in, with an API token and the password of these tests. */
  const enter = async (role: Role, options: Parameters<typeof signedIn>[2] = {}): Promise<Person> => {
    const person = await signedIn(app.ownerUrl, role, options);
    const [row] = await sql<{ email: string }>("UPDATE person SET password_hash = $2 WHERE id = $1 RETURNING email", [
      person.id,
      hash,
    ]);
    return { ...person, email: row?.email ?? "" };
  };

  beforeAll(async () => {
    app = await startApp({ env });
    hash = await hashPassword(password);
    actions = await builtActions();
    for (const role of roles) people[role] = await enter(role);
  });
  afterAll(() => app?.stop());

  /** The action of that name. */
  const action = (name: string): BuiltAction => {
    const found = actions.find((each) => each.name === name);
    if (!found) throw new Error(`The build has no action ${name}.`);
    return found;
  };

  /** Calls an action with these arguments; without `as`, as nobody. */
  const call = <R = unknown>(name: string, args: readonly unknown[], as?: { cookie: string }, headers = {}) =>
    callAction<R>({ url: app.url, cookie: as?.cookie, action: action(name), args, headers });

  /** An action that takes a form, as the browser sends it. Where it leads stands in `x-action-redirect`. */
  const send = (name: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(`_1_${field}`, value);
    form.set("0", '[{},"$K1"]');
    const { page, id } = action(name);
    return fetch(app.url + page, {
      method: "POST",
      headers: { origin: app.url, accept: "text/x-component", "next-action": id, ...headers },
      body: form,
      redirect: "manual",
    });
  };

  return {
    sql,
    people,
    enter,
    call,
    send,
    /** Where the app is open, without a slash at the end. */
    url: (path = "") => app.url + path,
    ownerUrl: () => app.ownerUrl,
    actions: () => actions,
    output: () => app.output(),
    /** A call with no headers but these, and an empty input. */
    async postRaw(name: string, headers: Record<string, string>): Promise<Response> {
      const { page, id } = action(name);
      const response = await fetch(app.url + page, {
        method: "POST",
        headers: { accept: "text/x-component", "next-action": id, ...headers },
        body: "[{}]",
        redirect: "manual",
      });
      await response.body?.cancel();
      return response;
    },
    post: (name: string, args: readonly unknown[], as?: { cookie: string }, headers = {}) =>
      postAction({ url: app.url, cookie: as?.cookie, action: action(name), args, headers }),
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(app.url + path, { headers: { accept: "text/html", ...headers }, redirect: "manual" }),
    /** Signs in by the form. The cookie of the session, or null where there is none. */
    async signIn({ email, cookie = "", ...more }: { email: string; cookie?: string; next?: string }) {
      const response = await send("signIn", { email, password, ...more }, { cookie });
      await response.body?.cancel();
      const kept = response.headers.getSetCookie().find((each) => /^kept=[^;]/.test(each));
      return { cookie: kept?.split(";")[0] ?? null, setCookie: kept ?? "", response };
    },
    /** Lets everybody try again: the limits on tries have tests of their own. */
    forgetTries: () => sql("DELETE FROM rate_limit"),
  };
}

export type UnderAttack = ReturnType<typeof underAttack>;
