import { readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import type { BuiltAction } from "#tests/support/actions.ts";

/**
 * The command behind a server action, found where the action's file calls it: `act(commands.assignOwner, input)`. Null for
 * those that have none or take something else (a form, a passkey's answer).
 */
export async function inputOf({ file, name }: BuiltAction): Promise<z.ZodType | null> {
  const source = await readFile(file, "utf8");
  const modules = new Map(
    [...source.matchAll(/^import \* as (\w+) from "\.\/([\w-]+\.ts)";$/gm)].map(([, as = "", from = ""]) => [as, from]),
  );
  const body = new RegExp(`^export (?:const|async function) ${name}\\b.*?(?=^export |$(?![\\s\\S]))`, "ms").exec(
    source,
  );
  for (const [, as = "", member = ""] of (body?.[0] ?? "").matchAll(/\b(\w+)\.(\w+), input\)/g)) {
    const from = modules.get(as);
    if (!from) continue;
    const found = (await import(path.resolve(path.dirname(file), from)))[member];
    if (found?.input) return found.input;
  }
  return null;
}

/** What an action takes, where it takes one plain input; the others are attacked by name. */
export async function inputsOf(actions: readonly BuiltAction[]): Promise<{ name: string; input: z.ZodType }[]> {
  const found = await Promise.all(actions.map(async (action) => ({ name: action.name, input: await inputOf(action) })));
  return found.filter((each): each is { name: string; input: z.ZodType } => each.input !== null);
}
