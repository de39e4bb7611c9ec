import { z } from "zod";

/** What an address of the timeline says besides the register's filters: `?group=agency&zoom=month`. */

export const groupings = ["sector", "agency", "form"] as const;
export const zooms = ["year", "quarter", "month"] as const;
export type Grouping = (typeof groupings)[number];
export type Zoom = (typeof zooms)[number];

const look = z.object({
  group: z.enum(groupings).catch("sector"),
  zoom: z.enum(zooms).catch("year"),
});
export type Look = z.output<typeof look>;

/** What does not fit counts as not said. */
export function parseLook(query: Record<string, string | string[] | undefined>): Look {
  return look.parse({ group: [query.group].flat()[0], zoom: [query.zoom].flat()[0] });
}
