import { refresh } from "next/cache";
import type { z } from "zod";
import type { Command } from "#lib/command.ts";
import { Conflict, InvalidInput, isAway, KeptError, NotSignedIn, TooMany, Unavailable } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { currentActor } from "#lib/session.ts";

/** What a server action answers: plain, so that it crosses to the browser. `key` is a message key. */
export type ActionResult<R> = { ok: true; result: R } | { ok: false; error: ActionError };

export type ActionError = {
  key: string;
  status: number;
  /** Path of a field → message keys. */
  fields?: Record<string, string[]>;
  /** Somebody saved meanwhile: the version to send to overwrite, and the values that stand there now. */
  conflict?: { version: number; theirs: Record<string, unknown> };
  /** Seconds. */
  retryAfter?: number;
};

/**
 * Runs a command for whoever is signed in. The server in front has already refused foreign origins (lib/start/headers.ts);
 * who may do what is decided in the command.
 */
export async function act<I extends z.ZodType, R>(command: Command<I, R>, input: unknown): Promise<ActionResult<R>> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    return { ok: true, result: await command(actor, input) };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

/** The same, and where it changed something, the page is shown anew. */
export async function actAndRefresh<I extends z.ZodType, R>(
  command: Command<I, R>,
  input: unknown,
): Promise<ActionResult<R>> {
  const result = await act(command, input);
  if (result.ok) refresh();
  return result;
}

/** Any error as what the browser or an API client may know of it. What we did not expect is logged and says nothing. */
export function errorOf(thrown: unknown): ActionError {
  const error = isAway(thrown) ? new Unavailable("the database does not answer", { cause: thrown }) : thrown;
  if (!(error instanceof KeptError)) {
    log.error({ err: error }, "Something unexpected went wrong.");
    return { key: "errors.unexpected", status: 500 };
  }
  const { key, status } = error;
  if (error instanceof InvalidInput) return { key, status, fields: error.fields };
  if (error instanceof Conflict) return { key, status, conflict: { version: error.version, theirs: error.theirs } };
  if (error instanceof TooMany) return { key, status, retryAfter: error.retryAfter };
  return { key, status };
}

/** What was sent to an action that takes a form. Whoever calls one by hand may send anything, or nothing. */
export function formOf(sent: unknown): FormData {
  return sent instanceof FormData ? sent : new FormData();
}
