import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { StartError } from "#lib/start/problem.ts";
import { installationSecret } from "#lib/start/secret.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "kept-secret-"));
  await work(folder).finally(() => rm(folder, { recursive: true }));
}

test("the first start makes a secret that nobody else reads, and later ones find it", () =>
  inFolder(async (folder) => {
    const KEPT_DATA = path.join(folder, "data");
    const starts = await Promise.all(Array.from({ length: 8 }, () => installationSecret({ KEPT_DATA })));
    expect(new Set(starts).size).toBe(1);
    expect(Buffer.from(starts[0] ?? "", "base64url")).toHaveLength(32);
    expect(await installationSecret({ KEPT_DATA })).toBe(starts[0]);
    expect((await stat(path.join(KEPT_DATA, "secret"))).mode & 0o777).toBe(0o600);
    expect(await readdir(KEPT_DATA)).toEqual(["secret"]);
  }));

test("KEPT_SECRET goes before it, and needs no folder", async () => {
  const KEPT_SECRET = "thirty-two random characters or more";
  expect(await installationSecret({ KEPT_SECRET, KEPT_DATA: "/nowhere/at/all" })).toBe(KEPT_SECRET);
});

test("where it can be neither read nor made, the start says what to do", () =>
  inFolder(async (folder) => {
    const file = path.join(folder, "a file");
    await writeFile(file, "");
    const refusal = await installationSecret({ KEPT_DATA: file }).catch((error) => error);
    expect(refusal).toBeInstanceOf(StartError);
    expect(refusal.message).toContain("KEPT_SECRET");
  }));
