import { fromMarkdown } from "mdast-util-from-markdown";
import { withoutForbidden } from "#lib/text.ts";

/**
 * What authors write: Markdown, as a small tree that every format is made from. The tree has no place for raw HTML,
 * images or addresses other than of the web and of mail: the first two are text in it, the last loses its link. Pure.
 */
export type Prose =
  | { kind: "paragraph" | "heading"; runs: readonly Run[] }
  | { kind: "list"; ordered: boolean; start: number; items: readonly (readonly Prose[])[] }
  | { kind: "quote"; blocks: readonly Prose[] }
  | { kind: "code"; text: string }
  | { kind: "rule" };

/** Letters that are set alike. A line break is a run with the text "\n". `href`: https, http or mailto. */
export type Run = { text: string; strong?: true; emphasis?: true; code?: true; href?: string };

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root["children"][number];
type Marks = Omit<Run, "text">;
/** What `[text][label]` means, by its label. */
type Addresses = ReadonlyMap<string, string>;

/** Lists and quotations within one another, more deeply than this, are paragraphs: no page or printer sets them. */
const deepest = 5;

// The parser calls itself for each, until there is no room left.
const tooDeep = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){40}/m;

/** Reads Markdown (CommonMark). Any text is Markdown; what no person nests so deeply stays as it was typed. */
export function readMarkdown(markdown: string): Prose[] {
  if (tooDeep.test(markdown)) return [{ kind: "paragraph", runs: textRuns(markdown, {}) }];
  const { children } = fromMarkdown(markdown);
  return children.flatMap((node) => blockOf(node, addressesIn(children), 0));
}

function addressesIn(nodes: readonly Node[]): Addresses {
  return new Map(nodes.flatMap((node) => (node.type === "definition" ? [[node.identifier, node.url] as const] : [])));
}

function blockOf(node: Node, addresses: Addresses, depth: number): Prose[] {
  const within = (nodes: readonly Node[]) => nodes.flatMap((each) => blockOf(each, addresses, depth + 1));
  switch (node.type) {
    case "paragraph":
    case "heading": {
      const runs = node.children.flatMap((child) => runsOf(child, {}, addresses));
      return runs.length > 0 ? [{ kind: node.type, runs }] : [];
    }
    case "list": {
      const items = node.children.map(({ children }) => within(children));
      if (depth >= deepest) return items.flat();
      return [{ kind: "list", ordered: node.ordered === true, start: node.start ?? 1, items }];
    }
    case "blockquote": {
      const blocks = within(node.children);
      return depth >= deepest ? blocks : [{ kind: "quote", blocks }];
    }
    case "code":
      return [{ kind: "code", text: withoutForbidden(node.value) }];
    case "thematicBreak":
      return [{ kind: "rule" }];
    case "html":
      return [{ kind: "paragraph", runs: textRuns(node.value, {}) }];
    default:
      return [];
  }
}

function runsOf(node: Node, marks: Marks, addresses: Addresses): Run[] {
  const within = (nodes: readonly Node[], more: Marks) =>
    nodes.flatMap((each) => runsOf(each, { ...marks, ...more }, addresses));
  switch (node.type) {
    case "text":
    case "html":
      return textRuns(node.value, marks);
    case "inlineCode":
      return textRuns(node.value, { ...marks, code: true });
    case "break":
      return [{ text: "\n" }];
    case "emphasis":
      return within(node.children, { emphasis: true });
    case "strong":
      return within(node.children, { strong: true });
    case "link":
      return within(node.children, linkTo(node.url));
    case "linkReference":
      return within(node.children, linkTo(addresses.get(node.identifier)));
    case "image":
    case "imageReference":
      return textRuns(node.alt ?? "", marks);
    default:
      return [];
  }
}

/** Lines end where the author ended them. */
function textRuns(text: string, marks: Marks): Run[] {
  return withoutForbidden(text)
    .split("\n")
    .flatMap((line, at): Run[] => [
      ...(at > 0 ? [{ text: "\n" }] : []),
      ...(line === "" ? [] : [{ ...marks, text: line }]),
    ]);
}

const protocols = new Set(["https:", "http:", "mailto:"]);

function linkTo(address: string | undefined): Marks {
  if (address === undefined || !URL.canParse(address)) return {};
  const { protocol, username, password, href } = new URL(address);
  return protocols.has(protocol) && username === "" && password === "" ? { href } : {};
}

/** The same without any marks: for cells. Points of a list begin with a dot that no spreadsheet takes for a formula. */
export function plainProse(blocks: readonly Prose[]): string {
  return blocks.map((block) => plainBlock(block)).join("\n\n");
}

function plainBlock(block: Prose): string {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return block.runs.map(plainRun).join("");
    case "list":
      return block.items
        .map(
          (item, at) => `${block.ordered ? `${block.start + at}.` : "•"} ${indented(item.map(plainBlock).join("\n"))}`,
        )
        .join("\n");
    case "quote":
      return block.blocks.map(plainBlock).join("\n");
    case "code":
      return block.text;
    case "rule":
      return "";
  }
}

const indented = (text: string) => text.replaceAll("\n", "\n   ");

/** Where a link leads stands behind its text, unless it is its text. */
function plainRun({ text, href }: Run): string {
  return href === undefined || bare(href) === bare(text) ? text : `${text} (${href})`;
}

const bare = (address: string) => address.replace(/^mailto:|\/$/g, "");
