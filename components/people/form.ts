import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import type { ActionError, ActionResult } from "#lib/action.ts";

/** The fields that a form shows, or which of them shows what is wrong at a path of the action's input. */
type Shown<V extends FieldValues> = readonly Path<V>[] | ((path: string) => Path<V> | undefined);

/**
 * Sends a form. What the server has against a field goes to that field, anything else comes back as the form's problem.
 * A session that is over is renewed on the way.
 */
export async function sendForm<V extends FieldValues, R>(
  send: () => Promise<ActionResult<R>>,
  setError: UseFormSetError<V>,
  shown: Shown<V>,
): Promise<{ result: R } | { problem: ActionError | undefined }> {
  const answer = await keepingSession(send);
  if (answer.ok) return { result: answer.result };
  const { error } = answer;
  return { problem: placeErrors(setError, error.fields, shown) ? undefined : error };
}

/** Puts what the server has against fields under them, with the focus in the first. Says whether anything found a place. */
export function placeErrors<V extends FieldValues>(
  setError: UseFormSetError<V>,
  fields: ActionError["fields"] = {},
  shown: Shown<V>,
): boolean {
  const fieldOf = typeof shown === "function" ? shown : (path: string) => shown.find((field) => field === path);
  const wrong = new Map<Path<V>, string>();
  for (const [path, [message]] of Object.entries(fields)) {
    const field = fieldOf(path);
    if (field && message && !wrong.has(field)) wrong.set(field, message);
  }
  for (const [at, [field, message]] of [...wrong].entries()) setError(field, { message }, { shouldFocus: at === 0 });
  return wrong.size > 0;
}
