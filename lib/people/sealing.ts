import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { KeptError } from "#lib/errors.ts";

/**
 * What the database keeps sealed, so that a copy of it alone opens nothing: AES-256-GCM under a key that is derived from
 * the installation's secret (lib/start/secret.ts). Sealed is: 12 bytes nonce, 16 bytes tag, the text.
 */

const nonceLength = 12;
const tagLength = 16;

/** The installation's secret is another one than when this was sealed: it can't be opened any more. */
export class SealBroken extends KeptError {
  readonly status = 422;
  readonly key = "security.errors.sealBroken";
}

/** `whose` is bound into the seal: moved to somebody else's row, it does not open. */
export function seal(plain: Uint8Array, whose: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce).setAAD(Buffer.from(whose));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

/** @throws SealBroken */
export function unseal(sealed: Uint8Array, whose: string): Uint8Array {
  const bytes = Buffer.from(sealed);
  const [nonce, tag] = [bytes.subarray(0, nonceLength), bytes.subarray(nonceLength, nonceLength + tagLength)];
  try {
    const opener = createDecipheriv("aes-256-gcm", key(), nonce).setAAD(Buffer.from(whose)).setAuthTag(tag);
    return Buffer.concat([opener.update(bytes.subarray(nonceLength + tagLength)), opener.final()]);
  } catch (cause) {
    throw new SealBroken("a sealed secret does not open", { cause });
  }
}

function key(): Buffer {
  const { KEPT_SECRET } = process.env;
  if (!KEPT_SECRET) throw new Error("KEPT_SECRET is not set: the app is started by lib/start");
  return Buffer.from(hkdfSync("sha256", KEPT_SECRET, "", "kept: second factors", 32));
}
