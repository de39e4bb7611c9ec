"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const recordParty = async (input: unknown) => act(commands.recordParty, input);
export const editParty = async (input: unknown) => act(commands.editParty, input);
export const recordPlace = async (input: unknown) => act(commands.recordPlace, input);
export const editPlace = async (input: unknown) => act(commands.editPlace, input);
