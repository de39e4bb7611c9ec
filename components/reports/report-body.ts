import { markdownHtml } from "#components/reports/prose-html.ts";
import { type Html, html, joined } from "#lib/html.ts";
import {
  type Block,
  type Cell,
  type Chart,
  type Drawing,
  type ReportDocument,
  type Table,
  total,
} from "#lib/reports/document.ts";

/** A report as a page, written as text like the register's table: ten thousand rows are no work for the browser. */
export function reportHtml(document: ReportDocument): string {
  const sections = document.sections.map(
    ({ id, title, blocks }) =>
      html`<section id='${id}' aria-labelledby='${id}-h'><h2 id='${id}-h'>${title}</h2>${joined(blocks.map((block) => blockHtml(block, document)))}</section>`,
  );
  const contents = joined(document.sections.map(({ id, title }) => html`<li><a href='#${id}'>${title}</a></li>`));
  return html`<nav class=contents aria-label='${document.words.contents}'><ol>${contents}</ol></nav>${joined(sections)}${notesOf(document)}`
    .text;
}

/** Where the facts come from, for pages that set sections themselves. */
export const notesHtml = (document: ReportDocument): string => notesOf(document).text;

function notesOf({ notes, words }: ReportDocument): Html {
  if (notes.length === 0) return html``;
  const items = notes.map(({ text, href }, at) => html`<li id='note-${at + 1}'><a href='${href}'>${text}</a></li>`);
  return html`<section id=notes aria-labelledby=notes-h><h2 id=notes-h>${words.notes}</h2><ol class=notes>${joined(items)}</ol></section>`;
}

/** The blocks of a section, for pages that set sections themselves. */
export const blocksHtml = (blocks: readonly Block[], document: ReportDocument): string =>
  joined(blocks.map((block) => blockHtml(block, document))).text;

function blockHtml(block: Block, document: ReportDocument): Html {
  switch (block.kind) {
    case "text":
      return html`<p class='${block.muted ? "muted" : ""}'>${block.text}</p>`;
    case "remark":
      return html`<div class=remark>${markdownHtml(block.markdown)}</div>`;
    case "figures":
      return html`<ul class=figures>${joined(
        block.figures.map(
          ({ label, value, href }) =>
            html`<li><a href='${href}'><strong>${value.toLocaleString(document.locale)}</strong> <span>${label}</span></a></li>`,
        ),
      )}</ul>`;
    case "chart":
      return chartHtml(block);
    case "drawing":
      return html`<figure class=drawing><figcaption>${block.caption}</figcaption><div class=scroll tabindex=0 role=region aria-label='${block.caption}'><div role=img aria-label='${block.alt}'>${drawn(block)}</div></div></figure>`;
    case "table":
      return tableHtml(block, document);
  }
}

/** A drawing as it was written, by our own template and nobody else's: it is kept with the report, and was escaped then. */
const drawn = ({ svg }: Drawing) => ({ text: svg }) as Html;

/** Bars as HTML: they scale with the page and its letters. The table below has the same numbers, so this is one picture. */
function chartHtml({ alt, bars, series }: Chart): Html {
  const most = Math.max(1, ...bars.map(({ values }) => total(values)));
  const legend = joined(series.map(({ label, fill }) => html`<span><i class='bar ${fill}'></i> ${label}</span>`));
  const rows = bars.map(({ label, values }) => {
    const parts = values.map((value, at) =>
      value > 0
        ? html`<i class='bar ${series[at]?.fill ?? "empty"}' style='width:${((value / most) * 100).toFixed(2)}%'></i>`
        : html``,
    );
    return html`<span class=label>${label}</span><span class=bars>${joined(parts)}<b>${total(values)}</b></span>`;
  });
  return html`<figure class=chart role=img aria-label='${alt}'><div class=rows>${joined(rows)}</div><figcaption>${legend}</figcaption></figure>`;
}

function tableHtml({ caption, columns, rows }: Table, { locale }: ReportDocument): Html {
  const looks = columns.map(({ type }, at) => `${type} ${lengthOf(rows.map((row) => row[at]?.text ?? ""))}`);
  const heads = joined(columns.map(({ label }, at) => html`<th scope=col class='${looks[at]}'>${label}</th>`));
  const body = joined(
    rows.map(
      (row) =>
        html`<tr>${joined(row.map((cell, at) => html`<td class='${looks[at]}'>${cellHtml(cell, locale)}</td>`))}</tr>`,
    ),
  );
  return html`<div class=scroll tabindex=0 role=region aria-label='${caption}'><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** How much room the texts of a column need: on a narrow screen a table is pushed aside rather than squeezed. */
function lengthOf(texts: readonly string[]): "short" | "medium" | "long" {
  const most = Math.max(0, ...texts.slice(0, 200).map((text) => text.length));
  return most <= 12 ? "short" : most <= 40 ? "medium" : "long";
}

function cellHtml({ text, href, lang, notes = [], tone }: Cell, locale: string): Html {
  const words = lang && lang !== locale ? html`<span lang='${lang}'>${text}</span>` : html`${text}`;
  const toned = tone ? html`<strong class='${tone}'>${words}</strong>` : words;
  const linked = href ? html`<a href='${href}'>${toned}</a>` : toned;
  const marks = notes.map((note) => html`<a href='#note-${note}'>${note}</a>`);
  return marks.length > 0
    ? html`${linked} <sup>${joined(marks.map((mark, at) => html`${at > 0 ? " " : ""}${mark}`))}</sup>`
    : linked;
}
