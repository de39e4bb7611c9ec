"use client";
import { lazy, Suspense, useSyncExternalStore } from "react";
import type { ActionResult } from "#lib/action.ts";

const SignInAgainDialog = lazy(() =>
  import("#components/people/sign-in-again-dialog.tsx").then((module) => ({ default: module.SignInAgainDialog })),
);
const ConfirmDialog = lazy(() =>
  import("#components/people/confirm-dialog.tsx").then((module) => ({ default: module.ConfirmDialog })),
);

/** What the person is asked for: to sign in again, or only to show again who they are. */
type What = "signIn" | "confirm";

type Asked = { what: What; promise: Promise<boolean>; answer: (done: boolean) => void };

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
  return ask("signIn");
}

function ask(what: What): Promise<boolean> {
  if (!asked) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    set({
      what,
      promise,
      answer: (done) => {
        set(null);
        resolve(done);
      },
    });
  }
  return (asked as Asked | null)?.promise ?? Promise.resolve(false);
}

/**
 * Sends something; where the session is over, asks to sign in, where it is sensitive, to show again who one is, and sends
 * it again.
 */
export async function keepingSession<R>(send: () => Promise<ActionResult<R>>): Promise<ActionResult<R>> {
  const result = await send();
  if (result.ok) return result;
  if (result.error.status === 401) return (await ask("signIn")) ? await send() : result;
  if (result.error.key === "errors.confirmFirst") return (await ask("confirm")) ? await send() : result;
  return result;
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
      {open.what === "signIn" ? (
        <SignInAgainDialog email={email} onAnswer={open.answer} />
      ) : (
        <ConfirmDialog email={email} onAnswer={open.answer} />
      )}
    </Suspense>
  );
}
