import { type Env, readEnv } from "#lib/env.ts";
import { StartError } from "#lib/start/problem.ts";

/** The settings, or a stop with one sentence for each that is wrong. */
export function settings(): Env {
  const read = readEnv(process.env);
  if ("problems" in read) throw new StartError(read.problems.join("\n"));
  return read.env;
}

/** Where people open the app, without a slash at the end. */
export function publicUrl({ KEPT_URL, PORT }: Pick<Env, "KEPT_URL" | "PORT">): string {
  return KEPT_URL ?? `http://localhost:${PORT}`;
}
