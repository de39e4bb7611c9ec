import Link from "next/link";
import type { ReactNode } from "react";
import { CatalogueHistory } from "#components/audit/history.tsx";
import { entryMessages } from "#components/catalogue/entry-page.tsx";
import { Inferred } from "#components/sources/inferred.tsx";
import { ErratumForm, SilentForm, UnmarkButton, WithdrawErratumButton } from "#components/sources/paragraph-forms.tsx";
import { ParagraphList } from "#components/sources/paragraph-list.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { Told } from "#lib/commitments/history.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import { registerPath, sourcePath } from "#lib/paths.ts";
import { isGap, rangesOf } from "#lib/sources/rules.ts";
import type { Erratum, Paragraph, Source } from "#lib/sources/schema.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  source: Source & { lines: Paragraph[] };
  mayRecord: boolean;
  told: Told;
};

const formScopes = [...entryMessages, "sources.silent", "sources.errata", "sources.paragraph"] as const;

/** A document: what is known of it, what is wrong in it, and what rests on each of its paragraphs. */
export function SourcePage({ t, locale, portfolio, source, mayRecord, told }: Props) {
  const label = pick(source.label, locale);
  const { id, version } = source;
  const gaps = rangesOf(source.lines.filter(isGap).map(({ paragraph }) => paragraph));
  return (
    <ClientMessages locale={locale} scopes={mayRecord ? formScopes : []}>
      <article className="mx-auto grid max-w-4xl gap-6">
        <header className="grid gap-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Breadcrumbs
              label={t("commitments.record.here")}
              crumbs={[{ label: t("sources.title"), href: `/${portfolio}/sources` }, { label: source.key }]}
            />
            {mayRecord && (
              <LinkButton href={`${sourcePath(portfolio, source.key)}/edit`} icon="pencil">
                {t("common.edit")}
              </LinkButton>
            )}
          </div>
          <h1 lang={label.lang} className="text-2xl">
            {label.text}
          </h1>
        </header>
        <Facts t={t} locale={locale} source={source} />
        <LinkButton href={registerPath(portfolio, { source: source.key })} icon="table" className="justify-self-start">
          {t("sources.inRegister")}
        </LinkButton>
        {(source.errata.length > 0 || mayRecord) && (
          <section aria-labelledby="errata" className="grid gap-3">
            <div>
              <h2 id="errata" className="text-xl">
                {t("sources.errata.title")}
              </h2>
              {source.errata.length > 0 && <p className="text-muted">{t("sources.errata.lead")}</p>}
            </div>
            {source.errata.map((erratum) => (
              <ErratumItem key={erratum.key} t={t} locale={locale} erratum={erratum}>
                {mayRecord && (
                  <WithdrawErratumButton
                    id={id}
                    version={version}
                    erratum={erratum.key}
                    paragraph={erratum.paragraph}
                  />
                )}
              </ErratumItem>
            ))}
            {mayRecord && <ErratumForm id={id} version={version} />}
          </section>
        )}
        <section aria-labelledby="lines" className="grid gap-3">
          <div>
            <h2 id="lines" className="text-xl">
              {t("sources.lines.title")}
            </h2>
            <p className="max-w-prose text-muted">{t("sources.lines.lead")}</p>
          </div>
          {mayRecord && <SilentForm id={id} version={version} gaps={gaps} />}
          <ParagraphList
            t={t}
            locale={locale}
            portfolio={portfolio}
            lines={source.lines}
            {...(mayRecord && {
              unmark: (paragraph) => <UnmarkButton id={id} version={version} paragraph={paragraph} />,
            })}
          />
        </section>
        <CatalogueHistory t={t} locale={locale} portfolio={portfolio} told={told} />
      </article>
    </ClientMessages>
  );
}

function Facts({ t, locale, source }: Pick<Props, "t" | "locale"> & { source: Source }) {
  const { title, publisher, date, inferred, language, kind, paragraphs, commitments, meetings, figures } = source;
  const languages = new Intl.DisplayNames(locale, { type: "language" });
  const used = format(locale).list([
    t("sources.counts.commitments", { count: commitments }),
    t("sources.counts.meetings", { count: meetings }),
    t("sources.counts.figures", { count: figures }),
  ]);
  return (
    <DescriptionList>
      <Description term={t("sources.field.title")}>
        {title ? <span lang={language}>{title}</span> : t("sources.notStated")}
      </Description>
      <Description term={t("sources.field.publisher")}>{publisher ?? t("sources.notStated")}</Description>
      <Description term={t("sources.field.date")}>
        {date ? showEdtf(t, locale, date) : t("sources.notStated")}
        {inferred && <Inferred t={t} locale={locale} reason={inferred} />}
      </Description>
      <Description term={t("sources.field.kind")}>
        {t(`sources.kind.${kind}`)}, {languages.of(language)}
      </Description>
      <Description term={t("sources.field.paragraphs")}>{paragraphs}</Description>
      <Description term={t("sources.field.used")}>{used}</Description>
    </DescriptionList>
  );
}

type ErratumProps = Pick<Props, "t" | "locale"> & { erratum: Erratum; children: ReactNode };

function ErratumItem({ t, locale, erratum, children }: ErratumProps) {
  const [wrong, right, why] = [erratum.wrong, erratum.right, erratum.explanation].map((text) => pick(text, locale));
  return (
    <div className="border-s-2 border-caution ps-3">
      <h3 className="text-base">
        <Link href={`#p${erratum.paragraph}`}>{t("sources.paragraph", { number: erratum.paragraph })}</Link>
      </h3>
      <DescriptionList>
        <Description term={t("sources.errata.wrong")}>
          <span lang={wrong?.lang}>{wrong?.text}</span>
        </Description>
        <Description term={t("sources.errata.right")}>
          <span lang={right?.lang}>{right?.text}</span>
        </Description>
        <Description term={t("sources.errata.why")}>
          <span lang={why?.lang} className="text-muted">
            {why?.text}
          </span>
        </Description>
      </DescriptionList>
      {children}
    </div>
  );
}
