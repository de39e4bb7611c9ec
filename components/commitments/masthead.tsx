import { EditButton, EditMenuItem, EditSlot } from "#components/commitments/editable.tsx";
import type { View } from "#components/commitments/view.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuList } from "#components/ui/menu.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { type Locale, localeNames, locales } from "#lib/i18n/locales.ts";
import { pick, pickText } from "#lib/i18n/text.ts";
import { registerPath } from "#lib/paths.ts";

/** What it is: reference, sort, title and statement; the other languages one click away; what can be done with it. */
export function Masthead({ view }: { view: View }) {
  const { record, t, locale, portfolio, may } = view;
  const title = pick(record.title, locale);
  const sort = [t(`commitments.form.${record.form}`), t(`commitments.kind.${record.kind}`)];
  return (
    <header className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Breadcrumbs
          label={t("commitments.record.here")}
          crumbs={[{ label: t("shell.register"), href: registerPath(portfolio) }, { label: record.reference }]}
        />
        <Actions view={view} />
      </div>
      <h1 lang={title.lang} className="max-w-4xl text-2xl sm:text-3xl">
        {title.text}
      </h1>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
        <span className="font-semibold text-ink tabular-nums">{record.reference}</span>
        <Dot />
        {/* Forms with one kind say the same twice. */}
        <span>{record.form === "target" ? sort[0] : sort.join(": ")}</span>
        <Dot />
        <span>
          {t("commitments.field.strength")}: {t(`commitments.strength.${record.strength}`)}
        </span>
        <Dot />
        <span>{pickText(record.sector.name, locale)}</span>
      </p>
      {may.update && <EditSlot form="classify" />}
      {may.update ? (
        <EditSlot form="texts">
          <Statement view={view} />
        </EditSlot>
      ) : (
        <Statement view={view} />
      )}
      <EditSlot form="supersede" />
      <EditSlot form="withdraw" />
      <EditSlot form="reopen" />
      <EditSlot form="duplicate" />
      <EditSlot form="delete" />
    </header>
  );
}

const Dot = () => <span aria-hidden="true">·</span>;

function Statement({ view: { record, t, locale } }: { view: View }) {
  const statement = pick(record.statement, locale);
  const others = locales.filter(
    (other) => other !== statement.locale && (record.title[other] || record.statement[other]),
  );
  return (
    <div className="grid gap-2">
      <p lang={statement.lang} className="max-w-prose text-lg whitespace-pre-line">
        {statement.text}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        {statement.lang && (
          <span className="text-muted">
            {t("commitments.record.notInYours", { language: localeNames[statement.locale] })}
          </span>
        )}
        {record.draftLocales.includes(statement.locale) && <Draft label={t("common.draftTranslation")} />}
      </div>
      {others.length > 0 && (
        <details className="print:hidden">
          <summary className="w-fit text-sm text-accent">
            {t("commitments.record.otherLanguages", {
              languages: others.map((other) => localeNames[other]).join(", "),
            })}
          </summary>
          <div className="mt-2 grid gap-4 md:grid-cols-2">
            {others.map((other) => (
              <InOther
                key={other}
                locale={other}
                title={record.title[other]}
                statement={record.statement[other]}
                draft={record.draftLocales.includes(other) ? t("common.draftTranslation") : null}
              />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}

function Draft({ label }: { label: string }) {
  return (
    <Badge tone="caution" icon="pencil">
      {label}
    </Badge>
  );
}

function InOther({
  locale,
  title,
  statement,
  draft,
}: {
  locale: Locale;
  title: string;
  statement: string;
  draft: string | null;
}) {
  return (
    <div className="border-s-2 border-line ps-3">
      <p lang={locale} className="font-semibold">
        {title}
      </p>
      <p lang={locale} className="whitespace-pre-line">
        {statement}
      </p>
      {draft && <Draft label={draft} />}
    </div>
  );
}

const menu = "record-menu";

function Actions({ view: { record, t, may } }: { view: View }) {
  const ended = record.completion === "withdrawn" || record.completion === "superseded";
  if (!may.update && !may.create && !may.delete) return null;
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      {may.update && !ended && (
        <EditButton form="report" variant="primary" icon="check-circle">
          {t("commitments.record.report")}
        </EditButton>
      )}
      {may.update && (
        <EditButton form="texts" icon="pencil">
          {t("commitments.record.editTexts")}
        </EditButton>
      )}
      <Popover
        id={menu}
        align="end"
        label={t("commitments.record.actions")}
        trigger={<Icon name="dots" />}
        triggerClassName="control grid w-8 place-items-center rounded-md border border-control bg-surface hover:bg-hover"
      >
        <MenuList label={t("commitments.record.actions")}>
          {may.update && (
            <EditMenuItem form="classify" menu={menu} icon="flag">
              {t("commitments.record.classify")}
            </EditMenuItem>
          )}
          {may.create && (
            <EditMenuItem form="duplicate" menu={menu} icon="copy">
              {t("commitments.record.duplicate")}
            </EditMenuItem>
          )}
          {may.update && !ended && (
            <EditMenuItem form="supersede" menu={menu} icon="chevron-right">
              {t("commitments.record.supersede")}
            </EditMenuItem>
          )}
          {may.update && !ended && (
            <EditMenuItem form="withdraw" menu={menu} icon="minus">
              {t("commitments.record.withdraw")}
            </EditMenuItem>
          )}
          {may.update && ended && (
            <EditMenuItem form="reopen" menu={menu} icon="undo">
              {t("commitments.record.reopen")}
            </EditMenuItem>
          )}
          {may.delete && (
            <EditMenuItem form="delete" menu={menu} icon="trash">
              {t("commitments.record.delete")}
            </EditMenuItem>
          )}
        </MenuList>
      </Popover>
    </div>
  );
}
