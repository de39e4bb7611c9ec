import type { Metadata } from "next";
import { LetterTable } from "#components/letters/letter-table.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/letters/policy.ts";
import { countedMost, letterStates, listLetters, outboxFilter } from "#lib/letters/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("letters.title") };
}

/** Every letter, what became of it, and the way to look at it. */
export default async function LettersPage({ searchParams }: Props) {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "see")) return <ForbiddenState locale={locale} />;
  const filter = outboxFilter.parse(await searchParams);
  const { letters, next, counts } = await listLetters(actor, filter);
  const t = translator(locale);
  const { state } = filter;
  const address = (query: Record<string, string>) => {
    const search = new URLSearchParams(query).toString();
    return `/letters${search && `?${search}`}`;
  };
  const narrowed: Record<string, string> = state ? { state } : {};
  return (
    <div className="mx-auto grid max-w-6xl gap-4">
      <h1 className="text-2xl">{t("letters.title")}</h1>
      <Tabs
        label={t("letters.filter")}
        tabs={[
          { href: address({}), label: t("letters.all"), current: state === null },
          ...letterStates.map((each) => ({
            href: address({ state: each }),
            label: t(`letters.state.${each}`),
            current: state === each,
            count: Math.min(counts[each], countedMost),
          })),
        ]}
      />
      {state && <p className="text-muted">{t(`letters.stateHint.${state}`)}</p>}
      {letters.length > 0 ? (
        <LetterTable letters={letters} locale={locale} />
      ) : (
        <EmptyState icon="inbox" title={t("letters.none")}>
          {t("letters.noneBody")}
        </EmptyState>
      )}
      {(next || filter.after) && (
        <nav aria-label={t("letters.title")} className="flex flex-wrap gap-2">
          {filter.after && <LinkButton href={address(narrowed)}>{t("letters.first")}</LinkButton>}
          {next && (
            <LinkButton href={address({ ...narrowed, after: next })} icon="chevron-right">
              {t("common.next")}
            </LinkButton>
          )}
        </nav>
      )}
    </div>
  );
}
