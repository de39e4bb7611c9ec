"use server";

import { act, actAndRefresh } from "#lib/action.ts";
import * as rules from "./commands.ts";
import * as holidays from "./holidays.ts";
import * as inbox from "./inbox.ts";
import * as preferences from "./preferences.ts";
import * as watching from "./watching.ts";

export const savePreference = async (input: unknown) => actAndRefresh(preferences.savePreference, input);

export const watchRecord = async (input: unknown) => actAndRefresh(watching.watchRecord, input);
export const watchView = async (input: unknown) => act(watching.watchView, input);
export const unwatch = async (input: unknown) => actAndRefresh(watching.unwatch, input);
export const mute = async (input: unknown) => actAndRefresh(watching.mute, input);
export const snooze = async (input: unknown) => actAndRefresh(watching.snooze, input);
export const unmute = async (input: unknown) => actAndRefresh(watching.unmute, input);

// Nothing on a page that is merely opened changes by its being read.
export const markRead = async (input: unknown) => act(inbox.markRead, input);
export const markAllRead = async (input: unknown) => actAndRefresh(inbox.markAllRead, input);
export const markDone = async (input: unknown) => actAndRefresh(inbox.markDone, input);
export const snoozeItem = async (input: unknown) => actAndRefresh(inbox.snoozeItem, input);
export const restore = async (input: unknown) => actAndRefresh(inbox.restore, input);

export const createRule = async (input: unknown) => act(rules.createRule, input);
export const updateRule = async (input: unknown) => act(rules.updateRule, input);
export const switchRule = async (input: unknown) => actAndRefresh(rules.switchRule, input);

export const addHoliday = async (input: unknown) => actAndRefresh(holidays.addHoliday, input);
export const renameHoliday = async (input: unknown) => actAndRefresh(holidays.renameHoliday, input);
export const strikeHoliday = async (input: unknown) => actAndRefresh(holidays.strikeHoliday, input);
