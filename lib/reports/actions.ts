"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { type ActionResult, act, actAndRefresh, errorOf } from "#lib/action.ts";
import { NotSignedIn } from "#lib/errors.ts";
import { originOf } from "#lib/paths.ts";
import { currentActor } from "#lib/session.ts";
import * as comments from "./comments.ts";
import * as drafts from "./drafts.ts";
import * as issuing from "./issuing.ts";
import * as own from "./own.ts";

export const writeUp = async (input: unknown) => act(drafts.writeUp, input);
export const writeAgain = async (input: unknown) => act(drafts.writeAgain, input);
export const editReport = async (input: unknown) => actAndRefresh(drafts.editReport, input);
export const submitReport = async (input: unknown) => actAndRefresh(drafts.submitReport, input);
export const approveReport = async (input: unknown) => actAndRefresh(drafts.approveReport, input);
export const sendBackReport = async (input: unknown) => actAndRefresh(drafts.sendBackReport, input);
export const discardReport = async (input: unknown) => act(drafts.discardReport, input);
export const commentOnReport = async (input: unknown) => actAndRefresh(comments.comment, input);
export const resolveComment = async (input: unknown) => actAndRefresh(comments.resolveComment, input);

export const saveTemplate = async (input: unknown) => act(own.saveTemplate, input);
export const renameTemplate = async (input: unknown) => actAndRefresh(own.renameTemplate, input);
export const deleteTemplate = async (input: unknown) => actAndRefresh(own.deleteTemplate, input);

/** Its files have links to where the app is open. */
export async function issueReport(input: unknown): Promise<ActionResult<{ id: string }>> {
  try {
    const actor = await currentActor();
    if (!actor) throw new NotSignedIn();
    const options = { now: new Date(), origin: originOf(await headers()) };
    const result = await issuing.issueReport(actor, input, options);
    refresh();
    return { ok: true, result };
  } catch (error) {
    return { ok: false, error: errorOf(error) };
  }
}
