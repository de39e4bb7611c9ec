import type { World } from "./world.ts";

/** A request to the API that is right. */

/** `path` as it is asked for; `version` goes into If-Match; `body` is sent as JSON, or as the file that it is. */
export type Sample = { path: string; body?: object; version?: number };

export type Make = (world: World) => Promise<Sample> | Sample;

export const just =
  (path: string): Make =>
  () => ({ path });
