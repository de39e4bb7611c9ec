"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const recordSource = async (input: unknown) => act(commands.recordSource, input);
export const editSource = async (input: unknown) => act(commands.editSource, input);
export const markSilent = async (input: unknown) => act(commands.markSilent, input);
export const unmarkSilent = async (input: unknown) => act(commands.unmarkSilent, input);
export const recordErratum = async (input: unknown) => act(commands.recordErratum, input);
export const withdrawErratum = async (input: unknown) => act(commands.withdrawErratum, input);
