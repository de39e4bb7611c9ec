"use server";

import { actAndRefresh } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const createFeed = async (input: unknown) => actAndRefresh(commands.createFeed, input);
export const revokeFeed = async (input: unknown) => actAndRefresh(commands.revokeFeed, input);
