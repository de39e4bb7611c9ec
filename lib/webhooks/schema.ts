import { z } from "zod";
import { key, line, uuid } from "#lib/text.ts";
import { addressProblem, privateAllowed } from "./address.ts";
import { kinds } from "./kinds.ts";

/** What a webhook may say. Issues are message keys. */

/** So many a portfolio. */
export const webhooksMost = 20;

const choice = "errors.choice";

const fields = {
  url: line(2000)
    .refine((text) => text.length > 0, { error: "errors.text.empty", abort: true })
    .superRefine((text, context) => {
      const message = addressProblem(text, { allowPrivate: privateAllowed() });
      if (message) context.addIssue({ code: "custom", message });
    }),
  description: line(200),
  /** None: all. */
  kinds: z
    .array(z.enum(kinds, { error: choice }), { error: choice })
    .max(kinds.length, "errors.tooMany")
    .transform((chosen) => kinds.filter((kind) => chosen.includes(kind))),
};

const version = z.int({ error: choice }).positive();

export const createWebhookInput = z.strictObject({ portfolioId: key, ...fields });
export const updateWebhookInput = z.strictObject({ id: uuid, version, ...fields });
export const switchWebhookInput = z.strictObject({
  id: uuid,
  version,
  active: z.boolean({ error: choice }),
  /** Switched on again: what happened meanwhile is sent after all; otherwise it goes on from now. */
  missed: z.boolean({ error: choice }).default(true),
});
export const ofWebhookInput = z.strictObject({ id: uuid, version });
