"use server";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { type ActionError, type ActionResult, actAndRefresh, errorOf, formOf } from "#lib/action.ts";
import { systemActor } from "#lib/actor.ts";
import { type Attempt, type LetIn, signIn as letIn } from "#lib/auth.ts";
import type { Command } from "#lib/command.ts";
import { TooMany } from "#lib/errors.ts";
import { rateLimits } from "#lib/rate-limit.ts";
import { halfSecret, requestOrigin, requestSite, sessionSecret } from "#lib/session.ts";
import * as access from "./access.ts";
import * as commands from "./commands.ts";
import * as factors from "./factors.ts";
import { askForLink } from "./forgotten.ts";
import { askToSignIn, finishSignIn, type SecondStep } from "./halfway.ts";
import * as handingOver from "./handing-over.ts";
import * as links from "./links.ts";
import { ownPath } from "./rules.ts";
import { accountOf } from "./secrets.ts";
import * as security from "./security.ts";

/** What a form shows after it was sent in vain: what was wrong, and what was typed but for passwords. */
type FormState = { error?: ActionError; typed?: { name?: string; email?: string } };

export async function signIn(_before: FormState, sent: FormData): Promise<FormState> {
  const form = formOf(sent);
  const entered = await enter({ email: form.get("email"), password: form.get("password") });
  if (!entered.ok) return { error: entered.error, typed: typedInto(form) };
  const next = ownPath(form.get("next"));
  redirect(entered.result === "in" ? next : stepPath(next));
}

/** The second step: a code. */
export async function signInStep(_before: FormState, sent: FormData): Promise<FormState> {
  const form = formOf(sent);
  const entered = await finish({ code: form.get("code") });
  if (!entered.ok) return { error: entered.error };
  redirect(ownPath(form.get("next")));
}

/**
 * For a session that ended while somebody was writing: the page stays as it is. So no cookie is set for a half sign-in,
 * after which Next would show the page anew, to nobody who is signed in: the page holds its secret until the second step.
 */
export async function signInAgain(input: {
  email: unknown;
  password: unknown;
}): Promise<ActionResult<{ half: string | null }>> {
  try {
    const { secret, expiresAt, half } = await letInHere({ email: input?.email, password: input?.password });
    if (!half) await sessionSecret.set(secret, expiresAt);
    return { ok: true, result: { half: half ? secret : null } };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

/** The second step of the same, by a code. */
export async function signInAgainStep(input: { half: unknown; code: unknown }): Promise<ActionResult<Entered>> {
  return await finish({ code: input?.code }, input?.half);
}

/** The question to a passkey, of whoever is half signed in here (or on the page that has `half`), or of anybody. */
export async function askForPasskey(half?: unknown): Promise<ActionResult<PublicKeyCredentialRequestOptionsJSON>> {
  try {
    const [{ address }, site] = [await requestOrigin(), await requestSite()];
    const { question, begun } = await askToSignIn({ half: await halfHere(half), address, site });
    if (begun) await halfSecret.set(begun.secret, begun.expiresAt);
    return { ok: true, result: question };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

/** Its answer: the second step, or the only one. */
export async function signInByPasskey(answer: unknown, half?: unknown): Promise<ActionResult<Entered>> {
  return await finish({ answer, site: await requestSite() }, half);
}

/** The first admin, by the link that the start printed. */
export async function setUp(_before: FormState, sent: FormData): Promise<FormState> {
  const form = formOf(sent);
  const input = {
    token: form.get("token"),
    name: form.get("name"),
    email: form.get("email"),
    password: form.get("password"),
  };
  return await byLink(links.setUp, input, form);
}

/** What the page about a forgotten password shows: `sent` says no more than that the address was looked at. */
type ForgottenState = FormState & { sent?: true };

/** A letter with a link, for whoever forgot their password. */
export async function forgotPassword(_before: ForgottenState, sent: FormData): Promise<ForgottenState> {
  const form = formOf(sent);
  try {
    await askForLink({ email: form.get("email"), address: (await requestOrigin()).address });
    return { sent: true };
  } catch (error) {
    return { error: errorOf(error), typed: typedInto(form) };
  }
}

/** A password, by the link that an admin gave or a letter brought. */
export async function setPassword(_before: FormState, sent: FormData): Promise<FormState> {
  const form = formOf(sent);
  return await byLink(links.setPassword, { token: form.get("token"), password: form.get("password") }, form);
}

export const createPerson = async (input: unknown) => actAndRefresh(commands.createPerson, input);
export const invitePerson = async (input: unknown) => actAndRefresh(commands.invitePerson, input);
export const mailNewLink = async (input: unknown) => actAndRefresh(commands.mailNewLink, input);
export const updatePerson = async (input: unknown) => actAndRefresh(commands.updatePerson, input);
export const disablePerson = async (input: unknown) => actAndRefresh(commands.disablePerson, input);
export const enablePerson = async (input: unknown) => actAndRefresh(commands.enablePerson, input);
export const issueLink = async (input: unknown) => actAndRefresh(commands.issueLink, input);
export const endSessionsOf = async (input: unknown) => actAndRefresh(access.endSessionsOf, input);

export const requireSecondFactor = async (input: unknown) => actAndRefresh(security.requireSecondFactor, input);
export const handOver = async (input: unknown) => actAndRefresh(handingOver.handOver, input);
export const resetFactors = async (input: unknown) => actAndRefresh(factors.resetFactors, input);

export const updateOwn = async (input: unknown) => actAndRefresh(commands.updateOwn, input);
export const changePassword = async (input: unknown) => actAndRefresh(access.changePassword, input);
export const endSession = async (input: unknown) => actAndRefresh(access.endSession, input);
export const endOtherSessions = async (input: unknown) => actAndRefresh(access.endOtherSessions, input);
export const createOwnToken = async (input: unknown) => actAndRefresh(access.createOwnToken, input);
export const revokeToken = async (input: unknown) => actAndRefresh(access.revokeToken, input);

/** "half": the second factor is still to be shown. */
export type Entered = "in" | "half";

const stepPath = (next: string) => (next === "/" ? "/sign-in/step" : `/sign-in/step?next=${encodeURIComponent(next)}`);

/** Signs somebody in on this browser, or half in. */
async function enter(credentials: Pick<Attempt, "email" | "password">): Promise<ActionResult<Entered>> {
  try {
    const { secret, expiresAt, half } = await letInHere(credentials);
    if (half) await halfSecret.set(secret, expiresAt);
    else await sessionSecret.set(secret, expiresAt);
    return { ok: true, result: half ? "half" : "in" };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

async function letInHere(credentials: Pick<Attempt, "email" | "password">): Promise<LetIn> {
  return await letIn({ ...credentials, ...(await requestOrigin()), oldSecret: await sessionSecret.read() });
}

/** The secret of the half sign-in: what the page holds, or else this browser's cookie. */
async function halfHere(given: unknown): Promise<string | null> {
  return typeof given === "string" ? given : await halfSecret.read();
}

async function finish(shown: SecondStep["shown"], given?: unknown): Promise<ActionResult<Entered>> {
  try {
    const [half, oldSecret] = [await halfHere(given), await sessionSecret.read()];
    const { secret, expiresAt } = await finishSignIn({ half, shown, oldSecret, ...(await requestOrigin()) });
    await sessionSecret.set(secret, expiresAt);
    await halfSecret.clear();
    return { ok: true, result: "in" };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

/** Uses a one-time link, then signs its holder in the ordinary way. */
async function byLink<I extends z.ZodType>(
  command: Command<I, { email: string }>,
  input: unknown,
  form: FormData,
): Promise<FormState> {
  let step: Entered;
  try {
    const { address } = await requestOrigin();
    const verdict = await rateLimits().take("link", address);
    if (!verdict.allowed) throw new TooMany(verdict.retryAfter);
    const { email } = await command(systemActor("set-up"), input);
    // Whoever forgot a password has often tried some.
    await rateLimits().forget("account", accountOf(email));
    const entered = await enter({ email, password: form.get("password") });
    if (!entered.ok) return { error: entered.error, typed: typedInto(form) };
    step = entered.result;
  } catch (error) {
    return { error: errorOf(error), typed: typedInto(form) };
  }
  redirect(step === "in" ? "/" : stepPath("/"));
}

function typedInto(form: FormData): FormState["typed"] {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, 1000) : "";
  };
  return { name: text("name"), email: text("email") };
}
