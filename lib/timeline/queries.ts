import type { Actor } from "#lib/actor.ts";
import type { Filters } from "#lib/commitments/filters.ts";
import { precisionOf, scheduleOf } from "#lib/commitments/rules.ts";
import { matching } from "#lib/commitments/where.ts";
import { type Day, numberOf } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pick } from "#lib/i18n/text.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { listMeetings } from "#lib/meetings/queries.ts";
import type { Completion, Form, Lifecycle } from "#prisma/generated/enums.ts";
import type { MeetingLine, TimelineGroup, TimelineRow } from "./row.ts";
import { type Dated, spanOf } from "./rules.ts";
import type { Grouping } from "./schema.ts";

/** More than this nobody looks through: the page says so, and the filters narrow it. */
export const timelineMost = 5000;

type Found = Dated & {
  reference: string;
  title: LocalizedText;
  form: Form;
  sectorId: string;
  completion: Completion;
  lifecycle: Lifecycle | null;
  phrase: string | null;
  leads: string[];
  milestones: {
    title: LocalizedText;
    edtf: string | null;
    phrase: string | null;
    latest: Day;
    earliest: Day | null;
    done: boolean;
  }[];
};

type Options = { locale: Locale; today: Day; group: Grouping };

/** The records that the filters let through, in their groups, the earliest due first; one of several agencies is in each. */
export async function listTimeline(
  actor: Actor,
  portfolioId: string,
  filters: Filters,
  { locale, today, group }: Options,
): Promise<{ groups: TimelineGroup[]; count: number; more: boolean }> {
  const [found, names] = await Promise.all([
    reading(actor)<Found[]>`
      SELECT c.reference, c.title, c.form, c.sector_id AS "sectorId", c.completion, c.lifecycle, c.deadline_phrase AS phrase,
        c.deadline_edtf AS edtf, c.deadline_earliest AS earliest, c.deadline_latest AS latest, i.signed, i.in_effect_from AS "inEffectFrom", i.ends,
        (SELECT min(coalesce(m.earliest, m.latest)) FROM commitment_meeting cm JOIN meeting m ON m.id = cm.meeting_id
          WHERE cm.commitment_id = c.id AND cm.relation = 'made') AS made,
        ARRAY(SELECT cp.party_id FROM commitment_party cp WHERE cp.commitment_id = c.id AND cp.role = 'lead' ORDER BY 1) AS leads,
        (SELECT coalesce(json_agg(json_build_object('title', m.title, 'edtf', m.edtf, 'phrase', m.phrase, 'earliest', m.earliest, 'latest', m.latest,
          'done', m.done_on IS NOT NULL) ORDER BY m.latest, m.position), '[]') FROM milestone m WHERE m.commitment_id = c.id AND m.latest IS NOT NULL) AS milestones
      FROM commitment c LEFT JOIN instrument i ON i.commitment_id = c.id
      WHERE ${matching(actor, portfolioId, filters, today)} ORDER BY c.due, c.number LIMIT ${timelineMost + 1}`,
    namesOf(group, locale),
  ]);
  const t = translator(locale);
  const rows = new Map<string, TimelineRow[]>();
  for (const record of found.slice(0, timelineMost)) {
    const row = rowOf(t, locale, record, today);
    for (const value of valuesOf(record, group)) {
      const some = rows.get(value) ?? [];
      some.push(row);
      rows.set(value, some);
    }
  }
  const groups = [...names].flatMap(([value, { text, lang }]): TimelineGroup[] => {
    const own = rows.get(value);
    return own ? [{ value, label: text, lang, rows: own }] : [];
  });
  const without = rows.get("");
  if (without) groups.push({ value: "", label: t("timeline.noLead"), rows: without });
  return { groups, count: Math.min(found.length, timelineMost), more: found.length > timelineMost };
}

function valuesOf({ form, sectorId, leads }: Found, group: Grouping): string[] {
  if (group === "form") return [form];
  if (group === "sector") return [sectorId];
  return leads.length > 0 ? leads : [""];
}

async function namesOf(
  group: Grouping,
  locale: Locale,
): Promise<Map<string, { text: string; lang?: Locale | undefined }>> {
  if (group === "form") {
    const t = translator(locale);
    const forms: Form[] = ["instrument", "pledge", "target"];
    return new Map(forms.map((form) => [form, { text: t(`commitments.form.${form}`) }]));
  }
  const rows =
    group === "sector"
      ? await sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM sector ORDER BY position, id`
      : await sql<{ id: string; name: LocalizedText }[]>`SELECT id, name FROM party ORDER BY side DESC NULLS LAST, id`;
  return new Map(rows.map(({ id, name }) => [id, pick(name, locale)]));
}

function rowOf(t: Translator, locale: Locale, record: Found, today: Day): TimelineRow {
  const title = pick(record.title, locale);
  const say = ({ edtf, phrase, latest }: { edtf: string | null; phrase: string | null; latest: Day | null }) =>
    edtf ? showEdtf(t, locale, edtf) : (phrase ?? (latest ? showEdtf(t, locale, latest) : ""));
  return {
    reference: record.reference,
    title: title.text,
    ...(title.lang && { lang: title.lang }),
    schedule: scheduleOf(record, today),
    when: [say(record), record.ends && t("timeline.ends", { date: showEdtf(t, locale, record.ends) })]
      .filter(Boolean)
      .join(", "),
    ...spanOf(record),
    milestones: record.milestones.map((milestone) => ({
      at: numberOf(milestone.latest),
      text: `${pick(milestone.title, locale).text}, ${say(milestone)}`,
      vague: precisionOf(milestone) === "longer",
      done: milestone.done,
    })),
  };
}

/** The meetings that have a date, as lines. */
export async function listMeetingLines(actor: Actor, portfolioId: string, locale: Locale): Promise<MeetingLine[]> {
  const t = translator(locale);
  const meetings = await listMeetings(actor, portfolioId);
  return meetings.flatMap(({ key, name, edtf, earliest, latest }): MeetingLine[] => {
    const day = latest ?? earliest;
    if (day === null) return [];
    const { text, lang } = pick(name, locale);
    return [
      {
        key,
        name: text,
        ...(lang && { lang }),
        when: edtf ? showEdtf(t, locale, edtf) : showEdtf(t, locale, day),
        at: numberOf(day),
        vague: precisionOf({ edtf, earliest, latest: day }) === "longer",
      },
    ];
  });
}
