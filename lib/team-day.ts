import { type Day, today } from "#lib/dates.ts";

/** The calendar day in the team's time zone. */
export function teamToday(now: Date): Day {
  return today(now, teamZone());
}

/** The team's time zone, by its IANA name. */
export function teamZone(): string {
  return process.env.KEPT_TIME_ZONE ?? "Asia/Ho_Chi_Minh";
}
