import { createPrivateKey, createPublicKey, sign, verify as verifies } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { StartError } from "#lib/start/problem.ts";
import type { Finding, Link } from "./chain.ts";
import { verifyHistory } from "./verify.ts";

/** What `npm run audit:head` writes, for keeping where whoever runs the database cannot reach it. */
const headSchema = z.strictObject({
  /** How many events are before the end of the chain. */
  position: z.int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  /** Ed25519, base64, over the three above. */
  signature: z.string().optional(),
});
type Head = z.output<typeof headSchema>;

const signed = ({ position, hash, at }: Head) => Buffer.from(`kept audit head\n${position}\n${hash}\n${at}\n`);

/**
 * `npm run audit:verify [-- --head <file>]... [--key <public.pem>]`: goes along the whole history and says what was changed,
 * removed, put elsewhere or cut off. Ends with 1 if anything was.
 */
export async function verify(args: string[]): Promise<void> {
  const { head: file, key } = options(args, { head: { type: "string" }, key: { type: "string" } });
  const exported = file === undefined ? undefined : await readHead(file, key);
  const { head, findings, waiting } = await verifyHistory({ now: new Date(), head: exported });
  for (const finding of findings.slice(0, 1000)) console.log(sentence(finding));
  const [found, many] = [findings.length, waiting === 1 ? "event waits" : "events wait"];
  console.log(
    found === 0
      ? `The history is whole: ${head.position} events, the last with ${head.hash.toString("hex")}; ${waiting} more ${many} to be sealed.`
      : `${found} ${found === 1 ? "thing is" : "things are"} wrong with the history of ${head.position} events.`,
  );
  if (found > 0) process.exitCode = 1;
}

/** `npm run audit:head [-- --sign <private.pem>]`: the end of the chain, as JSON. Refuses where the chain is not whole. */
export async function head(args: string[]): Promise<void> {
  const { sign: keyFile } = options(args, { sign: { type: "string" } });
  const { head: end, findings } = await verifyHistory({ now: new Date() });
  if (findings.length > 0) throw new StartError("The history is not whole: see npm run audit:verify.");
  const told: Head = { position: end.position, hash: end.hash.toString("hex"), at: new Date().toISOString() };
  if (keyFile !== undefined) {
    const key = createPrivateKey(await read(keyFile));
    told.signature = sign(null, signed(told), key).toString("base64");
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}

async function readHead(file: string, keyFile: string | undefined): Promise<Link> {
  let told: Head;
  try {
    told = headSchema.parse(JSON.parse(await read(file)));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${file} is not what npm run audit:head writes.`);
  }
  if (keyFile !== undefined) {
    const signature = Buffer.from(told.signature ?? "", "base64");
    if (!verifies(null, signed(told), createPublicKey(await read(keyFile)), signature))
      throw new StartError(`${file} is not signed by the key in ${keyFile}.`);
  }
  return { position: told.position, hash: Buffer.from(told.hash, "hex") };
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => {
    throw new StartError(`${file} cannot be read.`);
  });
}

function options<T extends Record<string, { type: "string" }>>(args: string[], accepted: T) {
  try {
    return parseArgs({ args, options: accepted }).values as { [name in keyof T]?: string };
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}

function sentence(finding: Finding): string {
  switch (finding.kind) {
    case "changed":
      return `Event ${finding.eventId} (place ${finding.position}) is not what it was when it was sealed.`;
    case "removed":
      return `Event ${finding.eventId} (place ${finding.position}) is gone.`;
    case "sealsRemoved":
      return `Seals before place ${finding.position} are gone.`;
    case "unsealed":
      return `Event ${finding.eventId} was put in without a seal.`;
    case "headMissing":
      return `The chain does not lead through the exported head at place ${finding.position}: it was cut off or made anew.`;
  }
}
