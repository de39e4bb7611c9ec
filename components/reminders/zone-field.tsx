"use client";
import { Combobox } from "#components/ui/combobox.tsx";
import { Field } from "#components/ui/field.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";

type Props = {
  /** Null: the team's. */
  value: string | null;
  teamZone: string;
  error?: string | undefined;
  onChange: (zone: string | null) => void;
};

/** So many are offered at a time. */
const most = 30;

/** A time zone of those that the browser knows; none is the team's. */
export function ZoneField({ value, teamZone, error, onChange }: Props) {
  const t = useTranslator();
  return (
    <Field label={t("preferences.form.zone")} error={error}>
      {(control) => (
        <Combobox
          control={control}
          value={value === null ? null : { value, label: shown(value) }}
          onChange={(item) => onChange(item?.value ?? null)}
          load={(typed) => found(typed)}
          placeholder={t("preferences.form.zoneTeam", { zone: shown(teamZone) })}
          words={{
            noMatches: t("common.noMatches"),
            loading: t("common.loading"),
            clear: t("common.clear"),
            failed: t("errors.unexpected"),
          }}
        />
      )}
    </Field>
  );
}

const shown = (zone: string) => zone.replaceAll("_", " ");

/** Browsers list some places by names that they had before. */
const renamed: Record<string, string> = { "Asia/Saigon": "Asia/Ho_Chi_Minh", "Asia/Calcutta": "Asia/Kolkata" };

function found(typed: string) {
  const words = typed.toLowerCase().replaceAll("_", " ").split(/\s+/).filter(Boolean);
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").map((zone) => renamed[zone] ?? zone)];
  return [...new Set(zones)]
    .map((zone) => ({ value: zone, label: shown(zone), hint: offsetOf(zone) }))
    .filter(({ label, hint }) => words.every((word) => `${label} ${hint}`.toLowerCase().includes(word)))
    .slice(0, most);
}

/** "GMT+7". */
function offsetOf(timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }).formatToParts(new Date());
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
