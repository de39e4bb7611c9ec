import { expect, test } from "vitest";
import { routes } from "#tests/support/routes.ts";
import { actingRoutes } from "./routes.ts";
import { stateOf } from "./state.ts";
import { underAttack } from "./under-attack.ts";

/**
 * Another site's page that makes a browser write, and a link that makes it write by being followed. What stands against it:
 * `guard` in lib/start/headers.ts, and for the reading ones nothing but that no GET of ours writes.
 */

const app = underAttack();

/** What a browser says of where a write comes from, or what somebody says who is none. */
const foreign = (own: string): Record<string, string>[] => [
  {},
  ...[
    "",
    "null",
    "https://elsewhere.example",
    `${own}.elsewhere.example`,
    `${own}/`,
    own.replace("http:", "https:"),
  ].map((origin) => ({ origin })),
  ...["cross-site", "same-site", "none", ""].map((site) => ({ origin: own, "sec-fetch-site": site })),
  { referer: `${own}/account` },
  { host: new URL(own).host, "x-forwarded-host": "elsewhere.example", origin: "http://elsewhere.example" },
];

test("every server action refuses writes from elsewhere, an admin's as well", async () => {
  const before = await stateOf(app.ownerUrl());
  for (const { name } of app.actions()) {
    for (const headers of foreign(app.url())) {
      const response = await app.postRaw(name, { cookie: app.people.admin.cookie, ...headers });
      expect(response.status, `${name} ${JSON.stringify(headers)}`).toBe(403);
    }
  }
  expect(await stateOf(app.ownerUrl())).toEqual(before);
});

test("every route refuses them, by every method that writes", async () => {
  const before = await stateOf(app.ownerUrl());
  for (const { path } of Object.values(routes)) {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      for (const headers of foreign(app.url())) {
        const response = await fetch(app.url(path), {
          method,
          headers: { cookie: app.people.admin.cookie, ...headers },
          redirect: "manual",
        });
        expect(response.status, `${method} ${path} ${JSON.stringify(headers)}`).toBe(403);
        await response.body?.cancel();
      }
    }
  }
  expect(await stateOf(app.ownerUrl())).toEqual(before);
});

test("a token does not help a browser's cookie past them", async () => {
  const { cookie, token } = app.people.admin;
  for (const name of ["markAllRead", "endOtherSessions"]) {
    const response = await app.postRaw(name, { cookie, authorization: `Bearer ${token}` });
    expect(response.status).toBe(403);
  }
});

test("nothing that is only read writes", async () => {
  const paths = await actingRoutes(app);
  // What notes that somebody was here is not what this is about: done once before.
  for (const path of paths) await (await app.get(path, { cookie: app.people.admin.cookie })).body?.cancel();
  const before = await stateOf(app.ownerUrl());
  for (const path of paths) {
    for (const method of ["GET", "HEAD"]) {
      const response = await fetch(app.url(path), {
        method,
        headers: { cookie: app.people.admin.cookie },
        redirect: "manual",
      });
      await response.body?.cancel();
    }
    for (const action of ["markAllRead", "endOtherSessions"]) {
      const id = app.actions().find(({ name }) => name === action)?.id ?? "";
      const query = `${path.includes("?") ? "&" : "?"}_action=${action}&next-action=${id}&$ACTION_ID_${id}`;
      const headers = { cookie: app.people.admin.cookie, "next-action": id };
      await (await app.get(path + query, headers)).body?.cancel();
    }
  }
  expect(await stateOf(app.ownerUrl())).toEqual(before);
});
