import { systemActor } from "#lib/actor.ts";
import { StartError } from "#lib/start/problem.ts";
import { listCoverage } from "./queries.ts";
import { isGap } from "./rules.ts";
import type { Paragraph } from "./schema.ts";

/**
 * `npm run coverage [-- <portfolio>]`: for each document and paragraph, which records cite it or why none does. A
 * paragraph with neither is a gap; the exit code says whether there is one.
 */
export async function main([portfolioId = "viet-nam-laos"]: string[]): Promise<void> {
  const sources = await listCoverage(systemActor("coverage"), portfolioId);
  if (sources.length === 0)
    throw new StartError(`The portfolio ${portfolioId} has no sources. Kept enters them when it starts.`);
  for (const { key, lines } of sources) {
    const gaps = lines.filter(isGap).length;
    console.log(`${key}: ${lines.length} paragraphs, ${gaps} ${gaps === 1 ? "gap" : "gaps"}`);
    for (const line of lines) console.log(`${String(line.paragraph).padStart(5)}  ${describe(line)}`);
    console.log();
    if (gaps > 0) process.exitCode = 1;
  }
}

/** What rests on a paragraph, in a line: references first, each once. */
export function describe(line: Paragraph): string {
  const { commitments, meetings, figures, errata, silent } = line;
  if (isGap(line)) return "GAP: nothing cites it";
  const parts = [
    [...new Set(commitments.map(({ reference }) => reference))].join(" "),
    ...meetings.map(({ key }) => `meeting ${key}`),
    ...figures.map(({ key, value, target }) => `${target ? "target" : "figure"} ${key} ${value}`),
    ...errata.map((key) => `erratum ${key}`),
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : `- ${silent?.en || silent?.vi || silent?.lo}`;
}
