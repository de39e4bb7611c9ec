// What every npm script calls first. Plain JavaScript for the Node that happens to be here (20.19 or later): it makes the
// project complete (packages, the database client), then hands over to lib/start/run.ts under the pinned Node.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { mendDriver } from "./mend-driver.mjs";

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const modules = path.join(project, "node_modules");
const [command = "start", ...args] = process.argv.slice(2);

await installPackages();
mendDriver(modules);
const node = findNode();
generateClient();
await handOver();

/** The text of a file under the project as JSON, or undefined when it is absent or broken (an interrupted install). */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(project, file), "utf8"));
  } catch {
    return undefined;
  }
}

/** npm writes its own record of what it installed last, so a half-done install has none. */
function packagesMissing() {
  const wanted = readJson("package-lock.json")?.packages ?? {};
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  if (!installed) return true;
  return Object.entries(wanted).some(([where, { version, optional, devOptional }]) => {
    if (where === "") return false;
    const found = installed[where];
    // Packages for other platforms are optional, and left out.
    return found ? found.version !== version : !(optional || devOptional);
  });
}

async function installPackages() {
  if (!packagesMissing()) return;
  console.log("Installing packages (about a minute, once) ...");
  const npm = process.env.npm_execpath;
  // Not `npm ci`: that refuses a lock file made where a registry lacked the binaries of other platforms.
  const options = "install --no-save --ignore-scripts --include=dev --include=optional --loglevel=error".split(" ");
  // Not the Node of node_modules: npm is about to replace it.
  const started = Date.now();
  const child = npm
    ? spawn(process.env.npm_node_execpath ?? process.execPath, [npm, ...options], { cwd: project, stdio: "inherit" })
    : spawn("npm", options, { cwd: project, stdio: "inherit", shell: process.platform === "win32" });
  const progress = setInterval(() => console.log(`  ... ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
  const code = await new Promise((resolve) => child.on("error", resolve).on("exit", resolve));
  clearInterval(progress);
  if (code !== 0 || packagesMissing()) {
    stop("The packages could not be installed: see npm's message above. Is the npm registry reachable from here?");
  }
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** The Node that the project pins, else the one that runs this, if it can run TypeScript as it is. */
function findNode() {
  const { platform, arch, versions } = process;
  const name = `node-${platform === "win32" ? "win" : platform}-${arch}`;
  const pinned = path.join(modules, name, "bin", platform === "win32" ? "node.exe" : "node");
  if (existsSync(pinned) && spawnSync(pinned, ["--version"], { stdio: "ignore" }).status === 0) return pinned;
  const [major, minor] = versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(`Kept needs Node 22.18 or later on ${platform}-${arch}, and this is ${versions.node}: install Node 24.`);
}

function generateClient() {
  const changed = (file) => statSync(path.join(project, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const generated = changed("prisma/generated/client.ts");
  if (generated > Math.max(changed("prisma/schema.prisma"), changed("node_modules/@prisma/client/package.json")))
    return;
  console.log("Generating the database client ...");
  const { status, stdout, stderr } = spawnSync(node, [path.join(modules, "prisma/build/index.js"), "generate"], {
    cwd: project,
    encoding: "utf8",
    // Prisma would download an engine that generating has no use for; any file that can be executed keeps it from that.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: node, CHECKPOINT_DISABLE: "1" },
  });
  if (status !== 0) stop(`${stdout}${stderr}\nThe database client could not be generated from prisma/schema.prisma.`);
}

/** Runs the command under the wanted Node: here if this is it, else as a child whose life and signals are tied to ours. */
async function handOver() {
  const entry = path.join(project, "lib/start/run.ts");
  process.chdir(project);
  // Our processes are ready sooner with what Node compiled before; whatever has changed is compiled anew.
  if (command !== "dev") process.env.NODE_COMPILE_CACHE ??= path.join(modules, ".cache", "kept-compiled");
  if (sameFile(node, process.execPath)) {
    module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
    const { run } = await import("#lib/start/run.ts");
    return run(command, args);
  }
  const child = spawn(node, [entry, command, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // npm passes SIGTERM to its shell, which dies of it without a word to us.
  const parent = process.ppid;
  const shellGone = () => process.env.npm_lifecycle_event && process.ppid !== parent && child.kill("SIGTERM");
  setInterval(shellGone, 250).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

function sameFile(one, other) {
  const [a, b] = [statSync(one), statSync(other)];
  return a.ino === b.ino && a.dev === b.dev && a.size === b.size;
}

function stop(reason) {
  console.error(reason);
  process.exit(1);
}
