import compile from "icu-minify/compile";
import type { CompiledMessage } from "icu-minify/format";
import type { Locale } from "#lib/i18n/locales.ts";
import { type MessageKey, messages } from "#lib/i18n/translator.ts";

/** Messages for the browser: full key → parsed message. Most are plain strings. */
export type CompiledMessages = Record<string, CompiledMessage>;

/** A key, or the beginning of keys: `common`, `commitments.completion`, `common.save`. */
export type MessageScope = MessageKey extends infer K ? (K extends string ? K | Parents<K> : never) : never;

type Parents<K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head | (Rest extends `${string}.${string}` ? `${Head}.${Parents<Rest>}` : never)
  : never;

const compiled = new Map<string, CompiledMessages>();

/** The messages under the wanted scopes, parsed once in the life of the process. */
export function compiledMessages(locale: Locale, scopes: readonly MessageScope[]): CompiledMessages {
  const name = `${locale} ${scopes.join(" ")}`;
  let found = compiled.get(name);
  if (!found) {
    found = {};
    for (const scope of scopes) collect(found, scope, at(messages[locale], scope));
    compiled.set(name, found);
  }
  return found;
}

function at(tree: unknown, path: string): unknown {
  return path.split(".").reduce((node, step) => (node as Record<string, unknown> | undefined)?.[step], tree);
}

function collect(into: CompiledMessages, path: string, node: unknown): void {
  // React sends plain objects only; the parser makes some without a prototype.
  if (typeof node === "string") into[path] = structuredClone(compile(node));
  else for (const [step, child] of Object.entries(node ?? {})) collect(into, `${path}.${step}`, child);
}
