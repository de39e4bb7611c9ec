import type { Content, Entry } from "./letter.ts";

/** A letter in plain text, for readers who want no other, and for programs that read aloud. */
export function asText({ lead, paragraphs, link, groups, footer, settings }: Content): string {
  const parts = groups.map(({ title, entries, more }) =>
    [title, ...entries.map(entryText), ...(more ? [`* ${more.text}: ${more.href}`] : [])].join("\n\n"),
  );
  const said = [lead, ...paragraphs, ...(link ? [`${link.text}: ${link.href}`] : [])].map(flat).join("\n\n");
  return `${[said, ...parts, `-- \n${[footer, ...(settings ? [`${settings.text}: ${settings.href}`] : [])].join("\n")}`].join("\n\n\n")}\n`;
}

function entryText({ reference, title, portfolio, reasons, date, under, links }: Entry): string {
  const head = [reference, title.text].filter(Boolean).join("  ");
  const lines = [
    portfolio,
    ...reasons,
    date && `${date.label}: ${[date.phrase && `“${date.phrase}”`, date.meaning].filter(Boolean).join(" – ")}`,
    ...(under
      ? [`${under.label}:`, ...under.records.map((each) => `  ${each.reference}  ${flat(each.title.text)}`), under.more]
      : []),
    ...links.map(({ text, href }) => `${text}: ${href}`),
  ];
  return [
    `* ${flat(head)}`,
    ...lines.filter((line) => line !== null && line !== "").map((line) => `  ${flat(line ?? "")}`),
  ].join("\n");
}

/** What people wrote stays in its line, and so cannot pass for a line of ours. */
const flat = (text: string) => text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ");
