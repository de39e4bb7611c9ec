import { z } from "zod";
import { isDay } from "#lib/dates.ts";
import { key, uuid } from "#lib/text.ts";

/** What stands in the paths of operations, by name. What does not fit is not there: 404. */

/** A number in an address. */
const count = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

export const pathParameters: Readonly<Record<string, z.ZodType<string | number>>> = {
  id: uuid,
  citationId: uuid,
  commitmentId: uuid,
  indicatorId: uuid,
  viewId: uuid,
  /** An id, or a reference: "VL-007". */
  record: z.union([uuid, z.string().regex(/^[\p{L}\d]{1,20}-\d{1,9}$/u)]),
  key,
  country: z.string().regex(/^[A-Z]{2}$/),
  day: z.string().refine(isDay),
  paragraph: count,
};
