import type { Actor } from "#lib/actor.ts";
import type { Changes } from "#lib/change.ts";
import { type Day, parseEdtf } from "#lib/dates.ts";
import { reading } from "#lib/db.ts";
import { listIndicators } from "#lib/indicators/queries.ts";
import type { Indicator, Observation, Target } from "#lib/indicators/schema.ts";

/** Indicators as they were known: figures that were entered or corrected since are as they were, or not there yet. */

/** An entry of an indicator's history. */
type FigureEntry = { id: number; at: Date; changes: Changes };

/** The indicators as was known at a moment, with the figures that speak of a day or the time before it, and forecasts. */
export async function readIndicators(
  actor: Actor,
  portfolioId: string,
  { day, known }: { day: Day; known: Date },
): Promise<Indicator[]> {
  const [indicators, entries] = await Promise.all([
    listIndicators(actor, portfolioId),
    reading(actor)<(FigureEntry & { indicatorId: string })[]>`
      SELECT subject_id AS "indicatorId", id::int, at, changes FROM audit_event
      WHERE portfolio_id = ${portfolioId} AND subject_type = 'indicator' AND at > ${known} ORDER BY audit_event.id DESC`,
  ]);
  const entriesOf = Map.groupBy(entries, ({ indicatorId }) => indicatorId);
  return indicators.flatMap((indicator) => {
    const then = indicatorKnown(indicator, entriesOf.get(indicator.id) ?? [], known);
    if (!then) return [];
    const observations = then.observations.filter(
      ({ earliest, latest, qualifier }) => qualifier === "predicted" || (earliest ?? latest ?? day) <= day,
    );
    return [{ ...then, observations }];
  });
}

/** An indicator before all that happened after a moment (`entries`, newest first): pure. Null: it was not there. */
function indicatorKnown(indicator: Indicator, entries: readonly FigureEntry[], known: Date): Indicator | null {
  let then = indicator;
  for (const { id, at, changes } of entries) {
    if (at <= known) continue;
    if (changes.key && changes.key[0] === null) return null;
    const { figure, target, unit, direction } = changes;
    then = {
      ...then,
      ...(unit && { unit: unit[0] as string }),
      ...(direction && { direction: direction[0] as Indicator["direction"] }),
      ...(figure && { observations: undone(then.observations, figure, isFigure, (told) => figureOf(told, id)) }),
      ...(target && { targets: undone(then.targets, target, isTarget, (told) => targetOf(told, id)) }),
    };
  }
  const { observations, targets } = then;
  return { ...then, observations: [...observations].sort(byTime), targets: [...targets].sort(byTime) };
}

/** A figure or a target as the history tells it. */
type Told = Record<string, unknown>;

function undone<T>(
  now: readonly T[],
  [before, after]: Changes[string],
  is: (each: T, told: Told) => boolean,
  of: (told: Told) => T,
): T[] {
  const left = [...now];
  const at = after ? left.findIndex((each) => is(each, after as Told)) : -1;
  if (at >= 0) left.splice(at, 1);
  if (before) left.push(of(before as Told));
  return left;
}

const isFigure = (figure: Observation, told: Told) =>
  isTold(figure, told) && figure.qualifier === told.qualifier && figure.kind === (told.kind ?? null);
const isTarget = (target: Target, told: Told) =>
  isTold(target, told) && target.commitment.reference === told.commitment;

const isTold = ({ value, edtf, phrase, paragraph, sourceKey }: Target | Observation, told: Told) =>
  value === Number(told.value) &&
  edtf === (told.edtf ?? null) &&
  phrase === (told.phrase ?? null) &&
  paragraph === told.paragraph &&
  sourceKey === told.source;

function common(told: Told, entry: number) {
  const edtf = (told.edtf ?? null) as string | null;
  const parsed = edtf === null ? null : parseEdtf(edtf);
  const { earliest, latest } = parsed?.ok ? parsed.value : { earliest: null, latest: null };
  return {
    id: `entry-${entry}`,
    value: Number(told.value),
    phrase: (told.phrase ?? null) as string | null,
    paragraph: Number(told.paragraph),
    sourceKey: String(told.source),
    ...{ edtf, earliest, latest },
  };
}

const figureOf = (told: Told, entry: number): Observation => ({
  ...common(told, entry),
  qualifier: String(told.qualifier),
  kind: (told.kind ?? null) as string | null,
  inferred: (told.inferred ?? null) as Observation["inferred"],
  note: (told.note ?? null) as Observation["note"],
});

function targetOf(told: Told, entry: number): Target {
  const { earliest: _earliest, ...own } = common(told, entry);
  // The title is looked up among the records by whoever shows it.
  return { ...own, commitment: { reference: String(told.commitment), title: { en: "", vi: "", lo: "" } } };
}

const byTime = (a: { latest: Day | null }, b: { latest: Day | null }) =>
  (a.latest ?? "9999").localeCompare(b.latest ?? "9999");
