import { Icon } from "#components/ui/icon.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Translator } from "#lib/i18n/translator.ts";

type Props = { t: Translator; portfolio: string; count: number };

/** Says to those who keep webhooks that some were switched off by themselves. Nothing where there are none. */
export function PausedNotice({ t, portfolio, count }: Props) {
  if (count === 0) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-caution bg-caution-soft px-3 py-2 print:hidden">
      <p className="flex min-w-0 items-start gap-2 text-caution">
        <Icon name="alert" className="mt-[0.25em]" />
        <span>{t("webhooks.pausedNotice", { count })}</span>
      </p>
      <LinkButton href={`/${portfolio}/webhooks`} size="sm">
        {t("webhooks.look")}
      </LinkButton>
    </div>
  );
}
