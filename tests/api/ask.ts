import { GET as unknown } from "#app/api/v1/[...path]/route.ts";
import { GET as commitment } from "#app/api/v1/commitments/[id]/route.ts";
import { GET as commitments } from "#app/api/v1/commitments/route.ts";
import { GET as indicators } from "#app/api/v1/indicators/route.ts";
import { GET as meetings } from "#app/api/v1/meetings/route.ts";
import { GET as sources } from "#app/api/v1/sources/route.ts";

export const lists = { commitments, indicators, sources, meetings };
export type ListName = keyof typeof lists;

const request = (path: string, headers: Record<string, string>) =>
  new Request(`http://localhost/api/v1/${path}`, { headers });

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A list's answer. `query`: "limit=2&form=pledge". */
export const askList = (name: ListName, query: string, headers: Record<string, string>): Promise<Response> =>
  lists[name](request(`${name}?${query}`, headers));

/** A record's answer; `id` as it comes out of the address. */
export const askOne = (id: string, headers: Record<string, string>, query = ""): Promise<Response> =>
  commitment(request(`commitments/x?${query}`, headers), { params: Promise.resolve({ id }) });

export const askNothing = (headers: Record<string, string>): Promise<Response> => unknown(request("nothing", headers));
