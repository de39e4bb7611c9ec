import type { ReactNode } from "react";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import type { MessageScope } from "#lib/i18n/compiled.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";

/** The words that every form of the catalogue needs. */
export const entryMessages = [
  "common",
  "errors",
  "dates",
  "catalogue",
  "commitments.edit.leave",
  "commitments.edit.conflict",
  "commitments.edit.offline",
  "commitments.edit.notLoaded",
  "commitments.edit.edtfHint",
  "commitments.edit.texts.missing",
  "commitments.edit.removeRow",
  "commitments.edit.removeNamed",
  "commitments.edit.citations",
  "commitments.field.source",
] as const satisfies readonly MessageScope[];

type Props = {
  t: Translator;
  locale: Locale;
  /** The pages above this one. */
  above: readonly { label: string; href: string }[];
  title: string;
  lead?: string;
  /** Further words of its form. */
  scopes: readonly MessageScope[];
  children: ReactNode;
};

/** A page with one form, by which something is entered or revised. */
export function EntryPage({ t, locale, above, title, lead, scopes, children }: Props) {
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <Breadcrumbs label={t("commitments.record.here")} crumbs={[...above, { label: title }]} />
      <div>
        <h1 className="text-2xl">{title}</h1>
        {lead && <p className="mt-1 max-w-prose text-muted">{lead}</p>}
      </div>
      <ClientMessages locale={locale} scopes={[...entryMessages, ...scopes]}>
        {children}
      </ClientMessages>
    </div>
  );
}
