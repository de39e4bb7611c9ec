import { accessSync, constants, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { witness } from "./witness.ts";

/**
 * A Chromium to test with: KEPT_CHROMIUM, else the one that the npm package @sparticuz/chromium brings (Linux on x64; it
 * needs nothing installed and nothing downloaded), else what the machine has. Close it when done.
 */
export async function openBrowser(): Promise<Browser> {
  return witness(await launched());
}

async function launched(): Promise<Browser> {
  const given = process.env.KEPT_CHROMIUM;
  if (given) return chromium.launch({ executablePath: given });
  const failures: unknown[] = [];
  if (process.platform === "linux" && process.arch === "x64") {
    try {
      return await chromium.launch(await bundled());
    } catch (error) {
      failures.push(error);
    }
  }
  const executablePath = findChromium();
  if (executablePath) return chromium.launch({ executablePath });
  throw new AggregateError(failures, "No Chromium was found: install Chromium or Google Chrome, or set KEPT_CHROMIUM.");
}

/**
 * The package's browser, unpacked once, with the libraries it brings for machines that lack them. The package unpacks
 * into TMPDIR, and its libraries only where it takes the machine for Amazon's; renaming makes a broken-off unpacking void.
 */
async function bundled() {
  const folder = path.resolve("node_modules/.cache/kept-chromium");
  const before = { ...process.env };
  if (!existsSync(folder)) {
    const fresh = `${folder}-${process.pid}`;
    await mkdir(fresh, { recursive: true });
    Object.assign(process.env, { TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x" });
    try {
      const { default: packed } = await import("@sparticuz/chromium");
      await packed.executablePath();
      // Another test file may have been quicker.
      await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }
  const env = { ...before, LD_LIBRARY_PATH: path.join(folder, "al2023/lib") };
  return { executablePath: path.join(folder, "chromium"), env, args: ["--no-zygote"] };
}

/** The Chromium of this machine, on the path or in the usual places. */
function findChromium(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const { PROGRAMFILES, LOCALAPPDATA } = process.env;
  const installed = [
    ...["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    ...[PROGRAMFILES, LOCALAPPDATA].map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`),
  ];
  return [...onPath, ...installed].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
