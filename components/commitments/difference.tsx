import Link from "next/link";
import type { ReactNode } from "react";
import { TextDifference } from "#components/commitments/text-difference.tsx";
import type { HistoryTold } from "#components/commitments/view.ts";
import { Icon } from "#components/ui/icon.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { isLocale, localeNames } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import { type MessageKey, translateKey } from "#lib/i18n/translator.ts";
import { showStated, showWhen } from "#lib/indicators/words.ts";
import { recordPath } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";

type Props = { view: HistoryTold; field: string; before: unknown; after: unknown };

/** One field of a history entry: what it was and what it is, in words. */
export function Difference({ view, field, before, after }: Props) {
  const { t } = view;
  // Creation says itself, and a list that was only put in another order changed nothing that anybody reads.
  if (
    field === "created" ||
    field === "deleted" ||
    field === "key" ||
    (field !== "milestones" && isReordered(before, after))
  )
    return null;
  if (field === "report") return <Report view={view} report={after} />;
  if (field === "reason") return <Said>{String(after ?? "")}</Said>;
  const [base = field, language] = field.split(".");
  const label = t.has(`commitments.history.field.${base}` as MessageKey)
    ? translateKey(t, `commitments.history.field.${base}`)
    : base;
  const name = language && isLocale(language) ? `${label} (${localeNames[language]})` : label;
  return (
    <div className="text-sm">
      <span className="text-muted">{name}:</span> {shown({ view, field: base, before, after }, language)}
    </div>
  );
}

function isReordered(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const sorted = (rows: readonly unknown[]) => JSON.stringify(rows.map((row) => JSON.stringify(row)).sort());
  return sorted(before) === sorted(after);
}

const lists = new Set([
  "parties",
  "places",
  "money",
  "draftLocales",
  "meetings",
  "indicators",
  "citations",
  "aliases",
  "partOf",
  "silent",
]);
/** What is one thing and comes or goes as a whole. */
const wholes = new Set(["citation", "erratum"]);
/** What does so, too, but may also be corrected. */
const claims = new Set(["figure", "target"]);

function shown(props: Props, language: string | undefined): ReactNode {
  const { view, field, before, after } = props;
  if (language && isLocale(language))
    return <TextDifference lang={language} before={String(before ?? "")} after={String(after ?? "")} />;
  if (lists.has(field)) return <ListDifference {...props} />;
  if (field === "milestones")
    return (
      <ListDifference
        view={view}
        field={field}
        before={milestoneLines(view, before)}
        after={milestoneLines(view, after)}
      />
    );
  if (wholes.has(field) || (claims.has(field) && (before === null || after === null)))
    return <ListDifference view={view} field={field} before={before ? [before] : []} after={after ? [after] : []} />;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <del className="text-muted">
        <Value view={view} field={field} value={before} beside={after} />
      </del>
      <Icon name="chevron-right" className="size-3 text-muted" />
      <span className="sr-only">{view.t("commitments.record.becomes")}</span>
      <ins className="font-medium no-underline">
        <Value view={view} field={field} value={after} beside={before} />
      </ins>
    </span>
  );
}

/** A list's rows: those that went and those that came. */
function ListDifference({ view, field, before, after }: Props) {
  const [had, has] = [before, after].map((rows) => (Array.isArray(rows) ? rows : []));
  const keyOf = (row: unknown) => JSON.stringify(row);
  const gone = (had ?? []).filter((row) => !has?.some((other) => keyOf(other) === keyOf(row)));
  const come = (has ?? []).filter((row) => !had?.some((other) => keyOf(other) === keyOf(row)));
  return (
    <ul className="ms-4">
      {gone.map((row) => (
        <li key={keyOf(row)} className="text-muted">
          <Icon name="minus" className="me-1 inline size-3" />
          <span className="sr-only">{view.t("commitments.history.removed")} </span>
          <del>
            <Value view={view} field={field} value={row} />
          </del>
        </li>
      ))}
      {come.map((row) => (
        <li key={keyOf(row)}>
          <Icon name="plus" className="me-1 inline size-3" />
          <span className="sr-only">{view.t("commitments.history.added")} </span>
          <ins className="no-underline">
            <Value view={view} field={field} value={row} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

type Claim = {
  value: number;
  qualifier?: string;
  kind?: string | null;
  phrase: string | null;
  edtf: string | null;
  paragraph: number;
  source: string | null;
  commitment?: string;
  indicator?: string;
};

/** A figure or a target in a line: the number, how it is stated, of when, where it is said, and of what. */
function claimLine({ t, f, locale, names }: HistoryTold, claim: Claim): string {
  const { value, qualifier, kind, phrase, edtf, paragraph, source, commitment, indicator } = claim;
  return [
    indicator && pickText(names.indicator[indicator], locale),
    f.number(value),
    qualifier && showStated(t, { qualifier, kind: kind ?? null }),
    showWhen(t, locale, { phrase, edtf }),
    `${pickText(names.source[source ?? ""], locale) || source}, ¶ ${paragraph}`,
    commitment,
  ]
    .filter(Boolean)
    .join(" · ");
}

const isTexts = (value: unknown): value is Texts => typeof value === "object" && value !== null && "en" in value;

/** The message of a word that is not a commitment's. */
const wordsOf: Record<string, (value: string) => string> = {
  meetingKind: (value) => `meetings.kind.${value}`,
  partyKind: (value) => `parties.kind.${value}`,
  direction: (value) => `indicators.direction.${value}`,
  side: (value) => `commitments.record.side.${value}`,
  country: (value) => `parties.country.${value}`,
  sourceKind: (value) => `sources.kind.${value}`,
};

const enums = new Set(["completion", "evidence", "confidence", "form", "kind", "strength", "lifecycle", "binding"]);
const dates = new Set(["signed", "inEffectFrom", "ends", "edtf", "dateEdtf", "earliest", "latest"]);

type ValueProps = { view: HistoryTold; field: string; value: unknown; beside?: unknown };

function Value({ view, field, value, beside }: ValueProps): ReactNode {
  const { t, f, locale, names } = view;
  const name = (text: Texts | undefined, key: string) => (text ? pickText(text, locale) : key);
  if (value === null || value === undefined || value === "")
    return t(field === "owner" ? "common.nobody" : "common.none");
  if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
  if (field === "deadline") return <DeadlineValue view={view} value={value} beside={beside} />;
  if (claims.has(field)) return claimLine(view, value as Claim);
  if (field === "silent" || field === "erratum") {
    const { paragraph, reason, wrong } = value as { paragraph: number; reason?: Texts; wrong?: Texts };
    return `¶ ${paragraph}: ${pickText(reason ?? wrong, locale)}`;
  }
  if (field === "citation" || field === "citations") {
    const { source, paragraph } = value as { source?: string; paragraph?: number };
    return `${name(names.source[String(source)], String(source))}, ¶ ${paragraph}`;
  }
  if (typeof value === "number") return f.number(value);
  if (isTexts(value)) return pickText(value, locale);
  if (typeof value !== "string") return JSON.stringify(value);
  const words = wordsOf[field]?.(value);
  if (words) return t.has(words as MessageKey) ? translateKey(t, words) : value.toUpperCase();
  if (enums.has(field)) return translateKey(t, `commitments.${field}.${value}`);
  if (dates.has(field)) return showEdtf(t, locale, value);
  if (field === "draftLocales") return isLocale(value) ? localeNames[value] : value;
  if (field === "sectorId") return name(names.sector[value], value);
  if (field === "places") return name(names.place[value], value);
  if (field === "indicators") return name(names.indicator[value], value);
  if (field === "meetings") {
    const [relation = "", key = ""] = value.split(":");
    return `${name(names.meeting[key], key)} (${translateKey(t, `meetings.relation.${relation}`)})`;
  }
  if (field === "partOf") return name(names.party[value], value);
  if (field === "parties") {
    const [role, key] = value.split(":");
    // Who takes part in a meeting has no role there.
    if (key === undefined) return name(names.party[value], value);
    return `${name(names.party[key], key)} (${translateKey(t, `parties.role.${role}`)})`;
  }
  if (field === "money") {
    const [amount = "", currency = "", stage = ""] = value.split(" ");
    return `${f.money(Number(amount), currency, "exact")} (${translateKey(t, `commitments.moneyStage.${stage}`)})`;
  }
  if (field === "parentId" || field === "predecessorId") return <RecordValue view={view} id={value} />;
  return value;
}

function RecordValue({ view: { names, portfolio, locale }, id }: { view: HistoryTold; id: string }) {
  const record = names.record[id];
  if (!record) return id;
  const title = pick(record.title, locale);
  return (
    <Link href={recordPath(portfolio, record.reference)} prefetch={false}>
      {record.reference} <span lang={title.lang}>{title.text}</span>
    </Link>
  );
}

type DeadlineShape = { phrase?: string | null; edtf?: string | null; latest?: string | null } | null | undefined;

/** A deadline; words that are the same before and after are left out where the date says what changed. */
function DeadlineValue({ view: { t, f, locale }, value, beside }: Omit<ValueProps, "field">) {
  const { phrase, edtf, latest } = value as NonNullable<DeadlineShape>;
  const other = beside as DeadlineShape;
  const moved = other && other.edtf === edtf && other.phrase === phrase;
  const date = edtf && !moved ? showEdtf(t, locale, edtf) : latest ? f.date(latest) : null;
  const says = phrase && (phrase !== other?.phrase || !date) ? phrase : null;
  if (!date && !says) return t("commitments.schedule.undated");
  return (
    <>
      {date}
      {says && (
        <>
          {date && " "}
          <q lang="en">{says}</q>
        </>
      )}
    </>
  );
}

function milestoneLines({ t, f, locale }: HistoryTold, value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map(({ title, phrase, edtf, doneOn }) =>
    [
      pickText(title, locale),
      edtf ? showEdtf(t, locale, edtf) : phrase,
      doneOn && t("commitments.edit.milestones.doneOn", { date: f.date(doneOn) }),
    ]
      .filter(Boolean)
      .join(", "),
  );
}

/** A progress report; what it changed stands beside it as fields of its own. */
function Report({ view: { t, f }, report }: { view: HistoryTold; report: unknown }) {
  const { asOf, text, evidenceUrl } = (report ?? {}) as { asOf?: string; text?: string; evidenceUrl?: string | null };
  return (
    <>
      {asOf && <div className="text-sm text-muted">{t("commitments.history.asOf", { date: f.date(asOf) })}</div>}
      {text && <Said>{text}</Said>}
      {evidenceUrl && <div className="text-sm break-all text-muted">{evidenceUrl}</div>}
    </>
  );
}

function Said({ children }: { children: string }) {
  return <blockquote className="max-w-prose border-s-2 border-line ps-3 whitespace-pre-line">{children}</blockquote>;
}
