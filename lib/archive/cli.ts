import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { systemActor } from "#lib/actor.ts";
import { NotFound } from "#lib/errors.ts";
import { StartError } from "#lib/start/problem.ts";
import { writeArchive } from "./write.ts";

const usage = "npm run export -- <portfolio> <file.zip>";

/** `npm run export`: the whole register as an open archive. What fails half-way leaves no file. */
export async function main([portfolioId, path, ...rest]: string[]): Promise<void> {
  if (!portfolioId || !path || rest.length > 0) throw new StartError(usage);
  const file = createWriteStream(path, { flags: "wx" });
  const closed = finished(file);
  let failed: unknown;
  closed.catch((error) => {
    failed = error;
  });
  let bytes = 0;
  try {
    await writeArchive(systemActor("export"), portfolioId, {
      now: new Date(),
      signal: new AbortController().signal,
      progress: showProgress,
      async write(piece) {
        if (failed) throw failed;
        bytes += piece.byteLength;
        if (!file.write(piece)) await Promise.race([once(file, "drain"), closed]);
      },
    });
    file.end();
    await closed;
    console.error(`${path}: ${bytes.toLocaleString("en")} bytes`);
  } catch (error) {
    file.destroy();
    const code = (error as { code?: string }).code;
    if (code === "EEXIST") throw new StartError(`${path} is there already.`);
    await rm(path, { force: true });
    if (code?.startsWith("E")) throw new StartError(`${path} cannot be written: ${(error as Error).message}.`);
    if (error instanceof NotFound) throw new StartError(`There is no portfolio ${portfolioId}.`);
    throw error;
  }
}

let shown = -1;

/** A line for every tenth. */
function showProgress(done: number, total: number): void {
  const tenth = total === 0 ? 10 : Math.floor((10 * done) / total);
  if (tenth > shown) console.error(`${tenth * 10} %`);
  shown = tenth;
}
