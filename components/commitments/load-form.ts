import type { ComponentType } from "react";
import { askToSignInAgain } from "#components/people/sign-in-again.tsx";
import type { FormData, FormName } from "./forms.ts";

type Module = { default: ComponentType<{ data: FormData }> };

const modules: Record<FormName, () => Promise<Module>> = {
  report: () => import("./report-form.tsx"),
  owner: () => import("./owner-form.tsx"),
  deadline: () => import("./deadline-form.tsx"),
  texts: () => import("./texts-form.tsx"),
  classify: () => import("./classify-form.tsx"),
  parties: () => import("./parties-form.tsx"),
  money: () => import("./money-form.tsx"),
  milestones: () => import("./milestones-form.tsx"),
  instrument: () => import("./instrument-form.tsx"),
  relations: () => import("./relations-form.tsx"),
  citations: () => import("./citations-form.tsx"),
  meetings: () => import("./meetings-form.tsx"),
  indicators: () => import("./indicators-form.tsx"),
  withdraw: () => import("./withdraw-form.tsx"),
  supersede: () => import("./supersede-form.tsx"),
  reopen: () => import("./reopen-form.tsx"),
  duplicate: () => import("./duplicate-form.tsx"),
  delete: () => import("./delete-form.tsx"),
};

/** A form's code and what it begins with. @throws when either cannot be had. */
export async function loadForm(base: string, name: FormName) {
  const [module, data] = await Promise.all([modules[name](), loadValues(base, name)]);
  return { Form: module.default, data };
}

/** The record as it stands now. Asks the person to sign in again where the session is over. @throws when it can't be had. */
export async function loadValues(base: string, name: FormName): Promise<FormData> {
  const answer = await fetchJson(`${base}/values?form=${name}`);
  return (await answer.json()) as FormData;
}

/** Fetches from our own server; asks to sign in again where the session is over. @throws unless it is answered. */
export async function fetchJson(address: string, signal?: AbortSignal): Promise<Response> {
  const ask = () => fetch(address, { headers: { accept: "application/json" }, signal: signal ?? null });
  let answer = await ask();
  if (answer.status === 401 && (await askToSignInAgain())) answer = await ask();
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}
