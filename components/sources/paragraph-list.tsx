import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { pick } from "#lib/i18n/text.ts";
import { type Translator, translateKey } from "#lib/i18n/translator.ts";
import { showValue } from "#lib/indicators/words.ts";
import { indicatorPath, meetingPath, recordPath } from "#lib/paths.ts";
import { isGap, isUsed } from "#lib/sources/rules.ts";
import type { Paragraph } from "#lib/sources/schema.ts";
import type { Texts } from "#lib/text.ts";

type Props = {
  t: Translator;
  locale: Locale;
  portfolio: string;
  lines: readonly Paragraph[];
  /** Takes back that a paragraph promises nothing, for who may. */
  unmark?: (paragraph: number) => ReactNode;
};

/** Every paragraph with what rests on it, or why nothing does. One on which nothing rests for no reason is a gap. */
export function ParagraphList({ t, locale, portfolio, lines, unmark }: Props) {
  return (
    <ol className="grid">
      {lines.map((line) => (
        <li
          key={line.paragraph}
          id={`p${line.paragraph}`}
          className="grid grid-cols-[2.5rem_1fr] gap-x-2 border-t border-line py-2 target:bg-accent-soft"
        >
          <a href={`#p${line.paragraph}`} className="justify-self-end pe-2 text-muted tabular-nums no-underline">
            <span className="sr-only">{t("sources.paragraph", { number: line.paragraph })}</span>
            <span aria-hidden="true">{line.paragraph}</span>
          </a>
          <Line t={t} locale={locale} portfolio={portfolio} line={line} {...(unmark && { unmark })} />
        </li>
      ))}
    </ol>
  );
}

function Line({ t, locale, portfolio, line, unmark }: Omit<Props, "lines"> & { line: Paragraph }) {
  const { commitments, meetings, figures, errata, silent } = line;
  if (!isUsed(line)) {
    const reason = pick(silent, locale);
    return isGap(line) ? (
      <Badge tone="caution" icon="alert" plain>
        {t("sources.lines.gap")}
      </Badge>
    ) : (
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <p lang={reason.lang} className="text-muted">
          {reason.text}
        </p>
        {unmark?.(line.paragraph)}
      </div>
    );
  }
  return (
    <ul className="grid min-w-0 gap-1.5">
      {commitments.map(({ id, reference, title, note, supports }) => (
        <Item
          key={`${id} ${supports}`}
          locale={locale}
          href={recordPath(portfolio, reference)}
          mark={reference}
          name={title}
          note={note}
          aside={supports && translateKey(t, `sources.supports.${supports}`)}
        />
      ))}
      {meetings.map(({ key, name, note }) => (
        <Item
          key={key}
          locale={locale}
          href={meetingPath(portfolio, key)}
          mark={t("sources.lines.meeting")}
          name={name}
          note={note}
        />
      ))}
      {figures.map(({ key, name, unit, value, target }) => (
        <Item
          key={`${key} ${value} ${target}`}
          locale={locale}
          href={indicatorPath(portfolio, key)}
          mark={t(target ? "sources.lines.target" : "sources.lines.figure")}
          name={name}
          aside={showValue(t, locale, value, unit)}
        />
      ))}
      {errata.length > 0 && (
        <li>
          <a href="#errata">
            <Badge tone="caution" icon="alert" plain>
              {t("sources.lines.erratum")}
            </Badge>
          </a>
        </li>
      )}
    </ul>
  );
}

type ItemProps = {
  locale: Locale;
  href: string;
  mark: string;
  name: Texts;
  note?: Texts | null;
  aside?: ReactNode;
};

function Item({ locale, href, mark, name, note, aside }: ItemProps) {
  const title = pick(name, locale);
  const why = note && pick(note, locale);
  return (
    <li>
      <span className="me-2 text-sm whitespace-nowrap text-muted tabular-nums">{mark}</span>
      <Link href={href} prefetch={false} lang={title.lang}>
        {title.text}
      </Link>
      {aside && <span className="ms-2 text-sm font-medium">{aside}</span>}
      {why && (
        <span lang={why.lang} className="block text-sm text-muted">
          {why.text}
        </span>
      )}
    </li>
  );
}
