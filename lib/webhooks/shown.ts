import { z } from "zod";
import { DeliveryState } from "#prisma/generated/enums.ts";
import type { Kind } from "./kinds.ts";

/** Webhooks and their deliveries, as those who manage a register see them. */

export type WebhookShown = {
  id: string;
  url: string;
  description: string;
  /** None: all. */
  kinds: Kind[];
  active: boolean;
  pausedFor: "failing" | "gone" | null;
  failingSince: Date | null;
  /** Until when the key before this one is good, too. */
  oldUntil: Date | null;
  createdAt: Date;
  version: number;
  waiting: number;
  parked: number;
  lastDelivered: Date | null;
};

export const deliveryStates = Object.values(DeliveryState);

/** The address of the log. What does not fit is left out. */
export const deliveryFilter = z.object({
  state: z.enum(DeliveryState).nullable().catch(null).default(null),
  /** The `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,16}-[0-9a-f-]{36}$/)
    .nullable()
    .catch(null)
    .default(null),
});
export type DeliveryFilter = z.output<typeof deliveryFilter>;

export type DeliveryShown = {
  id: string;
  state: DeliveryState;
  /** What happened; null: somebody tried whether it arrives. */
  verb: string | null;
  /** Of a commitment. */
  reference: string | null;
  createdAt: Date;
  attempts: number;
  nextTryAt: Date;
  triedAt: Date | null;
  /** HTTP; null: there was no answer. */
  status: number | null;
  /** Milliseconds. */
  duration: number | null;
  answer: string | null;
  /** A message key. */
  error: string | null;
};
