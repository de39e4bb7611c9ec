import { type RowWords, rowWords } from "#components/register/words.ts";
import type { Actor } from "#lib/actor.ts";
import type { Column, Listing } from "#lib/commitments/filters.ts";
import { listingQuery } from "#lib/commitments/filters.ts";
import { may } from "#lib/commitments/policy.ts";
import type { Row } from "#lib/commitments/row.ts";
import { scheduleOf } from "#lib/commitments/rules.ts";
import type { Day } from "#lib/dates.ts";
import { type Html, html, joined } from "#lib/html.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { type Format, format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { recordPath, registerPath } from "#lib/paths.ts";
import { isEditor } from "#lib/portfolios/policy.ts";

/**
 * The register's table as HTML. Its looks are in register.css, what it does is in register-table.tsx. React sends it twice,
 * as a page and as data in which each double quote and each "<" is several letters: so attributes have single quotes or
 * none, and the end tags that HTML does without are left out.
 */

type TableContext = { actor: Actor; portfolio: string; locale: Locale; today: Day; columns: readonly Column[] };

export function tableHtml(rows: readonly Row[], listing: Listing, context: TableContext): string {
  const { actor, columns } = context;
  const words = rowWords(context.locale);
  const selects = isEditor(actor, context.portfolio);
  const heads = columns.map((column) => headHtml(column, listing, context, words));
  const all = translator(context.locale)("register.selectPage");
  return html`<table class=rg aria-label='${translator(context.locale)("register.table")}'><thead><tr>${
    selects && html`<th class=k><input type=checkbox data-all aria-label='${all}'>`
  }${heads}<tbody>${joined(rows.map((row) => rowHtml(row, context)))}</table>`.text;
}

/** A column's head: a link that sorts by it, the other way round where the list is sorted by it already. */
function headHtml(column: Column, listing: Listing, { portfolio }: TableContext, words: RowWords): Html {
  const sorted = listing.sort === column;
  const descending = sorted ? !listing.descending : column === "updated";
  const query = listingQuery({ ...listing, sort: column, descending, after: null, before: null });
  const order = sorted ? (listing.descending ? "descending" : "ascending") : undefined;
  return html`<th scope=col class=${classes[column]}${order && html` aria-sort=${order}`}><a href='${registerPath(portfolio, query)}'>${words.column[column]}</a>`;
}

/**
 * One row. `data-v` is the version that it shows, `data-u` and `data-o` say that the actor may update it or give it an
 * owner; the browser's part reads them, and the server asks again.
 */
export function rowHtml(row: Row, context: TableContext): Html {
  const { actor, locale, today, columns, portfolio } = context;
  const words = rowWords(locale);
  const owned = { portfolioId: portfolio, ownerId: row.ownerId, ownerAgencyId: row.ownerAgencyId };
  const [update, assign] = [may(actor, "update", owned), may(actor, "assign", owned)];
  const cells = columns.map((column) =>
    cellHtml(column, row, {
      words,
      formats: format(locale),
      href: recordPath(portfolio, row.reference),
      locale,
      today,
      update,
      assign,
    }),
  );
  return html`<tr data-id=${row.id} data-v=${row.version} data-s=${row.completion} data-w=${scheduleOf(row, today)}${update && html` data-u`}${assign && html` data-o`}>${
    isEditor(actor, portfolio) && html`<td class=k><input type=checkbox aria-label='${words.select(row.reference)}'>`
  }${joined(cells)}`;
}

type Cell = {
  words: RowWords;
  formats: Format;
  href: string;
  locale: Locale;
  today: Day;
  update: boolean;
  assign: boolean;
};

function cellHtml(column: Column, row: Row, { words, formats, href, locale, today, update, assign }: Cell): Html {
  switch (column) {
    case "reference":
      return html`<th scope=row class=r><a href='${href}'>${row.reference}</a>`;
    case "title":
      return html`<td class=t${row.lang && html` lang=${row.lang}`}>${row.title}`;
    case "form":
      return html`<td class=f>${words.form[row.form]}`;
    case "parties":
      return html`<td class=p>${partiesHtml(row)}`;
    case "sector":
      return html`<td class=s>${row.sector}`;
    case "owner":
      return editable("o", assign, row.owner ?? html`<em>${words.noOwner}</em>`);
    case "status":
      return editable("c", update, words.completion[row.completion]);
    case "deadline":
      return editable("d", update, row.phrase ?? (row.edtf ? showEdtf(translator(locale), locale, row.edtf) : "–"));
    case "schedule": {
      const schedule = scheduleOf(row, today);
      const day =
        row.latest !== null &&
        schedule !== "done" &&
        schedule !== "ended" &&
        html`<small>${formats.shortDate(row.latest)}</small>`;
      return html`<td class=w><b>${words.schedule[schedule]}</b>${day}`;
    }
    case "evidence":
      return html`<td class=e>${words.evidence[row.evidence]}`;
    case "strength":
      return html`<td class=g>${words.strength[row.strength]}`;
    case "updated":
      return html`<td class=u>${formats.day(row.updatedAt)}`;
  }
}

/** A cell whose value is changed where it stands, by those who may. */
function editable(kind: "o" | "c" | "d", allowed: boolean, content: string | Html): Html {
  return allowed
    ? html`<td class=${kind}><button type=button aria-haspopup=dialog>${content}</button>`
    : html`<td class=${kind}>${content}`;
}

const separator = " · ";
const partiesShown = 2;

/** Each party once, in the order of its weightiest role; of many the first, and how many more. */
function partiesHtml({ parties }: Row): Html {
  const names = [...new Set(parties)];
  const rest = names.splice(partiesShown);
  const shown = html`${names.join(separator)}`;
  return rest.length > 0 ? html`${shown} <abbr title='${rest.join(separator)}'>+${rest.length}</abbr>` : shown;
}

const classes: Record<Column, string> = {
  reference: "r",
  title: "t",
  form: "f",
  parties: "p",
  sector: "s",
  owner: "o",
  status: "c",
  deadline: "d",
  schedule: "w",
  evidence: "e",
  strength: "g",
  updated: "u",
};
