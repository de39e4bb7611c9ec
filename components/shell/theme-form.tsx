import { PreferenceForm } from "#components/shell/preference-form.tsx";
import { type Locale, type Theme, themes } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";

/** Light, dark, or as the device has it. */
export function ThemeForm({ locale, theme }: { locale: Locale; theme: Theme }) {
  const t = translator(locale);
  return (
    <PreferenceForm
      name="theme"
      label={t("shell.theme.label")}
      chosen={theme}
      options={themes.map((value) => ({ value, label: t(`shell.theme.${value}`) }))}
    />
  );
}
