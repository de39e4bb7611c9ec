/** Stands in for lib/reminders/planning.ts until that is there. */
export const stillDue = async (ids: string[], _now: Date): Promise<Set<string>> => new Set(ids);
export const planDue = async (_now: Date): Promise<{ planned: number; added: number }> => ({ planned: 0, added: 0 });
