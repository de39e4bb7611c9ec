import { addDays, type Day, numberOf } from "#lib/dates.ts";
import { weekdayOf } from "./working-days.ts";

/** How far ahead something can be put off. */
const snoozeMost = 2 * 365;

/** Until when something can be put off: tomorrow, the first Monday after that, and the last day that can be chosen. */
export type SnoozeDays = { tomorrow: Day; monday: Day; last: Day };

/** Pure: what is offered on a day. */
export function snoozeDays(today: Day): SnoozeDays {
  return {
    tomorrow: addDays(today, 1),
    monday: addDays(today, 9 - weekdayOf(numberOf(today) + 1)),
    last: addDays(today, snoozeMost),
  };
}
