import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { keepingSession } from "#components/people/sign-in-again.tsx";
import type { ActionError, ActionResult } from "#lib/action.ts";

/**
 * Sends a form. What the server has against a field goes to that field, anything else comes back as the form's problem.
 * A session that is over is renewed on the way.
 */
export async function sendForm<V extends FieldValues, R>(
  send: () => Promise<ActionResult<R>>,
  setError: UseFormSetError<V>,
  fields: readonly Path<V>[],
): Promise<{ result: R } | { problem: ActionError | undefined }> {
  const answer = await keepingSession(send);
  if (answer.ok) return { result: answer.result };
  const { error } = answer;
  const known = fields.filter((field) => error.fields?.[field]?.[0]);
  for (const [index, field] of known.entries()) {
    setError(field, { message: error.fields?.[field]?.[0] }, { shouldFocus: index === 0 });
  }
  return { problem: known.length > 0 ? undefined : error };
}
