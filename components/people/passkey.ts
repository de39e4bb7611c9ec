import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { ActionError, ActionResult } from "#lib/action.ts";
import { askForPasskey } from "#lib/people/actions.ts";
import { addPasskey, beginPasskey } from "#lib/people/factor-actions.ts";
import { passkeyLabel } from "#lib/people/passkey-schema.ts";

/** What the browser and the person's device do for passkeys, between our question and our look at the answer. */

const noPasskey: ActionError = { key: "security.errors.passkeyBrowser", status: 422 };

/** Has the person's device make a passkey for us, and keeps it. Asked of the device it can be called off: then that is the error. */
export async function makePasskey(label: string): Promise<ActionResult<{ codes: string[] | null }>> {
  // Before the device makes one that we would not keep.
  const named = passkeyLabel.safeParse(label);
  if (!named.success) {
    const fields = { label: named.error.issues.map(({ message }) => message) };
    return { ok: false, error: { key: "errors.invalid", status: 422, fields } };
  }
  const asked = await beginPasskey();
  if (!asked.ok) return asked;
  const answer = await startRegistration({ optionsJSON: asked.result }).catch(() => null);
  return answer ? await addPasskey(label, answer) : { ok: false, error: noPasskey };
}

/** Has the device answer the question that `ask` brings, and sends the answer. Without one of its own, that of signing in. */
export async function answerByPasskey<R>(
  send: (answer: unknown) => Promise<ActionResult<R>>,
  ask: () => ReturnType<typeof askForPasskey> = () => askForPasskey(),
): Promise<ActionResult<R>> {
  const asked = await ask();
  if (!asked.ok) return asked;
  const answer = await startAuthentication({ optionsJSON: asked.result }).catch(() => null);
  return answer ? await send(answer) : { ok: false, error: noPasskey };
}
