"use server";

import { act, actAndRefresh } from "#lib/action.ts";
import * as commands from "./commands.ts";

export const createWebhook = async (input: unknown) => act(commands.createWebhook, input);
export const updateWebhook = async (input: unknown) => actAndRefresh(commands.updateWebhook, input);
export const switchWebhook = async (input: unknown) => actAndRefresh(commands.switchWebhook, input);
export const rollSecret = async (input: unknown) => actAndRefresh(commands.rollSecret, input);
export const deleteWebhook = async (input: unknown) => act(commands.deleteWebhook, input);
export const testWebhook = async (input: unknown) => actAndRefresh(commands.testWebhook, input);
export const redeliver = async (input: unknown) => actAndRefresh(commands.redeliver, input);
export const redeliverParked = async (input: unknown) => actAndRefresh(commands.redeliverParked, input);
