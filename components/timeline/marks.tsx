import type { TimelineRow } from "#lib/timeline/row.ts";
import { placeOf, type Range } from "#lib/timeline/rules.ts";
import type { Zoom } from "#lib/timeline/schema.ts";

type Props = { row: TimelineRow; range: Range; zoom: Zoom; width: number };

const height = 36;
const middle = height / 2;

/** A record over time: solid until its date begins, hatched where it leaves open when, dotted without a last day. */
export function Marks({ row: { start, sure, last, schedule, milestones }, range, zoom, width }: Props) {
  const at = (day: number) => placeOf(day, range, zoom);
  const from = start ?? sure;
  const certain = sure ?? from;
  return (
    <svg aria-hidden="true" width={width} height={height} className={`marks ${schedule}`}>
      {from !== null && certain !== null && certain > from && (
        <rect className="sure" x={at(from)} y={middle - 6} width={Math.max(2, at(certain) - at(from))} height="12" />
      )}
      {from !== null && last === null && (
        <line className="open" x1={at(certain ?? from)} x2={width} y1={middle} y2={middle} />
      )}
      {last !== null && (certain === null || last > certain) && (
        <rect
          className="vague"
          x={at(certain ?? range.from)}
          y={middle - 6}
          width={Math.max(2, at(last + 1) - at(certain ?? range.from))}
          height="12"
        />
      )}
      {last !== null && <rect className="end" x={at(last + 1) - 1.5} y={middle - 9} width="3" height="18" />}
      {from !== null && <circle className="start" cx={at(from)} cy={middle} r="3.5" />}
      {milestones.map(({ at: day, vague, done }, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: milestones have no other key here, and never move
          key={index}
          className={`milestone ${done ? "reached" : vague ? "unsure" : ""}`}
          transform={`translate(${at(day)} ${middle})`}
          d="M0-7 7 0 0 7-7 0Z"
        />
      ))}
    </svg>
  );
}
