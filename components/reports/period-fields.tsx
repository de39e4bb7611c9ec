import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { Day } from "#lib/dates.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import { localeOf, type Translator } from "#lib/i18n/translator.ts";
import type { Meeting } from "#lib/meetings/schema.ts";
import type { Period } from "#lib/reports/request.ts";

type Props = {
  t: Translator;
  period: Period | null;
  meetings: readonly Meeting[];
  today: Day;
  /** Already translated. */
  error: string | undefined;
};

const kinds = ["sinceMeeting", "meetings", "days", "months"] as const;

/** What a report looks back on. What the chosen kind does not need is put away by report.css. */
export function PeriodFields({ t, period, meetings, today, error }: Props) {
  const days = period?.kind === "days" && !period.meetings ? period : null;
  const [from, to] =
    period?.kind === "meetings"
      ? [period.from, period.to]
      : (period?.kind === "days" && period.meetings) || [null, null];
  const kind = days ? "days" : from ? "meetings" : (period?.kind ?? "sinceMeeting");
  const meeting = (name: "fromMeeting" | "toMeeting", value: string | null) => (
    <Field label={t(`reports.form.${name}`)}>
      {(control) => (
        <Select {...control} name={name} defaultValue={value ?? ""}>
          <option value="">{t(name === "fromMeeting" ? "reports.form.chooseMeeting" : "reports.form.untilDay")}</option>
          <MeetingOptions t={t} meetings={meetings} />
        </Select>
      )}
    </Field>
  );
  const date = (name: "from" | "to") => (
    <Field label={t(`reports.form.${name}`)}>
      {(control) => <Input {...control} type="date" name={name} max={today} defaultValue={days?.[name] ?? ""} />}
    </Field>
  );
  return (
    <div className="period grid gap-3 sm:col-span-full sm:grid-cols-3">
      <Field label={t("reports.form.period")} error={error}>
        {(control) => (
          <Select {...control} name="period" defaultValue={kind}>
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`reports.form.periodKind.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div data-for="meetings">{meeting("fromMeeting", from)}</div>
      <div data-for="meetings">{meeting("toMeeting", to)}</div>
      <div data-for="days">{date("from")}</div>
      <div data-for="days">{date("to")}</div>
      <div data-for="months">
        <Field label={t("reports.form.months")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              name="months"
              min={1}
              max={120}
              defaultValue={period?.kind === "months" ? period.months : 6}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

/** Those without a date stand there, too: why nothing can begin with them is said when they are chosen. */
function MeetingOptions({ t, meetings }: Pick<Props, "t" | "meetings">) {
  const locale = localeOf(t);
  return meetings.map(({ key, name, edtf }) => {
    const { text, lang } = pick(name, locale);
    return (
      <option key={key} value={key} lang={lang}>
        {text}, {edtf ? showEdtf(t, locale, edtf) : t("dates.none")}
      </option>
    );
  });
}
