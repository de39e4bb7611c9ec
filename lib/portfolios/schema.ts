import { z } from "zod";
import { key, line, texts } from "#lib/text.ts";

/** What people say of a portfolio. Issues are message keys. */

const name = texts(200, line);

export const portfolioInput = z.strictObject({
  /** Null: made of the name. It stands in every address. */
  id: key.nullable().default(null),
  name,
  /** What references begin with: "VL". It stays, since references have been printed and quoted. */
  prefix: z
    .string({ error: "errors.text.notText" })
    .transform((text) => text.trim().toUpperCase())
    .refine((text) => /^[A-Z]{2,6}$/.test(text), "errors.prefix"),
});

export const editPortfolioInput = z.strictObject({
  id: key,
  version: z.int({ error: "errors.choice" }).positive(),
  name,
});
