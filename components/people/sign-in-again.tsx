"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import type { ActionResult } from "#lib/action.ts";

const Dialog = lazy(() =>
  import("#components/people/sign-in-again-dialog.tsx").then((module) => ({ default: module.SignInAgainDialog })),
);

type Asked = { promise: Promise<boolean>; answer: (signedIn: boolean) => void };

let asked: Asked | null = null;
const listeners = new Set<() => void>();

function set(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/**
 * Asks the person to sign in again, over the page as it is: nothing that was typed is lost. True once they have, false when
 * they would rather not. Several that ask at once share one dialog.
 */
export function askToSignInAgain(): Promise<boolean> {
  if (!asked) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    set({
      promise,
      answer: (signedIn) => {
        set(null);
        resolve(signedIn);
      },
    });
  }
  return (asked as Asked | null)?.promise ?? Promise.resolve(false);
}

/** Sends something, and where the session is over, asks to sign in and sends it again. */
export async function keepingSession<R>(send: () => Promise<ActionResult<R>>): Promise<ActionResult<R>> {
  const result = await send();
  if (result.ok || result.error.status !== 401) return result;
  return (await askToSignInAgain()) ? await send() : result;
}

/** Where the dialog appears. Its code is fetched only when it is needed. */
export function SignInAgain({ email }: { email: string }) {
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
    () => null,
  );
  if (!open) return null;
  return (
    <Suspense>
      <Dialog email={email} onAnswer={open.answer} />
    </Suspense>
  );
}
