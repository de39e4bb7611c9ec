"use server";

import { actAndRefresh } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const mapImport = async (input: unknown) => actAndRefresh(commands.mapImport, input);
export const tickRows = async (input: unknown) => actAndRefresh(commands.tickRows, input);
export const runImport = async (input: unknown) => actAndRefresh(commands.runImport, input);
export const undoImport = async (input: unknown) => actAndRefresh(commands.undoImport, input);
export const discardImport = async (input: unknown) => actAndRefresh(commands.discardImport, input);
