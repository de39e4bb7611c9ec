"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

// The list of tasks hears of it by itself.
export const askFor = async (input: unknown) => act(commands.askFor, input);
export const cancelTask = async (input: unknown) => act(commands.cancelTask, input);
