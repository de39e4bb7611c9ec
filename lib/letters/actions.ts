"use server";

import { actAndRefresh } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const sendAgain = async (input: unknown) => actAndRefresh(commands.sendAgain, input);
export const sendNow = async (input: unknown) => actAndRefresh(commands.sendNow, input);
