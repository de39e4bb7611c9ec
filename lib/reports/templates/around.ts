import { pick } from "#lib/i18n/text.ts";
import { meetingPath } from "#lib/paths.ts";
import type { Block, Cell } from "#lib/reports/document.ts";
import { deadlineText, named, namedColumns, statusCell, told } from "#lib/reports/parts.ts";
import type { ReportRecord } from "#lib/reports/records.ts";
import type { Look } from "#lib/reports/setting.ts";

/** What stands around a commitment in its brief: its deadlines, its milestones, other records, meetings. */

/** How the deadline was changed, the oldest change first, each with its reason. */
export function revisions(look: Look, { number }: ReportRecord): Block[] {
  const { setting, lived } = look;
  const { t, f, asOf, dayOf } = setting;
  const changes = (lived.get(number)?.entries ?? [])
    .filter(({ at, changes }) => changes.deadline && at <= asOf.known && dayOf(at) <= asOf.day)
    .reverse();
  const side = (deadline: unknown): Cell => ({
    text: deadline ? deadlineText(setting, deadline as ReportRecord["standing"]["deadline"]) : t("dates.none"),
  });
  return told(t("reports.says.revisions", { count: changes.length }), changes, () => ({
    kind: "table",
    caption: t("commitments.record.revisions"),
    columns: [
      { label: t("reports.column.date"), type: "day", share: 1.4 },
      { label: t("reports.column.oldDeadline"), type: "text", share: 2 },
      { label: t("reports.column.newDeadline"), type: "text", share: 2 },
      { label: t("reports.column.reason"), type: "text", share: 4 },
    ],
    rows: changes.map(({ at, changes: { deadline, reason }, actorName }) => [
      { text: f.shortDate(dayOf(at)), value: dayOf(at) },
      side(deadline?.[0]),
      side(deadline?.[1]),
      { text: `${typeof reason?.[1] === "string" ? reason[1] : t("reports.noReason")} (${actorName ?? ""})` },
    ]),
  }));
}

/** What is to be done on the way, and what of it is done. */
export function milestones({ setting }: Look, { standing }: ReportRecord): Block[] {
  const { t, f, locale } = setting;
  if (standing.milestones.length === 0) return [];
  const rows = standing.milestones.map(({ title, phrase, edtf, doneOn }): Cell[] => {
    const { text, lang } = pick(title, locale);
    const when = deadlineText(setting, { phrase, edtf, earliest: null, latest: null });
    return [
      { text, ...(lang && { lang }) },
      { text: when },
      doneOn ? { text: f.shortDate(doneOn), value: doneOn } : { text: "" },
    ];
  });
  return [
    {
      kind: "table",
      caption: t("commitments.field.milestones"),
      columns: [
        { label: t("commitments.field.milestones"), type: "text", share: 5 },
        { label: t("reports.column.date"), type: "text", share: 2 },
        { label: t("commitments.edit.milestones.done"), type: "day", share: 1.5 },
      ],
      rows,
    },
  ];
}

/** What it is made under and what is made under it, what it continues and what continues it, and its meetings. */
export function related(look: Look, record: ReportRecord): Block[] {
  const { setting, all } = look;
  const { t, f, meetings, portfolioId } = setting;
  const sorts = {
    [t("commitments.edit.relations.parent")]: all.filter(({ id }) => id === record.standing.parentId),
    [t("commitments.edit.relations.predecessor")]: all.filter(({ id }) => id === record.standing.predecessorId),
    [t("commitments.record.successors")]: all.filter(({ standing }) => standing.predecessorId === record.id),
    [t("reports.madeUnderThis")]: all.filter(({ standing }) => standing.parentId === record.id),
  };
  const rows = Object.entries(sorts).flatMap(([term, found]) =>
    found.map((each): Cell[] => [{ text: term }, ...named(setting, each), statusCell(setting, each)]),
  );
  const heard = record.standing.meetings.flatMap((told): Cell[][] => {
    const [relation = "made", key = ""] = told.split(":");
    const meeting = meetings.get(key);
    if (!meeting) return [];
    const when: Cell = meeting.day ? { text: f.shortDate(meeting.day), value: meeting.day } : { text: t("dates.none") };
    return [
      [
        { text: t(`meetings.relation.${relation as "made"}`) },
        { text: meeting.name, href: meetingPath(portfolioId, key) },
        when,
      ],
    ];
  });
  return [
    ...told(t("reports.says.related", { count: rows.length }), rows, () => ({
      kind: "table",
      caption: t("reports.section.related"),
      columns: [
        { label: t("reports.column.relation"), type: "text", share: 1.8 },
        ...namedColumns(setting),
        { label: t("commitments.field.completion"), type: "text", share: 1.6 },
      ],
      rows,
    })),
    ...(heard.length > 0
      ? [
          {
            kind: "table" as const,
            caption: t("meetings.title"),
            columns: [
              { label: t("commitments.edit.meetings.relation"), type: "text" as const, share: 1.8 },
              { label: t("commitments.field.meeting"), type: "text" as const, share: 5 },
              { label: t("reports.column.date"), type: "day" as const, share: 1.6 },
            ],
            rows: heard,
          },
        ]
      : []),
  ];
}
