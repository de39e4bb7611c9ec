import { type Html, html } from "#lib/html.ts";
import type { Topic } from "#prisma/generated/enums.ts";
import type { Content, Entry } from "./letter.ts";

/**
 * A letter in HTML, for mail programs: styles stand with each element, since many know no others; those that know more get
 * the dark look from the few classes. The colours are those of app/globals.css.
 */
export function asHtml({ locale, subject, lead, paragraphs, link, groups, footer, settings }: Content): string {
  const spacing = leading[locale];
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .canvas { background-color: #0e1514 !important; }
  .surface { background-color: #151e1d !important; border-color: #2d3a38 !important; }
  .ink { color: #e9efee !important; }
  .muted { color: #aab8b5 !important; }
  .line { border-color: #2d3a38 !important; }
  .link { color: #7bd0cd !important; }
  .button { color: #7bd0cd !important; border-color: #70817d !important; }
  .overdue { color: #ffa49c !important; border-color: #ffa49c !important; }
  .due_soon { color: #f0c169 !important; border-color: #f0c169 !important; }
  .stale { color: #9cc4f8 !important; border-color: #9cc4f8 !important; }
  .attention { color: #aab8b5 !important; border-color: #aab8b5 !important; }
}
</style>
</head>
<body class="canvas ink" style="margin:0;padding:0;background-color:#f5f7f6;color:#141d1c;font-family:${fonts};font-size:16px;line-height:${spacing}">
<div style="max-width:640px;margin:0 auto;padding:24px 16px">
<p style="margin:0 0 4px;font-size:20px;font-weight:700">Kept</p>
<p class="muted" style="margin:0 0 20px;color:#475553">${lead}</p>
${paragraphs.map((paragraph) => html`<p style="margin:0 0 12px;overflow-wrap:anywhere">${paragraph}</p>`)}${link && html`<p style="margin:16px 0 0">${button(link)}</p>`}${groups.map(
  ({
    topic,
    title,
    count,
    entries,
    more,
  }) => html`<h2 class="${topic}" style="margin:24px 0 8px;padding-left:10px;border-left:4px solid ${inks[topic]};color:${inks[topic]};font-size:17px;line-height:${spacing}">${title} (${count})</h2>
<div class="surface" style="background-color:#ffffff;border:1px solid #d7dedc;border-radius:8px;padding:0 16px">
${entries.map((entry, at) => entryHtml(entry, at === 0))}${more && html`<p class="line" style="margin:0;padding:14px 0;border-top:1px solid #d7dedc"><a class="link" href="${more.href}" style="color:#0a5c5f">${more.text}</a></p>`}</div>
`,
)}<p class="muted line" style="margin:28px 0 0;padding-top:12px;border-top:1px solid #d7dedc;color:#475553;font-size:14px">${footer}${
    settings &&
    html`<br>
<a class="link" href="${settings.href}" style="color:#0a5c5f">${settings.text}</a>`
  }</p>
</div>
</body>
</html>
`.text;
}

const fonts =
  "'Noto Sans','Noto Sans Lao','Lao UI','Leelawadee UI','Lao Sangam MN',system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";

/** Stacked Vietnamese accents and Lao vowels and tone marks need more room between lines. */
const leading = { en: "1.5", vi: "1.55", lo: "1.8" } as const;

const inks: Record<Topic, string> = { overdue: "#a3201d", due_soon: "#7a4a00", stale: "#1d4f91", attention: "#475553" };

function entryHtml({ reference, title, portfolio, reasons, date, under, links }: Entry, first: boolean): Html {
  return html`<div class="line" style="padding:14px 0;${first ? "" : "border-top:1px solid #d7dedc"}">
<p style="margin:0;font-weight:600;overflow-wrap:anywhere">${reference && html`<span class="muted" style="color:#475553;font-weight:400;white-space:nowrap">${reference}</span> `}${text(title)}</p>
${portfolio && html`<p class="muted" style="margin:2px 0 0;color:#475553;font-size:14px">${portfolio}</p>`}
${reasons.map((reason) => html`<p style="margin:4px 0 0;overflow-wrap:anywhere">${reason}</p>`)}
${date && html`<p class="muted" style="margin:4px 0 0;color:#475553;overflow-wrap:anywhere">${date.label}: ${date.phrase && html`<span lang="en">“${date.phrase}”</span>`}${date.phrase && date.meaning && " – "}${date.meaning}</p>`}
${
  under &&
  html`<p style="margin:8px 0 0">${under.label}:</p>
<ul style="margin:4px 0 0;padding-left:20px">${under.records.map(
    (each) =>
      html`<li style="margin:2px 0;overflow-wrap:anywhere"><a class="link" href="${each.href}" style="color:#0a5c5f">${each.reference}</a> ${text(each.title)}</li>`,
  )}${under.more && html`<li class="muted" style="color:#475553">${under.more}</li>`}</ul>`
}
<p style="margin:12px 0 0">${links.map(button)}</p>
</div>
`;
}

const button = ({ text, href }: Entry["links"][number]): Html =>
  html`<a class="button" href="${href}" style="display:inline-block;margin:0 8px 8px 0;padding:9px 16px;border:1px solid #75847f;border-radius:5px;color:#0a5c5f;font-weight:600;text-decoration:none">${text}</a>`;

/** What the register says only in another language says so to programs that read aloud. */
const text = ({ text, lang }: Entry["title"]): Html =>
  lang ? html`<span lang="${lang}">${text}</span>` : html`${text}`;
