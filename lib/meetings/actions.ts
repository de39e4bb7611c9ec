"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const reviseMeeting = async (input: unknown) => act(commands.reviseMeeting, input);
