import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuLink, MenuList } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import { type LocalizedText, pick } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { registerPath } from "#lib/paths.ts";

export type ShellPortfolio = { key: string; name: LocalizedText; demo: boolean };

type Props = { locale: Locale; current: ShellPortfolio; portfolios: readonly ShellPortfolio[] };

/** Which register this is, and the way to another one. */
export function PortfolioSwitcher({ locale, current, portfolios }: Props) {
  const t = translator(locale);
  const name = <PortfolioName locale={locale} portfolio={current} badgeClass="max-sm:hidden" />;
  if (portfolios.length < 2) return <span className="flex min-w-0 items-center gap-1.5 px-1">{name}</span>;
  return (
    <Popover
      id="shell-portfolio"
      trigger={
        <>
          <span className="sr-only">{t("shell.portfolio")}:</span>
          {name}
          <Icon name="chevron-down" className="text-muted" />
        </>
      }
      triggerClassName="control flex min-w-0 items-center gap-1.5 rounded-md px-2 hover:bg-hover"
    >
      <MenuList label={t("shell.portfolio")}>
        {portfolios.map((portfolio) => (
          <MenuLink
            key={portfolio.key}
            href={registerPath(portfolio.key)}
            aria-current={portfolio.key === current.key ? "true" : undefined}
            icon={portfolio.key === current.key ? "check" : "table"}
          >
            <PortfolioName locale={locale} portfolio={portfolio} />
          </MenuLink>
        ))}
      </MenuList>
    </Popover>
  );
}

type NameProps = { locale: Locale; portfolio: ShellPortfolio; badgeClass?: string };

function PortfolioName({ locale, portfolio, badgeClass }: NameProps) {
  const { text, lang } = pick(portfolio.name, locale);
  return (
    <>
      <span lang={lang} className="truncate">
        {text}
      </span>
      {portfolio.demo && (
        <Badge tone="caution" className={badgeClass}>
          {translator(locale)("shell.demoBadge")}
        </Badge>
      )}
    </>
  );
}
