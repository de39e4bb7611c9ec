import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { Secret, TOTP } from "otpauth";

/** A device with one passkey (ES256), in place of a phone: it answers as told, also wrongly. */
export type Authenticator = {
  /** Its answer to PublicKeyCredentialCreationOptionsJSON. */
  create(question: { challenge: string; rp: { id?: string }; user: { id: string } }, lie?: Lie): object;
  /** Its answer to PublicKeyCredentialRequestOptionsJSON. */
  get(question: { challenge: string; rpId?: string }, lie?: Lie): object;
};

/** What the answer says of the world other than is true. */
export type Lie = {
  origin?: string;
  rpId?: string;
  verified?: boolean;
  counter?: number;
  userHandle?: string;
  key?: KeyObject;
};

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString("base64url");

export function authenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(32);
  let userHandle = "";
  let counter = 0;

  const clientData = (type: string, challenge: string, lie: Lie) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: lie.origin ?? origin, crossOrigin: false }));

  const authData = (rpId: string, lie: Lie, more: Uint8Array = new Uint8Array()) => {
    const flags = 0x01 | ((lie.verified ?? true) ? 0x04 : 0) | (more.length > 0 ? 0x40 : 0);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(lie.counter ?? ++counter);
    return Buffer.concat([sha256(lie.rpId ?? rpId), Buffer.from([flags]), count, more]);
  };

  return {
    create({ challenge, rp, user }, lie = {}) {
      userHandle = user.id;
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const point = (value: string) => Buffer.from(value, "base64url");
      // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, as CBOR writes it.
      const cose = Buffer.concat([hex("a5010203262001215820"), point(x), hex("225820"), point(y)]);
      const data = authData(rp.id ?? "", lie, Buffer.concat([Buffer.alloc(16), hex("0020"), id, cose]));
      // {"fmt": "none", "attStmt": {}, "authData": data}
      const head = hex("a363666d74646e6f6e656761747453746d74a068617574684461746158");
      const attestationObject = base64url(Buffer.concat([head, Buffer.from([data.length]), data]));
      const clientDataJSON = base64url(clientData("webauthn.create", challenge, lie));
      const response = { clientDataJSON, attestationObject, transports: ["internal"] };
      return { id: base64url(id), rawId: base64url(id), type: "public-key", response, clientExtensionResults: {} };
    },
    get({ challenge, rpId = "" }, lie = {}) {
      const [client, data] = [clientData("webauthn.get", challenge, lie), authData(rpId, lie)];
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(sign("sha256", Buffer.concat([data, sha256(client)]), lie.key ?? privateKey)),
        userHandle: lie.userHandle ?? userHandle,
      };
      return { id: base64url(id), rawId: base64url(id), type: "public-key", response, clientExtensionResults: {} };
    },
  };
}

const hex = (digits: string) => Buffer.from(digits, "hex");

/** The code that an authenticator app shows at a moment for the secret it was given (RFC 6238, six figures). */
export const codeAt = (secret: Uint8Array, now: Date): string =>
  TOTP.generate({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }), timestamp: now.getTime() });
