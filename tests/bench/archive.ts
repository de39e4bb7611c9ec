import { systemActor } from "#lib/actor.ts";
import { writeArchive } from "#lib/archive/write.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { closePools } from "#lib/pools.ts";
import { teamToday } from "#lib/team-day.ts";

/** What the archive of a whole register costs, and the first look at an overview, before anything of it is known. */
export type Archived = {
  size: number;
  seconds: number;
  bytes: number;
  /** Megabytes of the process at each tenth of the way. */
  memory: number[];
  /** Seconds. */
  overview: number;
};

const actor = systemActor("bench");

export async function measureArchive(size: number): Promise<Archived> {
  try {
    const now = new Date();
    const looked = performance.now();
    await readOverview(actor, "demo", teamToday(now));
    const overview = (performance.now() - looked) / 1000;
    const memory: number[] = [];
    let bytes = 0;
    const started = performance.now();
    await writeArchive(actor, "demo", {
      now,
      signal: new AbortController().signal,
      async progress(done, total) {
        if (total > 0 && Math.floor((10 * done) / total) >= memory.length) memory.push(process.memoryUsage().rss / 1e6);
      },
      async write(piece) {
        bytes += piece.byteLength;
      },
    });
    return { size, seconds: (performance.now() - started) / 1000, bytes, memory, overview };
  } finally {
    await closePools();
  }
}

export function archiveTable(measured: readonly Archived[]): string {
  const head = ["records", "archive s", "MB", "memory MB at each tenth", "first overview s"];
  const rows = measured.map(({ size, seconds, bytes, memory, overview }) => [
    `${size}`,
    seconds.toFixed(1),
    (bytes / 1e6).toFixed(1),
    memory.map((megabytes) => megabytes.toFixed(0)).join(" "),
    overview.toFixed(3),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return ["Archive", line(head), line(head.map(() => "---:")), ...rows.map(line)].join("\n");
}
