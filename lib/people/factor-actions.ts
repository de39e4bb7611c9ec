"use server";

import type { z } from "zod";
import { type ActionResult, errorOf } from "#lib/action.ts";
import type { Command } from "#lib/command.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { currentFactorActor, requestSite } from "#lib/session.ts";
import * as confirm from "./confirm.ts";
import { getOwnFactors } from "./factor-queries.ts";
import * as factors from "./factors.ts";
import { onlyElsewhere } from "./identity-queries.ts";
import * as passkeys from "./passkeys.ts";

/**
 * One's own second factors, and showing again who one is, also for whoever has yet to set one up before anything else. The page is not shown anew by
 * these: recovery codes stand on it, and are nowhere else.
 */

export const beginTotp = async (input: unknown) => actOnOwn(factors.beginTotp, input);
export const confirmTotp = async (input: unknown) => actOnOwn(factors.confirmTotp, input);
export const removeTotp = async (input: unknown) => actOnOwn(factors.removeTotp, input);
export const removePasskey = async (input: unknown) => actOnOwn(passkeys.removePasskey, input);
export const renewRecoveryCodes = async (input: unknown) => actOnOwn(factors.renewRecoveryCodes, input);

export const beginPasskey = async () => actOnOwn(passkeys.beginPasskey, { site: await requestSite() });
export const addPasskey = async (label: unknown, answer: unknown) =>
  actOnOwn(passkeys.addPasskey, { site: await requestSite(), label, answer });

export const confirmByPassword = async (input: unknown) => actOnOwn(confirm.confirmByPassword, input);
export const confirmByCode = async (input: unknown) => actOnOwn(confirm.confirmByCode, input);
export const askToConfirm = async () => actOnOwn(confirm.askToConfirm, { site: await requestSite() });
export const confirmByPasskey = async (answer: unknown) =>
  actOnOwn(confirm.confirmByPasskey, { site: await requestSite(), answer });

/** `elsewhere`: what the organisation's sign-in is called, where they have nothing else to show. */
export type Ways = { codes: boolean; passkeys: boolean; elsewhere: string | null };

/** By what whoever is signed in can show again who they are. */
export async function waysToConfirm(): Promise<ActionResult<Ways>> {
  try {
    const found = await currentFactorActor();
    if (!found) throw new NotSignedIn();
    const { totpSince, passkeys: own, recoveryLeft } = await getOwnFactors(found.actor);
    const elsewhere = await onlyElsewhere(found.actor);
    return { ok: true, result: { elsewhere, codes: totpSince !== null || recoveryLeft > 0, passkeys: own.length > 0 } };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}

async function actOnOwn<I extends z.ZodType, R>(command: Command<I, R>, input: unknown): Promise<ActionResult<R>> {
  try {
    const found = await currentFactorActor();
    if (!found) throw new NotSignedIn();
    return { ok: true, result: await command(found.actor, input) };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}
