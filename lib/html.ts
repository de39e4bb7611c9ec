/**
 * HTML written as text, for long tables on fast pages: React's own way of sending fifty rows costs more than everything
 * else that the page does. Whatever is put into a template is escaped, for text and for quoted attributes alike. So
 * attributes must stand in quotes, but for values of ours that have only letters, digits and hyphens; and nothing may be
 * put into names of tags, comments, scripts or styles.
 */
export type Html = { readonly [made]: true; readonly text: string };

declare const made: unique symbol;

type Part = string | number | Html | readonly Html[] | false | null | undefined;

/** `html`<td>${title}</td>``. Html inside is kept as it is, lists are joined, false and null are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (let at = 0; at < parts.length; at++) text += render(parts[at]) + strings[at + 1];
  return { text } as Html;
}

/** `html` for several in a row. */
export function joined(parts: readonly Html[]): Html {
  return { text: parts.map((part) => part.text).join("") } as Html;
}

function render(part: Part): string {
  if (typeof part === "string") return escapeHtml(part);
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "number") return String(part);
  return "text" in part ? part.text : part.map((each) => each.text).join("");
}

const special = /[&<>"']/;
const specials = /[&<>"']/g;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text as HTML shows it, also within an attribute in quotes. */
export function escapeHtml(text: string): string {
  return special.test(text) ? text.replace(specials, (sign) => entities[sign] ?? sign) : text;
}
