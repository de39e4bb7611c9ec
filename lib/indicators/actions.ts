"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";
import * as figures from "./figures.ts";
import * as targets from "./targets.ts";

export const recordIndicator = async (input: unknown) => act(commands.recordIndicator, input);
export const editIndicator = async (input: unknown) => act(commands.editIndicator, input);
export const recordFigure = async (input: unknown) => act(figures.recordFigure, input);
export const correctFigure = async (input: unknown) => act(figures.correctFigure, input);
export const withdrawFigure = async (input: unknown) => act(figures.withdrawFigure, input);
export const recordTarget = async (input: unknown) => act(targets.recordTarget, input);
export const correctTarget = async (input: unknown) => act(targets.correctTarget, input);
export const withdrawTarget = async (input: unknown) => act(targets.withdrawTarget, input);
