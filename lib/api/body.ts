import { InvalidInput } from "#lib/errors.ts";
import type { Upload } from "./operation.ts";
import { Refused } from "./refused.ts";

/** What a request brings along, read strictly. */

/** Bytes. The largest input, a record with all that it may have, stays far below. */
const bodyLimit = 1_000_000;

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
async function bytesOf({ body }: Request, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new Refused(413, "api.errors.tooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function textOf(request: Request): Promise<string> {
  const bytes = await bytesOf(request, bodyLimit);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(400, "api.errors.json");
  }
}

/** The body as the file that it is. @throws Refused 413, 415 */
export async function readUpload(
  request: Request,
  { media, most }: Pick<Upload, "media" | "most">,
): Promise<Uint8Array> {
  const { headers } = request;
  if (Number(headers.get("content-length") ?? 0) > most) throw new Refused(413, "api.errors.tooLarge");
  const [type = ""] = (headers.get("content-type") ?? "").split(";").map((part) => part.trim().toLowerCase());
  if (!media.includes(type) || headers.has("content-encoding"))
    throw new Refused(415, "api.errors.contentType", { Accept: media.join(", ") });
  return bytesOf(request, most);
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

/** @throws Refused 406 where an answer in none of these forms would be taken */
export function checkAccept(headers: Headers, given: readonly string[] = [json]): void {
  const accept = headers.get("accept");
  if (accept === null || accept.trim() === "") return;
  const taken = accept.split(",").some((range) => {
    const [media = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const refused = parameters.some((each) => /^q=0(?:\.0*)?$/.test(each));
    const isMeant = (each: string) => media === each || media === `${each.slice(0, each.indexOf("/"))}/*`;
    return !refused && (media === "*/*" || given.map((each) => each.split(";")[0] ?? "").some(isMeant));
  });
  if (!taken) throw new Refused(406, "api.errors.accept");
}
