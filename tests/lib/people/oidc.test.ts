import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressOf, believe, OidcAway, OidcRefused } from "#lib/people/oidc.ts";
import type { OidcSettings } from "#lib/people/oidc-settings.ts";
import { newSecret } from "#lib/people/secrets.ts";

/** A provider that lies in what it swears: all else that it says is in order. */

const [good, other] = [1, 2].map(() => generateKeyPairSync("rsa", { modulusLength: 2048 }));
const redirectUri = "https://kept.example/sign-in/return";

type Claims = Record<string, unknown>;
type Lie = { claims?: Claims; header?: Claims; key?: KeyObject; signature?: (input: string) => string; no?: true };

let server: Server;
let settings: OidcSettings;
/** What the token endpoint says next. */
let idToken: string | undefined;
let userinfo: Claims;
let broken: "token" | "userinfo" | null;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function token(claims: Claims, { header = {}, key = good?.privateKey, signature }: Lie): string {
  const input = `${encode({ alg: "RS256", typ: "JWT", kid: "one", ...header })}.${encode(claims)}`;
  if (signature) return `${input}.${signature(input)}`;
  return `${input}.${sign("sha256", Buffer.from(input), key as KeyObject).toString("base64url")}`;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const { issuer } = settings;
    const paths: Record<string, () => unknown> = {
      "/.well-known/openid-configuration": () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ["code"],
        id_token_signing_alg_values_supported: ["RS256"],
        authorization_response_iss_parameter_supported: true,
      }),
      "/keys": () => ({
        keys: [{ ...good?.publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256", use: "sig" }],
      }),
      "/token": () => ({
        access_token: "x",
        token_type: "Bearer",
        expires_in: 60,
        ...(idToken && { id_token: idToken }),
      }),
      "/userinfo": () => userinfo,
    };
    const path = request.url ?? "";
    const found = paths[path];
    response.statusCode = found && path !== `/${broken}` ? 200 : 500;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(found?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  settings = { issuer, clientId: "kept", clientSecret: "x", name: "Test", rules: null, trusted: true };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A browser's way there and back, with an answer in which all is well but for this. */
async function told(lie: Lie = {}, more: Claims = {}, { anew = false } = {}) {
  const secret = newSecret();
  const asked = new URL(await addressOf(settings, { secret, redirectUri, anew })).searchParams;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: settings.issuer, aud: "kept", sub: "one", nonce: asked.get("nonce"), iat: now, exp: now + 60 },
    ...{ email: "a@kept.example", email_verified: true },
    ...lie.claims,
  };
  idToken = lie.no ? undefined : token(claims, lie);
  userinfo = { sub: "one", ...more };
  const answer = new URLSearchParams({ code: "x", state: asked.get("state") ?? "", iss: settings.issuer }).toString();
  return await believe(settings, { secret, redirectUri, answer, anew });
}

const now = Math.floor(Date.now() / 1000);

test("what is in order is believed", async () => {
  broken = null;
  expect(await told({}, { name: "Lan", groups: ["a", 7, "b"] })).toMatchObject({
    subject: "one",
    email: "a@kept.example",
    emailVerified: true,
    groups: ["a", "b"],
    name: "Lan",
    manyFactors: false,
    shownAt: null,
  });
  expect(await told({ claims: { amr: ["pwd", "mfa"], auth_time: now } })).toMatchObject({
    manyFactors: true,
    shownAt: new Date(now * 1000),
  });
});

const publicPem = () => good?.publicKey.export({ type: "spki", format: "pem" }) as string;

describe("it is not believed", () => {
  const lies: Record<string, () => Lie> = {
    "without an ID token": () => ({ no: true }),
    "of another issuer": () => ({ claims: { iss: "https://evil.example" } }),
    "for another client": () => ({ claims: { aud: "other" } }),
    "for several, by another": () => ({ claims: { aud: ["kept", "other"], azp: "other" } }),
    "with another browser's nonce": () => ({ claims: { nonce: newSecret() } }),
    "without a nonce": () => ({ claims: { nonce: undefined } }),
    "that has run out": () => ({ claims: { iat: now - 7200, exp: now - 3600 } }),
    "without an end": () => ({ claims: { exp: undefined } }),
    "of nobody": () => ({ claims: { sub: "" } }),
    "of no text": () => ({ claims: { sub: ["one"] } }),
    "signed by another key": () => ({ key: other?.privateKey as KeyObject }),
    "not signed": () => ({ header: { alg: "none" }, signature: () => "" }),
    "signed with the public key as a shared one": () => ({
      header: { alg: "HS256" },
      signature: (input) => createHmac("sha256", publicPem()).update(input).digest("base64url"),
    }),
  };
  for (const [what, lie] of Object.entries(lies)) {
    test(what, async () => {
      broken = null;
      await expect(told(lie())).rejects.toThrow(OidcRefused);
    });
  }

  test("where what stands beside is somebody else's", async () => {
    await expect(told({}, { sub: "two", email: "b@kept.example" })).rejects.toThrow(OidcRefused);
  });

  test("where the person was to show anew who they are, and it does not say that they did", async () => {
    await expect(told({}, {}, { anew: true })).rejects.toThrow(OidcRefused);
    await expect(told({ claims: { auth_time: now - 86_400 } }, {}, { anew: true })).rejects.toThrow(OidcRefused);
    expect(await told({ claims: { auth_time: now } }, {}, { anew: true })).toMatchObject({ subject: "one" });
  });
});

test("what stands beside overrules nothing that is signed", async () => {
  broken = null;
  const lying = { sub: "one", iss: "https://evil.example", email: "admin@kept.example", email_verified: true };
  expect(await told({ claims: { email_verified: false } }, { ...lying, amr: ["mfa"], acr: "phr" })).toMatchObject({
    issuer: settings.issuer,
    email: "a@kept.example",
    emailVerified: false,
    manyFactors: false,
  });
  const said = await told({ claims: { email_verified: undefined } }, lying);
  expect(said).toMatchObject({ email: "a@kept.example", emailVerified: false });
});

test("one that fails is away, and is asked again the next time", async () => {
  for (const path of ["token", "userinfo"] as const) {
    broken = path;
    await expect(told()).rejects.toThrow(OidcAway);
  }
  broken = null;
  expect(await told()).toMatchObject({ subject: "one" });
});

test("over a line that others read there is none but on this machine", async () => {
  const far = { ...settings, issuer: "http://login.example.org" };
  await expect(addressOf(far, { secret: newSecret(), redirectUri, anew: false })).rejects.toThrow();
});
