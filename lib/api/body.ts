import { InvalidInput } from "#lib/errors.ts";
import { Refused } from "./refused.ts";

/** What a request brings along, read strictly. */

/** Bytes. The largest input, a record with all that it may have, stays far below. */
export const bodyLimit = 1_000_000;

const json = "application/json";

/**
 * The body as text and as the object that it holds; a request without one holds nothing.
 * @throws Refused 400, 413, 415; InvalidInput where it is no object
 */
export async function readBody(request: Request): Promise<{ text: string; fields: Record<string, unknown> }> {
  const { headers } = request;
  if (Number(headers.get("content-length") ?? 0) > bodyLimit) throw new Refused(413, "api.errors.tooLarge");
  const text = await textOf(request);
  const type = headers.get("content-type");
  if (text === "" && type === null) return { text, fields: {} };
  const [media = "", ...parameters] = (type ?? "").split(";").map((part) => part.trim().toLowerCase());
  if (media !== json || parameters.some((each) => !/^charset="?utf-8"?$/.test(each)) || headers.has("content-encoding"))
    throw new Refused(415, "api.errors.contentType", { Accept: json });
  const fields = parsed(text);
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    throw new InvalidInput({ form: ["api.errors.object"] });
  return { text, fields: fields as Record<string, unknown> };
}

/** Counted as it comes in: not every body says how long it is. */
async function textOf({ body }: Request): Promise<string> {
  if (!body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refused(413, "api.errors.tooLarge");
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refused(400, "api.errors.json");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, "api.errors.json");
  }
}

/**
 * The version in If-Match. An ETag that a proxy has weakened names the same version.
 * @throws Refused 428 where there is none, InvalidInput where it names none
 */
export function versionSeen(headers: Headers): number {
  const given = headers.get("if-match")?.trim();
  // "*" is: whatever stands there. Nobody overwrites what they have not seen.
  if (!given || given === "*") throw new Refused(428, "api.errors.versionNeeded");
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(given) ?? [];
  if (version === undefined) throw new InvalidInput({ "If-Match": ["api.errors.version"] });
  return Number(version);
}

/** @throws Refused 406 where an answer in JSON would not be taken */
export function checkAccept(headers: Headers): void {
  const accept = headers.get("accept");
  if (accept === null || accept.trim() === "") return;
  const taken = accept.split(",").some((range) => {
    const [media = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const refused = parameters.some((each) => /^q=0(?:\.0*)?$/.test(each));
    return !refused && (media === "*/*" || media === "application/*" || media === json);
  });
  if (!taken) throw new Refused(406, "api.errors.accept");
}
