import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";

/**
 * The two kinds of codes that people type as their second factor: six figures of an authenticator app (RFC 6238), and
 * recovery codes for when the phone is lost.
 */

/** Seconds for which a code of an app stands. Every app knows these settings, and many know no others. */
const period = 30;
const settings = { algorithm: "SHA1", digits: 6, period } as const;

/** A new secret to share with an app: 160 random bits, as the standard asks for. */
export const newTotpSecret = (): Uint8Array => randomBytes(20);

const totp = (secret: Uint8Array, label = "") =>
  new TOTP({ ...settings, issuer: "Kept", label, secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });

/** The secret as an app takes it: typed (in groups of four), or read from a picture. */
export function sharedWithApp(secret: Uint8Array, email: string): { typed: string; picture: Picture } {
  const device = totp(secret, email);
  return { typed: device.secret.base32.replace(/(.{4})(?=.)/g, "$1 "), picture: pictureOf(device.toString()) };
}

/** A picture of squares: the path of the dark ones, in a square of `size` units. */
type Picture = { size: number; path: string };

function pictureOf(text: string): Picture {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return { size, path };
}

/**
 * The half minute (counted from 1970) that a typed code belongs to, or null. Clocks go wrong: the one before and the one
 * after count, too. Spaces that people copy along don't matter.
 */
export function stepOf(secret: Uint8Array, typed: string, now: Date): number | null {
  const token = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(secret).validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** How many recovery codes there are at a time. */
export const recoveryCount = 10;

/** No letter that is taken for a figure or another letter. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 24;

/** New recovery codes, of 120 random bits each, as they are shown: "4k7q2m-…". */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCount }, () => {
    const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % 32]).join("");
    return letters.replace(/(.{6})(?=.)/g, "$1-");
  });
}

/** A recovery code as it is kept (its digest is), however it was typed; null for what is none. */
export function normalRecoveryCode(typed: string): string | null {
  const letters = typed.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  return letters.length === codeLength && [...letters].every((letter) => alphabet.includes(letter)) ? letters : null;
}
