import { readFile } from "node:fs/promises";
import type { ActionResult } from "#lib/action.ts";

/** A server action as the build knows it. `page` is one of the pages that may call it. */
export type BuiltAction = { id: string; name: string; file: string; page: string };

type Manifest = {
  node: Record<string, { workers: Record<string, unknown>; filename?: string; exportedName?: string }>;
};

/** Every server action of the build that the tests run on. */
export async function builtActions(): Promise<BuiltAction[]> {
  const manifest: Manifest = JSON.parse(await readFile(".next-test/server/server-reference-manifest.json", "utf8"));
  return Object.entries(manifest.node).map(([id, { workers, filename = "", exportedName = "" }]) => ({
    id,
    name: exportedName,
    file: filename,
    page: (Object.keys(workers)[0] ?? "")
      .replace(/^app/, "")
      .replace(/\/page$/, "")
      .replace(/\/\([^)]*\)/g, ""),
  }));
}

/** Every page and route of the build, as the address's pattern. */
export async function builtRoutes(): Promise<string[]> {
  const manifest: Record<string, string> = JSON.parse(
    await readFile(".next-test/app-path-routes-manifest.json", "utf8"),
  );
  return [...new Set(Object.values(manifest))].sort();
}

type ActionCall = {
  url: string;
  cookie?: string | undefined;
  action: BuiltAction;
  args: readonly unknown[];
  headers?: Record<string, string>;
};

/** Calls a server action as the browser does, and gives the HTTP answer. */
export function postAction({ url, cookie, action, args, headers = {} }: ActionCall): Promise<Response> {
  const page = action.page.replace("[portfolio]", "viet-nam-laos").replace("[reference]", "VL-001");
  return fetch(`${url}${page || "/"}`, {
    method: "POST",
    headers: {
      origin: url,
      accept: "text/x-component",
      "content-type": "text/plain;charset=UTF-8",
      "next-action": action.id,
      ...(cookie && { cookie }),
      ...headers,
    },
    body: JSON.stringify(args),
    redirect: "manual",
  });
}

/** The same for an action that answers with an ActionResult, which is read out of React's wire format. */
export async function callAction<R = unknown>(call: ActionCall): Promise<ActionResult<R>> {
  const response = await postAction(call);
  const text = await response.text();
  for (const row of text.split("\n")) {
    const json = row.slice(row.indexOf(":") + 1);
    if (json.startsWith('{"ok":')) return JSON.parse(json);
  }
  throw new Error(`${call.action.name}: ${response.status} without a result: ${text.slice(0, 300)}`);
}
