import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { actingRoutes } from "./routes.ts";
import { underAttack } from "./under-attack.ts";

/**
 * What every answer says to a browser, and addresses and names that are none. What stands against it: `fixedHeaders` and
 * `policyFor` (lib/start/headers.ts), `onHead` and the map of static files (lib/start/server.ts, static.ts).
 */

const app = underAttack();

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request as it stands: fetch would mend paths and headers. */
function raw(
  path: string,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const { hostname, port } = new URL(app.url());
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      const done = () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() });
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.once("end", done);
      // A stream of news has no end.
      if (answer.headers["content-type"]?.startsWith("text/event-stream")) answer.once("close", done).destroy();
    });
    asked.once("error", reject);
    asked.end();
  });
}

let paths: string[];
beforeAll(async () => {
  const formats = ["csv", "json", "pdf", "docx", "xlsx", "html", "md", "txt"];
  const downloads = ["register", "reports"].flatMap((of) =>
    formats.map((as) => `/viet-nam-laos/${of}/download?as=${as}`),
  );
  paths = [
    ...(await actingRoutes(app)),
    ...downloads,
    "/elsewhere",
    "/viet-nam-laos/elsewhere",
    "/%E0%A4%A",
    "/a".repeat(3000),
    "/_next/image?url=x",
    "/_next/static/elsewhere.js",
  ];
});

describe("every answer", () => {
  test("tells the browser what it may do with it, and other sites that it is not theirs", async () => {
    for (const path of paths) {
      for (const cookie of ["", app.people.admin.cookie]) {
        const { headers, status } = await raw(path, { headers: { accept: "text/html", ...(cookie && { cookie }) } });
        const why = `${status} ${path.slice(0, 100)}`;
        expect(headers["x-content-type-options"], why).toBe("nosniff");
        expect(headers["referrer-policy"], why).toBe("same-origin");
        expect(headers["cross-origin-opener-policy"], why).toBe("same-origin");
        expect(headers["cross-origin-resource-policy"], why).toBe("same-origin");
        expect(headers["access-control-allow-origin"], why).toBeUndefined();
        expect(headers["x-powered-by"] ?? headers.server, why).toBeUndefined();
        const type = String(headers["content-type"] ?? "");
        if (status === 200) expect(type, why).not.toBe("");
        if (/^text\//.test(type)) expect(type, why).toMatch(/charset=utf-8|event-stream|x-component/i);
        if (!/^text\/html/.test(type) || status === 404) continue;
        const policy = String(headers["content-security-policy"]);
        for (const part of ["frame-ancestors", "base-uri 'none'", "form-action"]) expect(policy, why).toContain(part);
        expect(policy, why).not.toMatch(/script-src[^;]*'unsafe-(?:inline|eval)'|\*/);
      }
    }
  });

  test("that is somebody's is kept by no cache", async () => {
    for (const path of paths.filter((each) => !/^\/(_next|icon)/.test(each))) {
      const { headers, status } = await raw(path, { headers: { cookie: app.people.admin.cookie } });
      // A calendar is asked for again each time, by whoever has its address.
      const expected = path.startsWith("/api/calendar") ? /no-store|no-cache/ : /no-store/;
      if (status === 200) expect(String(headers["cache-control"]), path).toMatch(expected);
    }
  });

  test("of a download is a file with a plain name, and never a page", async () => {
    for (const path of paths.filter((each) => each.includes("/download"))) {
      const { headers, status } = await raw(path, { headers: { cookie: app.people.admin.cookie } });
      if (status !== 200) continue;
      expect(String(headers["content-disposition"]), path).toMatch(/^attachment; filename="[\w.-]+"/);
      expect(String(headers["content-type"]), path).not.toMatch(/^text\/html/);
    }
  });
});

const breaks = [
  "%0d%0aSet-Cookie:%20kept=planted",
  "%0aX-Planted:%201",
  "%0d%0a%0d%0a<script>alert(1)</script>",
  "%E5%98%8A%E5%98%8DX-Planted:1",
  "%22;filename=x.html",
  "..%2f..%2f..%2fetc%2fpasswd",
  "..%5c..%5cwindows",
  "%00.pdf",
  "%u000aX-Planted:1",
  "CON",
  ".",
  "..",
  "a".repeat(5000),
];

describe("names in addresses", () => {
  test("put no header into an answer, and no path into a name", async () => {
    const places = (evil: string) => [
      `/${evil}/register/download?as=csv`,
      `/viet-nam-laos/register/download?as=${evil}`,
      `/viet-nam-laos/register/download?as=csv&q=${evil}&sort=${evil}`,
      `/viet-nam-laos/reports/download?as=csv&template=${evil}`,
      `/viet-nam-laos/reports/download?as=csv&lang=${evil}&day=${evil}`,
      `/${evil}/reports/download?as=pdf`,
      `/letters/${evil}/html`,
      `/api/calendar/${evil}.ics`,
      `/api/v1/commitments/${evil}`,
      `/sign-in?next=${evil}`,
      `/${evil}`,
      `/_next/static/${evil}`,
    ];
    for (const evil of breaks) {
      for (const path of places(evil)) {
        const { status, headers, body } = await raw(path, { headers: { cookie: app.people.admin.cookie } });
        expect(status, path).toBeLessThan(500);
        expect(headers["x-planted"], path).toBeUndefined();
        expect(headers["set-cookie"], path).toBeUndefined();
        expect(String(headers["content-disposition"] ?? ""), path).not.toMatch(/\.\.|planted|;\s*filename=x/);
        expect(body, path).not.toMatch(/root:.*:0:0:|<script>alert/);
      }
    }
  });

  test("lead to no file but those of the build that are for browsers", async () => {
    const up = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..%252f", "....//", ".%00./", "%c0%ae%c0%ae/"];
    const targets = [
      "package.json",
      ".env",
      ".git/config",
      "prisma/schema.prisma",
      "server/app-paths-manifest.json",
      "BUILD_ID",
      "etc/passwd",
    ];
    const places = targets.flatMap((target) => [
      `/${target}`,
      `/_next/${target}`,
      `//${target}`,
      ...up.flatMap((dots) => [1, 3, 8].map((times) => `/_next/static/${dots.repeat(times)}${target}`)),
    ]);
    for (const path of places) {
      const { status, body } = await raw(path, { headers: { cookie: app.people.admin.cookie } });
      expect(status, path).toBeLessThan(500);
      expect(body, path).not.toMatch(/"dependencies"|\[core\]|datasource db|root:.*:0:0:|\/page"/);
    }
  });

  test("give away no source: neither maps nor what went wrong", async () => {
    const page = await raw("/sign-in");
    const scripts = [...page.body.matchAll(/\/_next\/static\/[\w./~-]+?\.(?:js|css)/g)].map(([path]) => path);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of new Set(scripts)) {
      expect((await raw(`${script}.map`)).status, script).toBe(404);
      expect((await raw(script)).body, script).not.toMatch(/sourceMappingURL|KEPT_OWNER_URL|DATABASE_URL|argon2id/);
    }
    for (const path of ["/elsewhere", "/viet-nam-laos/commitments/VL-999999", "/people/x", "/%E0%A4%A"]) {
      const { body } = await raw(path, { headers: { cookie: app.people.admin.cookie, accept: "text/html" } });
      expect(body, path).not.toMatch(/\bat \w+ \(|node_modules|PrismaClient|PostgresError|\/lib\/\w+\.ts/);
    }
  });

  test("and methods that nothing has are refused: no trace, no listing", async () => {
    for (const method of ["TRACE", "OPTIONS", "PROPFIND", "CONNECT_", "PURGE", "LOCK", "SEARCH"]) {
      const answer = await raw("/account", {
        method,
        headers: { cookie: app.people.admin.cookie, "x-echo": "canary" },
      }).catch(() => null);
      if (!answer) continue;
      expect([400, 405], method).toContain(answer.status);
      expect(answer.body, method).not.toContain("canary");
    }
  });
});
