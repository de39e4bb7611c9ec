"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { unmute, unwatch } from "#lib/reminders/actions.ts";

export type Listed = {
  id: string;
  href: string;
  reference: string;
  title: string;
  lang?: string | undefined;
  note?: string | undefined;
};

/** What one watches: records and saved views, each with the way to end it. */
export function Watched({ records, views }: { records: readonly Listed[]; views: readonly Listed[] }) {
  const t = useTranslator();
  const end = (which: object) => () => unwatch(which);
  return (
    <div className="grid gap-4">
      {records.length > 0 && (
        <List title={t("preferences.watched.records")}>
          {records.map((item) => (
            <Row key={item.id} item={item}>
              <ActButton
                size="sm"
                label={t("preferences.watched.end")}
                of={item.reference}
                act={end({ commitmentId: item.id })}
                done={t("preferences.watched.ended")}
              />
            </Row>
          ))}
        </List>
      )}
      {views.length > 0 && (
        <List title={t("preferences.watched.views")}>
          {views.map((item) => (
            <Row key={item.id} item={item}>
              <ActButton
                size="sm"
                label={t("preferences.watched.end")}
                of={item.title}
                act={end({ viewId: item.id })}
                done={t("preferences.watched.ended")}
              />
            </Row>
          ))}
        </List>
      )}
    </div>
  );
}

/** What is silent, each with the way to hear of it again. */
export function Muted({ records }: { records: readonly Listed[] }) {
  const t = useTranslator();
  return (
    <ul className="grid">
      {records.map((item) => (
        <Row key={item.id} item={item}>
          <ActButton
            size="sm"
            label={t("preferences.muted.end")}
            of={item.reference}
            act={() => unmute({ commitmentId: item.id })}
            done={t("preferences.muted.ended")}
          />
        </Row>
      ))}
    </ul>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-sm font-semibold">{title}</h3>
      <ul className="grid">{children}</ul>
    </div>
  );
}

function Row({ item, children }: { item: Listed; children: ReactNode }) {
  const { href, reference, title, lang, note } = item;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0">
      <p className="min-w-0 flex-[1_1_12rem]">
        <Link href={href} prefetch={false} className="text-ink no-underline hover:underline">
          {reference && <span className="me-2 text-sm whitespace-nowrap text-muted tabular-nums">{reference}</span>}
          <span lang={lang}>{title}</span>
        </Link>
        {note && <span className="block text-sm text-muted">{note}</span>}
      </p>
      {children}
    </li>
  );
}
