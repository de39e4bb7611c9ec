import { type Html, html, joined } from "#lib/html.ts";
import { type Prose, type Run, readMarkdown } from "#lib/reports/markdown.ts";

/** What an author wrote, as HTML: `<h3>` for its headings, since sections have `<h2>`. */
export const markdownHtml = (markdown: string): Html => blocksHtml(readMarkdown(markdown));

const blocksHtml = (blocks: readonly Prose[]): Html => joined(blocks.map(blockHtml));

function blockHtml(block: Prose): Html {
  switch (block.kind) {
    case "paragraph":
      return html`<p>${block.runs.map(runHtml)}</p>`;
    case "heading":
      return html`<h3>${block.runs.map(runHtml)}</h3>`;
    case "list": {
      const items = block.items.map((item) => html`<li>${itemHtml(item)}</li>`);
      return block.ordered ? html`<ol start='${block.start}'>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case "quote":
      return html`<blockquote>${blocksHtml(block.blocks)}</blockquote>`;
    case "code":
      return html`<pre tabindex=0>${block.text}</pre>`;
    case "rule":
      return html`<hr>`;
  }
}

/** A point of one paragraph stands beside its dot without room above it. */
function itemHtml(blocks: readonly Prose[]): Html {
  const [first, ...rest] = blocks;
  return first?.kind === "paragraph" ? html`${first.runs.map(runHtml)}${blocksHtml(rest)}` : blocksHtml(blocks);
}

function runHtml({ text, strong, emphasis, code, href }: Run): Html {
  if (text === "\n") return html`<br>`;
  let shown = html`${text}`;
  if (code) shown = html`<code>${shown}</code>`;
  if (emphasis) shown = html`<em>${shown}</em>`;
  if (strong) shown = html`<strong>${shown}</strong>`;
  return href ? html`<a href='${href}' rel='noopener noreferrer'>${shown}</a>` : shown;
}
