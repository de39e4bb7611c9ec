import { fetchJson } from "#components/people/fetch-json.ts";
import type { FormData, FormName } from "./forms.ts";

/** The record as it stands now. Asks the person to sign in again where the session is over. @throws when it can't be had. */
export async function loadValues(base: string, name: FormName): Promise<FormData> {
  const answer = await fetchJson(`${base}/values?form=${name}`);
  return (await answer.json()) as FormData;
}
