"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const recordPortfolio = async (input: unknown) => act(commands.recordPortfolio, input);
export const editPortfolio = async (input: unknown) => act(commands.editPortfolio, input);
