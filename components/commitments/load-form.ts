import type { ComponentType } from "react";
import type { FormData, FormName } from "./forms.ts";
import { loadValues } from "./load-values.ts";

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
