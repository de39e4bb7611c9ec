import type { ReactNode } from "react";
import { StateBadge } from "#components/importing/state-badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import type { Translator } from "#lib/i18n/translator.ts";
import type { ImportShown } from "#lib/importing/shown.ts";

const steps = ["map", "preview", "done"] as const;

type Props = {
  t: Translator;
  portfolio: string;
  found: ImportShown;
  step: (typeof steps)[number];
  children: ReactNode;
};

/** The frame around the steps of an import: which file it is, and how far it has come. */
export function ImportFrame({ t, portfolio, found, step, children }: Props) {
  return (
    <div className="mx-auto grid max-w-4xl gap-4">
      <div className="grid gap-1">
        <Breadcrumbs
          label={t("commitments.record.here")}
          crumbs={[
            { label: t("register.title"), href: `/${portfolio}/register` },
            { label: t("importing.title"), href: `/${portfolio}/import` },
            { label: found.fileName },
          ]}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="text-2xl [overflow-wrap:anywhere]">{found.fileName}</h1>
          <StateBadge t={t} state={found.state} />
        </div>
        <ol aria-label={t("importing.steps.label")} className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {steps.map((each, at) => (
            <li
              key={each}
              aria-current={each === step ? "step" : undefined}
              className={each === step ? "font-semibold" : "text-muted"}
            >
              {at + 1}. {t(`importing.steps.${each}`)}
            </li>
          ))}
        </ol>
      </div>
      {children}
    </div>
  );
}
