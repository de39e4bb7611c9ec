import { stringify } from "csv-stringify/sync";
import type { Actor } from "#lib/actor.ts";
import { escapeCell } from "#lib/csv.ts";
import type { Day } from "#lib/dates.ts";
import { type Fragment, fetchBatches, openSnapshot, sql } from "#lib/db.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import {
  type Completion,
  type Evidence,
  type Form,
  type Kind,
  type Lifecycle,
  PartyRole,
  type Strength,
} from "#prisma/generated/enums.ts";
import { csvStyle, exportColumns, headingOf, wordsOf } from "./export-columns.ts";
import type { Listing } from "./filters.ts";
import { scheduleOf } from "./rules.ts";
import { matching, orderOf } from "./where.ts";

/** The register as a file: every record that the list's filters let through, in its order, whatever columns are shown. */

type Stored = {
  reference: string;
  titleEn: string;
  titleVi: string;
  titleLo: string;
  form: Form;
  kind: Kind;
  strength: Strength;
  sector: string;
  /** Roles and ids, in no order: "lead:moit signatory:laos". Sorting them here would take as long as all the rest. */
  roles: string | null;
  owner: string | null;
  completion: Completion;
  evidence: Evidence;
  lifecycle: Lifecycle | null;
  phrase: string | null;
  edtf: string | null;
  earliest: Day | null;
  latest: Day | null;
  updatedAt: string;
};

type Options = { locale: Locale; today: Day };

/** Batches of records, from one snapshot; memory holds one batch. Stops asking the database when nobody reads on. */
async function* batches(
  actor: Actor,
  portfolioId: string,
  { filters, sort, descending }: Listing,
  { locale, today }: Options,
): AsyncGenerator<Stored[]> {
  const order = orderOf(sort, locale).map(({ expression }) =>
    descending ? sql`${expression} DESC` : sql`${expression}`,
  );
  const orderBy = order.reduce((all: Fragment, next) => sql`${all}, ${next}`);
  const { connection, end } = await openSnapshot(actor);
  try {
    await connection`DECLARE listed NO SCROLL CURSOR FOR
      SELECT c.reference, c.title->>'en' AS "titleEn", c.title->>'vi' AS "titleVi", c.title->>'lo' AS "titleLo", c.form, c.kind, c.strength,
        coalesce(s.name->>${locale}, s.name->>'en') AS sector,
        (SELECT string_agg(p.role || ':' || p.party_id, ' ') FROM commitment_party p WHERE p.commitment_id = c.id) AS roles,
        o.name AS owner, c.completion, c.evidence, c.lifecycle, c.deadline_phrase AS phrase, c.deadline_edtf AS edtf,
        c.deadline_earliest AS earliest, c.deadline_latest AS latest, to_char(c.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "updatedAt"
      FROM commitment c JOIN sector s ON s.id = c.sector_id LEFT JOIN person o ON o.id = c.owner_id
      WHERE ${matching(actor, portfolioId, filters, today)} ORDER BY ${orderBy}`;
    yield* fetchBatches<Stored>(connection, "listed", 1000);
  } finally {
    await end();
  }
}

/** The next batch is fetched while the last one is written. Memory holds the two. */
async function* ahead<T>(items: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = items.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = items.next();
      // What goes wrong meanwhile is met above, or by nobody: not by the process, which it would end.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await next.catch(() => {});
    await items.return(undefined);
  }
}

type Parties = { all: readonly string[]; lead: readonly string[] };

/** Names of parties for the `roles` of a record: read once for the whole file, and worked out once for each set of them. */
async function partyNames(locale: Locale): Promise<(roles: string | null) => Parties> {
  const rows = await sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM party`;
  const names = new Map(rows.map(({ id, name }) => [id, pickText(name, locale)]));
  const known = new Map<string, Parties>();
  return (roles) => {
    const key = roles ?? "";
    let found = known.get(key);
    if (!found) {
      const entries = key
        .split(" ")
        .filter(Boolean)
        .map((entry) => entry.split(":"));
      entries.sort(([a = "", x = ""], [b = "", y = ""]) => weight(a) - weight(b) || (x < y ? -1 : 1));
      const namesOf = (some: string[][]) => [...new Set(some.map(([, id = ""]) => names.get(id) ?? id))];
      found = { all: namesOf(entries), lead: namesOf(entries.filter(([role]) => role === "lead")) };
      if (known.size >= mostKnown) known.clear();
      known.set(key, found);
    }
    return found;
  };
}

const mostKnown = 5000;
const order: readonly string[] = Object.values(PartyRole);
const weight = (role: string) => order.indexOf(role);

/** Lines for spreadsheets, in the reader's words: with a mark that says UTF-8, and nothing that a spreadsheet would run. */
export async function* exportCsv(
  actor: Actor,
  portfolioId: string,
  listing: Listing,
  options: Options,
): AsyncGenerator<string> {
  const t = translator(options.locale);
  const words = wordsOf(t);
  const named = await partyNames(options.locale);
  yield `\ufeff${stringify([exportColumns.map((column) => headingOf(t, column))], csvStyle)}`;
  for await (const batch of ahead(batches(actor, portfolioId, listing, options))) {
    yield stringify(
      batch.map((row) => {
        const parties = named(row.roles);
        return [
          row.reference,
          escapeCell(row.titleEn),
          escapeCell(row.titleVi),
          escapeCell(row.titleLo),
          words.form[row.form],
          words.kind[row.kind],
          words.strength[row.strength],
          escapeCell(row.sector),
          escapeCell(parties.all.join("; ")),
          escapeCell(parties.lead.join("; ")),
          escapeCell(row.owner),
          words.completion[row.completion],
          words.evidence[row.evidence],
          escapeCell(row.phrase),
          escapeCell(row.edtf),
          row.earliest,
          row.latest,
          words.schedule[scheduleOf(row, options.today)],
          row.updatedAt,
        ];
      }),
      csvStyle,
    );
  }
}

/** The same records for programs: keys and values that do not change with the language, except the texts. */
export async function* exportJson(
  actor: Actor,
  portfolioId: string,
  listing: Listing,
  options: Options,
): AsyncGenerator<string> {
  const named = await partyNames(options.locale);
  let before = "[\n";
  for await (const batch of ahead(batches(actor, portfolioId, listing, options))) {
    let text = "";
    for (const {
      titleEn: en,
      titleVi: vi,
      titleLo: lo,
      roles,
      phrase,
      edtf,
      earliest,
      latest,
      updatedAt,
      ...row
    } of batch) {
      const schedule = scheduleOf({ ...row, latest }, options.today);
      const { all: parties, lead } = named(roles);
      text += `${before}${JSON.stringify({ ...row, title: { en, vi, lo }, parties, lead, deadline: { phrase, edtf, earliest, latest }, schedule, updatedAt })}`;
      before = ",\n";
    }
    yield text;
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}
