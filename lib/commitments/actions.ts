"use server";

import { act } from "#lib/action.ts";
import * as commands from "./commands.ts";
import * as creating from "./creating.ts";
import * as editing from "./editing.ts";
import * as linking from "./linking.ts";

export const reportProgress = async (input: unknown) => act(commands.reportProgress, input);
export const assignOwner = async (input: unknown) => act(commands.assignOwner, input);
export const reviseDeadline = async (input: unknown) => act(commands.reviseDeadline, input);
export const changeMany = async (input: unknown) => act(commands.changeMany, input);
export const supersede = async (input: unknown) => act(editing.supersede, input);
export const withdraw = async (input: unknown) => act(commands.withdraw, input);
export const reopen = async (input: unknown) => act(commands.reopen, input);
export const deleteCommitment = async (input: unknown) => act(commands.deleteCommitment, input);

export const createCommitment = async (input: unknown) => act(creating.createCommitment, input);
export const duplicateCommitment = async (input: unknown) => act(creating.duplicateCommitment, input);
export const editTexts = async (input: unknown) => act(editing.editTexts, input);
export const classify = async (input: unknown) => act(editing.classify, input);
export const setParties = async (input: unknown) => act(editing.setParties, input);
export const setMoney = async (input: unknown) => act(editing.setMoney, input);
export const setMilestones = async (input: unknown) => act(editing.setMilestones, input);
export const editInstrument = async (input: unknown) => act(editing.editInstrument, input);
export const setRelations = async (input: unknown) => act(editing.setRelations, input);
export const addCitation = async (input: unknown) => act(editing.addCitation, input);
export const removeCitation = async (input: unknown) => act(editing.removeCitation, input);
export const setMeetings = async (input: unknown) => act(linking.setMeetings, input);
export const setIndicators = async (input: unknown) => act(linking.setIndicators, input);
