"use client";
import { useId, useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { showToast } from "#components/ui/toast.ts";
import { createFeed, revokeFeed } from "#lib/feeds/actions.ts";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";

/** What a calendar can show. */
export type Source = { portfolioId: string; viewId: string | null; label: string };

type Props = {
  sources: readonly Source[];
  feeds: readonly { id: string; label: string; createdAt: Date }[];
};

/** One's calendar addresses: a new one, shown once, and those there are, each with the way to end it. */
export function Feeds({ sources, feeds }: Props) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  const [made, setMade] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const source = sources[chosen];
  return (
    <div className="grid gap-4">
      {source && (
        <div className="flex flex-wrap items-end gap-2">
          <Field label={t("feeds.what")} className="min-w-0 flex-[1_1_16rem]">
            {(control) => (
              <Select {...control} value={chosen} onChange={({ target }) => setChosen(Number(target.value))}>
                {sources.map(({ label, portfolioId, viewId }, at) => (
                  <option key={`${portfolioId} ${viewId}`} value={at}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <ActButton
            label={t("feeds.make")}
            icon="calendar"
            act={() => createFeed({ portfolioId: source.portfolioId, viewId: source.viewId })}
            onDone={({ token }) => setMade(`/api/calendar/${token}.ics`)}
          />
        </div>
      )}
      {made && <Made path={made} />}
      {feeds.length === 0 && <p className="text-muted">{t("feeds.none")}</p>}
      <ul className="grid">
        {feeds.map(({ id, label, createdAt }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
          >
            <div className="min-w-0">
              <p className="font-semibold">{label}</p>
              <p className="text-sm text-muted">{t("feeds.since", { start: moment(createdAt) })}</p>
            </div>
            <ActButton
              size="sm"
              label={t("feeds.revoke")}
              of={label}
              act={() => revokeFeed({ id })}
              done={t("feeds.revoked")}
              onDone={() => setMade(null)}
              confirm={{ title: t("feeds.revokeTitle"), body: t("feeds.revokeBody") }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The address that was just made: to be copied, for it can't be shown again. */
function Made({ path }: { path: string }) {
  const t = useTranslator();
  const field = useId();
  const address = `${location.origin}${path}`;
  async function copy() {
    try {
      await navigator.clipboard.writeText(address);
      showToast(t("feeds.copied"));
    } catch {
      document.getElementById(field)?.querySelector("input")?.select();
    }
  }
  return (
    <div id={field} role="status" className="grid gap-2 rounded-md border border-info bg-info-soft px-3 py-2">
      <p className="text-info">{t("feeds.made")}</p>
      <Field label={t("feeds.address")}>
        {(control) => (
          <Input
            {...control}
            readOnly
            value={address}
            onFocus={({ target }) => target.select()}
            className="font-mono"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button icon="copy" onClick={copy}>
          {t("feeds.copy")}
        </Button>
        <a href={address.replace(/^https?:/, "webcal:")} className={buttonClass({})}>
          {t("feeds.open")}
        </a>
      </div>
    </div>
  );
}
