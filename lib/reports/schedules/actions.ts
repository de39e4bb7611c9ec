"use server";

import { act, actAndRefresh } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const createSchedule = async (input: unknown) => act(commands.createSchedule, input);
export const updateSchedule = async (input: unknown) => act(commands.updateSchedule, input);
export const switchSchedule = async (input: unknown) => actAndRefresh(commands.switchSchedule, input);
