import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** The organisation's sign-in as a real one: oidc-provider on this machine, with a page that asks who one is. */

/** Somebody there. `amr`: how they show who they are. */
export type Account = {
  email?: unknown;
  email_verified?: unknown;
  name?: string;
  groups?: string[];
  amr?: string[];
};

export type RunningProvider = {
  issuer: string;
  /** By the provider's name for them. */
  accounts: Map<string, Account>;
  /** Where it may send browsers back to. */
  redirects: Set<string>;
  /** The environment of an app that signs in here. */
  env: Record<string, string>;
  close(): Promise<void>;
};

const client = { id: "kept", secret: "a secret of the tests, and of nothing else" };

export async function startProvider(): Promise<RunningProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, Account>();
  const redirects = new Set<string>();
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: ["http://127.0.0.1/none"] }],
    claims: { openid: ["sub", "amr"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "groups"],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ["of the tests"] },
    pkce: { required: () => true },
    findAccount: (_ctx: unknown, id: string) =>
      accounts.has(id) && { accountId: id, claims: () => ({ sub: id, ...accounts.get(id), amr: undefined }) },
    // Nobody is asked whether the app may know who they are.
    loadExistingGrant: async (ctx: {
      oidc: { client: { clientId: string }; session: { accountId: string }; provider: Provider };
    }) => {
      const { client: asking, session } = ctx.oidc;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile groups");
      await grant.save();
      return grant;
    },
  });
  provider.Client.prototype.redirectUriAllowed = (uri) => redirects.has(uri);
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "GET") {
      response.setHeader("content-type", "text/html");
      return response.end(
        "<!DOCTYPE html><title>Organisation</title><form method=post><label>Who? <input name=who></label><button>Sign in</button></form>",
      );
    }
    const who = new URLSearchParams(await bodyOf(request)).get("who") ?? "";
    const { amr } = accounts.get(who) ?? {};
    const result = accounts.has(who)
      ? { login: { accountId: who, ...(amr && { amr }) } }
      : { error: "access_denied", error_description: "nobody of that name" };
    await provider.interactionFinished(request, response, result);
  });
  const env = { KEPT_OIDC_ISSUER: issuer, KEPT_OIDC_CLIENT_ID: client.id, KEPT_OIDC_CLIENT_SECRET: client.secret };
  return { issuer, accounts, redirects, env, close: () => closed(server) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

/** A browser's cookies there, kept from one visit to the next. */
export type Jar = Map<string, string>;

/** Goes where the app sent the browser, says who one is, and gives the query with which one is sent back. */
export async function answerFrom(go: string, who: string, jar: Jar = new Map()): Promise<string> {
  let url = new URL(go);
  const home = url.origin;
  let body: URLSearchParams | undefined;
  for (let steps = 0; steps < 10; steps++) {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body && { method: "POST", body }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (each.split(";")[0] ?? "").split(/=(.*)/s);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const to = response.headers.get("location");
    await response.body?.cancel();
    body = undefined;
    if (to) url = new URL(to, url);
    else if (response.status === 200 && url.pathname.startsWith("/interaction/")) body = new URLSearchParams({ who });
    else throw new Error(`${url} answers ${response.status}`);
    if (url.origin !== home) return url.search.slice(1);
  }
  throw new Error(`${go} leads nowhere`);
}
