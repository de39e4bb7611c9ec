import { type Html, html, joined } from "#lib/html.ts";

/** A row of a table of bars. Each part is a number that opens the register with exactly those records. */
export type BarRow = { label: string; lang?: string | undefined; href?: string; parts: readonly Part[] };

/** `fill` names a class of overview.css: how the parts are told apart, also without colour. */
export type Part = { fill: string; count: number; href: string };

type Words = { caption: string; label: string; picture: string; all?: string | undefined; parts: readonly string[] };

/**
 * Rows as a table whose second column draws them: a picture for the eyes and a mouse, numbers for everybody. `all` names a
 * column for their sums. `show` writes a number.
 */
export function barTable(words: Words, rows: readonly BarRow[], show: (count: number) => string): Html {
  const most = Math.max(1, ...rows.map(({ parts }) => sum(parts)));
  const number = (count: number, href: string | undefined) =>
    html`<td class=number>${count > 0 && href ? html`<a href='${href}'>${show(count)}</a>` : html`<span class=nothing>${show(count)}</span>`}</td>`;
  const body = rows.map(
    ({ label, lang, href, parts }) =>
      html`<tr><th scope=row${lang ? html` lang='${lang}'` : ""}>${label}</th><td class=picture>${bar(parts, most)}</td>${
        words.all && number(sum(parts), href)
      }${parts.map(({ count, href: own }) => number(count, own))}</tr>`,
  );
  const heads = words.parts.map(
    (part, at) =>
      html`<th scope=col class=number>${words.parts.length > 1 && swatch(rows[0]?.parts[at]?.fill)}${part}</th>`,
  );
  return html`<div class=scroll tabindex=0 role=region aria-label='${words.caption}'><table><thead><tr><th scope=col>${words.label}</th><th scope=col class=picture><span class=sr-only>${words.picture}</span></th>${
    words.all && html`<th scope=col class=number>${words.all}</th>`
  }${heads}</tr></thead><tbody>${joined(body)}</tbody></table></div>`;
}

const sum = (parts: readonly Part[]) => parts.reduce((all, { count }) => all + count, 0);

const swatch = (fill: string | undefined) =>
  html`<svg class=swatch aria-hidden=true width=10 height=10><rect class='${fill ?? ""}' width=10 height=10></rect></svg>`;

/** The parts side by side, as long as their numbers. What it says stands in the same row. */
function bar(parts: readonly Part[], most: number): Html {
  let at = 0;
  const drawn = parts.map(({ fill, count, href }) => {
    const [x, width] = [(at / most) * 100, (count / most) * 100];
    at += count;
    return count > 0
      ? html`<a href='${href}' tabindex=-1><rect class='${fill}' x='${x.toFixed(2)}%' y=1 width='${width.toFixed(2)}%' height=14></rect></a>`
      : html``;
  });
  return html`<svg aria-hidden=true width='100%' height=16>${joined(drawn)}</svg>`;
}

/** How many at several times, as columns. Each is a link that says its number. */
export function columnChart(
  alt: string,
  columns: readonly { label: string; says: string; count: number; href: string }[],
  show: (count: number) => string,
): Html {
  const [height, top] = [120, 18];
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const each = 100 / Math.max(1, columns.length);
  const drawn = columns.map(({ label, says, count, href }, at) => {
    const tall = (count / most) * height;
    const middle = `${((at + 0.5) * each).toFixed(2)}%`;
    // The words stand beside the link: its own name says more than they do.
    return html`<a href='${href}' aria-label='${says}'><rect class=ground x='${(at * each).toFixed(2)}%' y=0 width='${each.toFixed(2)}%' height='${height + top + 20}'></rect>
      <rect class=overdue x='${((at + 0.18) * each).toFixed(2)}%' y='${(top + height - tall).toFixed(1)}' width='${(0.64 * each).toFixed(2)}%' height='${tall.toFixed(1)}'></rect></a>
      <g aria-hidden=true><text x='${middle}' y='${(top + height - tall - 4).toFixed(1)}'>${show(count)}</text><text class='label${at % 2 === columns.length % 2 ? " spare" : ""}' x='${middle}' y='${height + top + 15}'>${label}</text></g>`;
  });
  return html`<figure class=columns><figcaption class=sr-only>${alt}</figcaption><svg role=group aria-label='${alt}' width='100%' height='${height + top + 20}'>${joined(drawn)}</svg></figure>`;
}
