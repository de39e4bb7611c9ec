"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const saveView = async (input: unknown) => act(commands.saveView, input);
export const renameView = async (input: unknown) => act(commands.renameView, input);
export const deleteView = async (input: unknown) => act(commands.deleteView, input);
