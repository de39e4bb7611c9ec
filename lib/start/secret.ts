import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Env } from "#lib/env.ts";
import { StartError } from "#lib/start/problem.ts";

/**
 * The secret from which the installation's keys are derived: KEPT_SECRET, or else the file `secret` of the data folder,
 * which the first start makes. It must outlive the machine as the database does: without it nobody's authenticator app
 * is known any more. Servers that share a database have to be given one and the same.
 * @throws StartError where it can be neither read nor made
 */
export async function installationSecret({
  KEPT_SECRET,
  KEPT_DATA,
}: Pick<Env, "KEPT_SECRET" | "KEPT_DATA">): Promise<string> {
  if (KEPT_SECRET) return KEPT_SECRET;
  const file = path.join(KEPT_DATA, "secret");
  try {
    return (await read(file)) ?? (await make(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(
      `The secret in ${file} can be neither read nor made (${code}): set KEPT_SECRET, or KEPT_DATA.`,
    );
  }
}

async function read(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Of two first starts at once, one wins, whole. */
async function make(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${randomBytes(4).toString("hex")}`;
  await writeFile(fresh, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await rm(fresh);
  return (await readFile(file, "utf8")).trim();
}
