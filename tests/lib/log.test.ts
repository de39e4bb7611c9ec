import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { loggedPath, toldError } from "#lib/log.ts";
import { routes } from "#tests/support/routes.ts";

/** What a process that logs writes on standard error. */
function logged(code: string, level?: string): Record<string, unknown>[] {
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", `const { log } = await import("#lib/log.ts"); ${code}`],
    { encoding: "utf8", env: { ...process.env, KEPT_LOG: level } },
  );
  expect(stdout).toBe("");
  return stderr
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe("the log", () => {
  it("is a line of JSON for each thing, with its time and level; requests only where they are asked for", () => {
    const code = `log.info({ path: "/" }, "request"); log.warn("Mail is away."); log.error({ err: new TypeError("no\\nway") }, "It failed.");`;
    expect(logged(code).map(({ level, msg }) => [level, msg])).toEqual([
      ["warn", "Mail is away."],
      ["error", "It failed."],
    ]);
    const [request, , error] = logged(code, "info");
    expect(request).toMatchObject({ level: "info", path: "/", time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
    expect(error?.err).toMatchObject({ type: "TypeError", message: "no\nway", stack: expect.stringContaining("at ") });
    expect(logged(code, "silent")).toEqual([]);
  });

  it("tells an error without what hangs on it", () => {
    const error = Object.assign(
      new Error("duplicate key", { cause: Object.assign(new Error("inner"), { row: "s3cret" }) }),
      {
        code: "23505",
        detail: "Key (token_hash)=(s3cret) already exists.",
        parameters: ["s3cret"],
        query: "INSERT s3cret",
      },
    );
    const told = toldError(error);
    expect(told).toMatchObject({ type: "Error", message: "duplicate key", code: "23505", cause: { message: "inner" } });
    expect(JSON.stringify(told)).not.toContain("s3cret");
    const prisma = new Error(
      `\nInvalid \`tx.person.create()\` invocation:\n{ passwordHash: "s3cret" }\n\nUnknown argument \`x\`.`,
    );
    prisma.name = "PrismaClientValidationError";
    expect(toldError(prisma).message).toBe("Unknown argument `x`.");
    expect(JSON.stringify(toldError(prisma))).not.toContain("s3cret");
    expect(toldError("s3cret")).toEqual({ type: "string", message: "" });
    expect(toldError(new Error("x".repeat(9000))).message.length).toBe(1000);
  });

  it("writes addresses without their query and without the secrets in them", () => {
    expect(loggedPath("/viet-nam-laos/register?q=hospital")).toBe("/viet-nam-laos/register");
    const secret = Object.keys(routes).filter((route) => route.includes("[token]"));
    expect(secret.length).toBeGreaterThan(3);
    for (const route of secret) {
      const path = loggedPath(`${route.replace("[token]", "s3cret.ics")}?x=s3cret`);
      expect(path, route).not.toContain("s3cret");
    }
  });
});
