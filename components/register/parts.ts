import type { ComponentType } from "react";
import { fetchJson } from "#components/people/fetch-json.ts";
import type { PartProps } from "#components/register/part.ts";
import type { CompiledMessages } from "#lib/i18n/compiled.ts";

/** What the register fetches only when it is first used: dialogs, forms, the bar for selected rows. */

type Module = { default: ComponentType<PartProps> };

const modules = {
  filters: (): Promise<Module> => import("./filter-dialog.tsx"),
  columns: (): Promise<Module> => import("./columns-dialog.tsx"),
  views: (): Promise<Module> => import("./views-dialog.tsx"),
  help: (): Promise<Module> => import("./help-dialog.tsx"),
  edit: (): Promise<Module> => import("./edit-cell.tsx"),
  bulk: (): Promise<Module> => import("./bulk-bar.tsx"),
};

export type PartName = keyof typeof modules;
export const isPartName = (name: string | undefined): name is PartName =>
  name !== undefined && Object.hasOwn(modules, name);

export type Part = { Part: ComponentType<PartProps>; words: CompiledMessages };

let words: Promise<CompiledMessages> | undefined;

/** A part's code, and the words of all of them. @throws when either can't be had. */
export async function loadPart(base: string, name: PartName): Promise<Part> {
  words ??= fetchJson(`${base}/register/words`)
    .then((answer) => answer.json())
    .catch((error: unknown) => {
      words = undefined;
      throw error;
    });
  const [module, messages] = await Promise.all([modules[name](), words]);
  return { Part: module.default, words: messages };
}
