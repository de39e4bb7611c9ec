import { type Changes, changesBetween } from "#lib/change.ts";
import type { Day } from "#lib/dates.ts";
import type { Figure, ReportDocument } from "./document.ts";
import type { ReportRecord } from "./records.ts";
import type { FixedRequest, ReportRequest } from "./request.ts";

/** What changed from one report to another: pure, by what each of them kept. */
export type Comparison = {
  /** Records that only the second has, in the order of their numbers. */
  came: ReportRecord[];
  /** Records that only the first has. */
  left: ReportRecord[];
  changed: ChangedRecord[];
  /** Figures that both have, in the words of the second. */
  figures: ComparedFigure[];
};

/** `record`: as the second report has it. */
type ChangedRecord = { record: ReportRecord; changes: Changes };

export type ComparedFigure = { section: string; label: string; before: Figure; after: Figure };

type Side = { document: ReportDocument; records: readonly ReportRecord[] };

export function compareReports(first: Side, second: Side): Comparison {
  const before = new Map(first.records.map((record) => [record.reference, record]));
  const after = new Set(second.records.map(({ reference }) => reference));
  const changed = second.records.flatMap((record): ChangedRecord[] => {
    const had = before.get(record.reference);
    const changes = had ? changesBetween(compared(had), compared(record)) : {};
    return Object.keys(changes).length > 0 ? [{ record, changes }] : [];
  });
  return {
    came: second.records.filter(({ reference }) => !before.has(reference)),
    left: first.records.filter(({ reference }) => !after.has(reference)),
    changed,
    figures: figuresOf(first.document, second.document),
  };
}

/** A record field by field, in the words of the history, with what follows from its dates on each report's day. */
function compared({ standing, schedule, reportedOn }: ReportRecord): Record<string, unknown> {
  const citations = standing.citations.map((citation) => {
    const [source = "", paragraph] = citation.split(" ");
    return { source, paragraph: Number(paragraph) };
  });
  return { ...standing, citations, schedule, reportedOn };
}

/** What a report asked for, of today: what looked back does so from the same day. */
export function asOfToday({ period, ...rest }: FixedRequest, today: Day): ReportRequest {
  const asked = { ...rest, day: null, known: null };
  return { ...asked, period: period && { ...period, to: today, meetings: null } };
}

/** The figures of sections that both have. In two languages the same figure has the same place. */
function figuresOf(first: ReportDocument, second: ReportDocument): ComparedFigure[] {
  const had = new Map(first.sections.map((section) => [section.id, figuresIn(section)]));
  return second.sections.flatMap((section) => {
    const [before = [], after] = [had.get(section.id), figuresIn(section)];
    const alike = first.locale !== second.locale && before.length === after.length;
    return after.flatMap((figure, at): ComparedFigure[] => {
      const same = alike ? before[at] : before.find(({ label }) => label === figure.label);
      return same ? [{ section: section.title, label: figure.label, before: same, after: figure }] : [];
    });
  });
}

const figuresIn = ({ blocks }: ReportDocument["sections"][number]): Figure[] =>
  blocks.flatMap((block) => (block.kind === "figures" ? [...block.figures] : []));
