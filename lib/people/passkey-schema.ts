import { z } from "zod";
import { name } from "#lib/text.ts";

/** What a browser answers when it is asked for a passkey (WebAuthn): the fields that are looked at, and no others. */

const refused = "security.errors.passkey";

/** Base64url, longer than any authenticator's. */
const bytes = z
  .string({ error: refused })
  .max(8000, refused)
  .regex(/^[\w-]+$/, refused);

const answer = <T extends z.ZodType>(response: T) =>
  z.object(
    { id: bytes, rawId: bytes, type: z.literal("public-key", { error: refused }), response },
    { error: refused },
  );

/** Of a new passkey. */
export const newPasskeyAnswer = answer(
  z.object(
    {
      clientDataJSON: bytes,
      attestationObject: bytes,
      transports: z.array(z.string().max(30, refused), { error: refused }).max(10, refused).catch([]),
    },
    { error: refused },
  ),
);

/** Of a passkey that somebody has. */
export const passkeyAnswer = answer(
  z.object(
    { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes, userHandle: bytes.nullish() },
    { error: refused },
  ),
);

export type PasskeyAnswer = z.output<typeof passkeyAnswer>;

/** Where the app is, as browsers see it: a passkey is good there and nowhere else. It comes from the request, never from a form. */
export const siteInput = z.strictObject({ origin: z.url(), rpId: z.string().min(1) });

export type Site = z.output<typeof siteInput>;

export const passkeyLabel = name(80);
