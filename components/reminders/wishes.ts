import type { Locale } from "#lib/i18n/locales.ts";

/** As the form holds it: `leadDays` as typed. */
export type Wishes = {
  locale: Locale | null;
  timeZone: string | null;
  hour: number;
  days: number[];
  countries: string[];
  frequency: "immediately" | "daily" | "weekly";
  weekday: number;
  mail: boolean;
  inApp: boolean;
  ownLeadDays: boolean;
  leadDays: string;
};

/** "08:00" */
export const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;

/** "60, 14, 3" as numbers. What is none stays, for the server to say so. */
export function numbersIn(text: string): (number | string)[] {
  return text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : part));
}
