"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const recordMeeting = async (input: unknown) => act(commands.recordMeeting, input);
export const editMeeting = async (input: unknown) => act(commands.editMeeting, input);
export const reviseMeeting = async (input: unknown) => act(commands.reviseMeeting, input);
