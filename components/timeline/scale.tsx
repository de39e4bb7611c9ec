"use client";
import { memo } from "react";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { meetingPath } from "#lib/paths.ts";
import type { MeetingLine } from "#lib/timeline/row.ts";
import { placeOf, type Range, ticksOf } from "#lib/timeline/rules.ts";
import type { Zoom } from "#lib/timeline/schema.ts";

/** How tall the head is. */
const headHeight = 36;

type LinesProps = { meetings: readonly MeetingLine[]; range: Range; zoom: Zoom; today: number };

/** Behind all rows, `height` pixels: years, meetings, today. */
export const Lines = memo(function Lines({ meetings, range, zoom, today, height }: LinesProps & { height: number }) {
  const width = placeOf(range.to, range, zoom);
  return (
    <svg aria-hidden="true" className="lines" width={width} height={height}>
      {ticksOf(range, "year").map(({ at, text }) => (
        <line key={text} x1={placeOf(at, range, zoom)} x2={placeOf(at, range, zoom)} y1="0" y2={height} />
      ))}
      {meetings.map(({ key, at, vague }) => (
        <line
          key={key}
          className={vague ? "meeting about" : "meeting"}
          x1={placeOf(at, range, zoom)}
          x2={placeOf(at, range, zoom)}
          y1="0"
          y2={height}
        />
      ))}
      <line className="today" x1={placeOf(today, range, zoom)} x2={placeOf(today, range, zoom)} y1="0" y2={height} />
    </svg>
  );
});

/** The years, quarters or months above the rows, with the meetings as links and today. */
export const Scale = memo(function Scale({
  portfolio,
  meetings,
  range,
  zoom,
  today,
}: LinesProps & { portfolio: string }) {
  const t = useTranslator();
  const locale = useLocale();
  const { date, shortDate } = format(locale);
  const say = (text: string) => {
    if (zoom === "year") return date(text);
    if (zoom === "month") return shortDate(text);
    const [year = "", quarter = ""] = text.split("-");
    return t("timeline.quarter", { quarter, year });
  };
  const now = placeOf(today, range, zoom);
  return (
    <svg width={placeOf(range.to, range, zoom)} height={headHeight} role="presentation">
      {ticksOf(range, zoom).map(({ at, text }) => (
        <text key={text} x={placeOf(at, range, zoom) + 4} y="13" className="fill-muted text-xs">
          {say(text)}
        </text>
      ))}
      {meetings.map(({ key, at, name, when }) => (
        <a key={key} href={meetingPath(portfolio, key)} tabIndex={-1}>
          <title>{`${name}, ${when}`}</title>
          <path className="meeting" transform={`translate(${placeOf(at, range, zoom)} 26)`} d="M0-6 6 0 0 6-6 0Z" />
        </a>
      ))}
      <path className="today" transform={`translate(${now} 26)`} d="M-6-7h12L0 7Z">
        <title>{`${t("timeline.today")}`}</title>
      </path>
    </svg>
  );
});
