"use client";
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Marks } from "#components/timeline/marks.tsx";
import { Lines, Scale } from "#components/timeline/scale.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { recordPath } from "#lib/paths.ts";
import { itemsOf, nextOf } from "#lib/timeline/items.ts";
import type { MeetingLine, TimelineGroup, TimelineRow } from "#lib/timeline/row.ts";
import { placeOf, type Range, windowOf } from "#lib/timeline/rules.ts";
import type { Zoom } from "#lib/timeline/schema.ts";

type Props = {
  portfolio: string;
  groups: readonly TimelineGroup[];
  meetings: readonly MeetingLine[];
  range: Range;
  zoom: Zoom;
  /** A day's number. */
  today: number;
};

/** How tall a row is until it was measured: what timeline.css says for a mouse. */
const guessedRow = 36;
/** As many as a page has before, or without, its script. */
const firstRows = 120;

/**
 * Records over time as a table that draws only the rows in view. Arrow up and down, Home and End go from record to record;
 * Enter opens one, as each is a link. On paper all rows are drawn.
 */
export function TimelineTable({ portfolio, groups, meetings, range, zoom, today }: Props) {
  const t = useTranslator();
  const scroller = useRef<HTMLElement>(null);
  const items = useMemo(() => itemsOf(groups), [groups]);
  const [rowHeight, setRowHeight] = useState(guessedRow);
  const [shown, setShown] = useState({ first: 0, end: Math.min(firstRows, items.length) });
  const [active, setActive] = useState(() => items.findIndex(({ kind }) => kind === "row"));
  const width = placeOf(range.to, range, zoom);

  const look = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const next = windowOf({ top: box.scrollTop, height: box.clientHeight, row: rowHeight, count: items.length });
    setShown((before) => (before.first === next.first && before.end === next.end ? before : next));
  }, [rowHeight, items.length]);

  useEffect(() => {
    const box = scroller.current;
    const row = box?.querySelector("tbody tr[data-row]");
    if (row instanceof HTMLElement && row.offsetHeight > 0) setRowHeight(row.offsetHeight);
  }, []);
  useEffect(() => {
    look();
    const everything = () => flushSync(() => setShown({ first: 0, end: items.length }));
    window.addEventListener("resize", look);
    window.addEventListener("beforeprint", everything);
    window.addEventListener("afterprint", look);
    return () => {
      window.removeEventListener("resize", look);
      window.removeEventListener("beforeprint", everything);
      window.removeEventListener("afterprint", look);
    };
  }, [look, items.length]);
  // Today stands a third from the left, so that more of what comes is in view.
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const label = box.querySelector("th")?.offsetWidth ?? 0;
    box.scrollLeft = placeOf(today, range, zoom) - (box.clientWidth - label) / 3;
  }, [today, range, zoom]);

  function go(to: number) {
    const box = scroller.current;
    if (!box || items[to]?.kind !== "row") return;
    const head = box.querySelector("thead")?.offsetHeight ?? 0;
    const top = to * rowHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + rowHeight + head > box.scrollTop + box.clientHeight)
      box.scrollTop = top + rowHeight + head - box.clientHeight;
    flushSync(() => {
      look();
      setActive(to);
    });
    box.querySelector<HTMLElement>(`[data-at="${to}"] a`)?.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = nextOf(event.key, items, active);
    if (next === null) return;
    event.preventDefault();
    go(next);
  }

  const visible = items.slice(shown.first, shown.end);
  return (
    <section
      {...reachable}
      ref={scroller}
      aria-label={t("timeline.table")}
      onScroll={look}
      onKeyDown={onKeyDown}
      className="timeline relative max-h-[75dvh] overflow-auto border border-line bg-surface print:max-h-none print:overflow-visible"
    >
      <Lines meetings={meetings} range={range} zoom={zoom} today={today} height={(items.length + 1) * rowHeight} />
      <table aria-rowcount={items.length + 1} className="relative border-collapse text-sm">
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="corner">
              {t("timeline.record")}
            </th>
            <th scope="col" className="head" aria-label={t("timeline.time")}>
              <Scale portfolio={portfolio} meetings={meetings} range={range} zoom={zoom} today={today} />
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.first > 0 && <Gap rows={shown.first} height={rowHeight} />}
          {visible.map((item, at) => {
            const index = shown.first + at;
            return item.kind === "group" ? (
              <tr key={`group ${item.group.value}`} aria-rowindex={index + 2} className="group">
                <th scope="rowgroup" lang={item.group.lang} className="label">
                  {item.group.label} <span className="font-normal text-muted">({item.group.rows.length})</span>
                </th>
                <td />
              </tr>
            ) : (
              <Row
                key={item.id}
                portfolio={portfolio}
                row={item.row}
                at={index}
                active={index === active}
                range={range}
                zoom={zoom}
                width={width}
                onFocus={setActive}
              />
            );
          })}
          {shown.end < items.length && <Gap rows={items.length - shown.end} height={rowHeight} />}
        </tbody>
      </table>
    </section>
  );
}

// A region that scrolls must be reachable by keyboard, though nothing in it may be.
const reachable = { tabIndex: 0 };

/** What stands in for rows that are not drawn. */
function Gap({ rows, height }: { rows: number; height: number }) {
  return (
    <tr className="print:hidden">
      <td colSpan={2} height={rows * height} className="p-0" />
    </tr>
  );
}

const Row = memo(function Row({
  portfolio,
  row,
  at,
  active,
  range,
  zoom,
  width,
  onFocus,
}: {
  portfolio: string;
  row: TimelineRow;
  at: number;
  active: boolean;
  range: Range;
  zoom: Zoom;
  width: number;
  onFocus: (at: number) => void;
}) {
  const t = useTranslator();
  const { reference, title, lang, schedule, when, milestones } = row;
  const words = [
    when || t("timeline.noDate"),
    t(`commitments.schedule.${schedule}`),
    ...milestones.map(({ text, done }) =>
      t("timeline.milestone", { text: done ? `${text}, ${t("timeline.reached")}` : text }),
    ),
  ].join(". ");
  return (
    <tr data-row="" data-at={at} aria-rowindex={at + 2}>
      <th scope="row" className="label">
        <a
          href={recordPath(portfolio, reference)}
          tabIndex={active ? 0 : -1}
          onFocus={() => onFocus(at)}
          title={`${title} · ${words}`}
        >
          <span className="text-muted">{reference}</span> <span lang={lang}>{title}</span>
        </a>
      </th>
      <td>
        <span className="sr-only">{words}</span>
        <Marks row={row} range={range} zoom={zoom} width={width} />
      </td>
    </tr>
  );
});
