import { parseArgs } from "node:util";
import { systemActor } from "#lib/actor.ts";
import { InvalidInput, NotFound } from "#lib/errors.ts";
import { StartError } from "#lib/start/problem.ts";
import { createToken } from "./access.ts";

const usage = "npm run token -- --email <person> [--label <what for>] [--days <until it ends>]";

/**
 * `npm run token`: prints a new API token of a person, once, alone on standard output so that a script can take it.
 * @throws StartError when there is no such person, or the arguments are none
 */
export async function main(args: string[]): Promise<void> {
  const { email, label = "npm run token", days } = read(args);
  if (!email) throw new StartError(usage);
  try {
    const input = { email, label, days: days === undefined ? null : Number(days) };
    const { secret, expiresAt } = await createToken(systemActor("token command"), input);
    const until = expiresAt ? `until ${expiresAt.toISOString().slice(0, 10)}` : "until it is revoked";
    console.error(`A new API token of ${email}, good ${until}. It is shown only this once:`);
    console.log(secret);
  } catch (error) {
    if (error instanceof NotFound) throw new StartError(`There is no enabled account ${email}.`);
    if (error instanceof InvalidInput) throw new StartError(usage);
    throw error;
  }
}

function read(args: string[]) {
  try {
    const options = { email: { type: "string" }, label: { type: "string" }, days: { type: "string" } } as const;
    return parseArgs({ args, options, strict: true }).values;
  } catch {
    throw new StartError(usage);
  }
}
