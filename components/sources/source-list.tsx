import Link from "next/link";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { sourcePath } from "#lib/paths.ts";
import type { Source } from "#lib/sources/schema.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; sources: readonly Source[]; mayRecord: boolean };

/** The documents, oldest first, each with how much of the register rests on it. */
export function SourceList({ t, locale, portfolio, sources, mayRecord }: Props) {
  return (
    <div className="mx-auto max-w-4xl">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("sources.title")}</h1>
        {mayRecord && (
          <LinkButton href={`/${portfolio}/sources/new`} variant="primary" icon="plus">
            {t("sources.edit.add")}
          </LinkButton>
        )}
      </div>
      {sources.length === 0 ? (
        <EmptyState icon="book" title={t("sources.empty.title")}>
          {t("sources.empty.body")}
        </EmptyState>
      ) : (
        <>
          <p className="mt-1 max-w-prose text-muted">{t("sources.lead")}</p>
          <ul className="mt-4 grid">
            {sources.map((source) => (
              <SourceItem
                key={source.id}
                t={t}
                locale={locale}
                href={sourcePath(portfolio, source.key)}
                source={source}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

type ItemProps = { t: Translator; locale: Locale; href: string; source: Source };

function SourceItem({ t, locale, href, source }: ItemProps) {
  const label = pick(source.label, locale);
  const { list } = format(locale);
  const about = [
    source.publisher,
    source.date && showEdtf(t, locale, source.date) + (source.inferred ? ` (${t("dates.inferredNote")})` : ""),
    t(`sources.kind.${source.kind}`),
    t("sources.counts.paragraphs", { count: source.paragraphs }),
  ].filter(Boolean);
  const used = [
    t("sources.counts.commitments", { count: source.commitments }),
    t("sources.counts.meetings", { count: source.meetings }),
    t("sources.counts.figures", { count: source.figures }),
  ];
  return (
    <li className="grid gap-1 border-t border-line py-3">
      <h2 className="text-lg">
        <Link href={href} prefetch={false} lang={label.lang}>
          {label.text}
        </Link>
      </h2>
      {source.title && (
        <p lang={source.language} className="text-muted">
          {source.title}
        </p>
      )}
      <p className="text-sm text-muted">{about.join(" · ")}</p>
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
        <span>{list(used)}</span>
        {source.errata.length > 0 && (
          <Badge tone="caution" icon="alert" plain>
            {t("sources.counts.errata", { count: source.errata.length })}
          </Badge>
        )}
      </p>
    </li>
  );
}
