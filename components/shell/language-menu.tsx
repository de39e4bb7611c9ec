import { PreferenceForm } from "#components/shell/preference-form.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type Locale, localeNames, locales } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";

/** The switch of language. Each language goes by its own name, so that its readers find it on any page. */
export function LanguageMenu({ locale }: { locale: Locale }) {
  const label = translator(locale)("shell.language");
  return (
    <Popover
      id="shell-language"
      align="end"
      trigger={
        <>
          <Icon name="globe" />
          <span className="sr-only">{label}:</span>
          <span className="sr-only md:not-sr-only">{localeNames[locale]}</span>
        </>
      }
      triggerClassName="control flex min-w-8 items-center justify-center gap-1.5 rounded-md px-2 hover:bg-hover"
    >
      <PreferenceForm
        name="locale"
        label={label}
        chosen={locale}
        options={locales.map((value) => ({ value, label: localeNames[value], lang: value }))}
      />
    </Popover>
  );
}
