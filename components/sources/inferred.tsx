import { Icon } from "#components/ui/icon.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { Texts } from "#lib/text.ts";

/** Marks a value that no text gives, and says why it is given all the same. */
export function Inferred({ t, locale, reason }: { t: Translator; locale: Locale; reason: Texts }) {
  const why = pick(reason, locale);
  return (
    <span className="flex max-w-prose items-start gap-1 text-xs text-muted">
      <Icon name="info" className="mt-0.5 size-3.5" />
      <span>
        <span className="font-medium">{t("dates.inferred")}:</span> <span lang={why.lang}>{why.text}</span>
      </span>
    </span>
  );
}
