import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportDone } from "#components/importing/import-done.tsx";
import { ImportFrame } from "#components/importing/import-frame.tsx";
import { MapForm } from "#components/importing/map-form.tsx";
import { Preview } from "#components/importing/preview.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { may as mayAudit } from "#lib/audit/policy.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { columns, derivedColumns, headingOf } from "#lib/importing/columns.ts";
import { may } from "#lib/importing/policy.ts";
import { acts, pageOf } from "#lib/importing/preview.ts";
import { findImport, inTheWay, isUnderWay, lastChanges, previewImport } from "#lib/importing/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = {
  params: Promise<{ portfolio: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("importing.title") };
}

/** One import, at the step at which it is: its columns, what it would do, and what it did. */
export default async function ImportStepPage({ params, searchParams }: Props) {
  const [{ portfolio, id }, query, actor, locale] = await Promise.all([
    params,
    searchParams,
    requireActor(),
    requestLocale(),
  ]);
  if (!may(actor, portfolio)) return <ForbiddenState locale={locale} />;
  const found = await findImport(actor, portfolio, id);
  if (!found) notFound();
  const t = translator(locale);
  const over = found.state === "done" || found.state === "undone";
  const planned =
    found.state === "previewed" && query.step !== "map" ? await previewImport(actor, portfolio, id) : null;
  const step = over ? "done" : planned ? "preview" : "map";
  const act = acts.find((each) => each === query.show) ?? null;
  const asked = Number(query.page ?? 1);
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 1000 ? asked : 1;
  const newer = planned ? pageOf(planned.plan.rows, { act, page }).rows.filter((row) => row.newer) : [];
  const [changed, underWay] = await Promise.all([
    lastChanges(
      actor,
      portfolio,
      newer.map(({ before }) => before.id),
    ),
    planned ? isUnderWay(actor, portfolio, id) : false,
  ]);
  return (
    <ImportFrame t={t} portfolio={portfolio} found={found} step={step}>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "errors",
          "account.errors",
          "importing.map",
          "importing.errors",
          "importing.preview",
          "importing.undo",
          "importing.discard",
          "tasks.errors",
        ]}
      >
        {step === "map" && (
          <MapForm
            portfolio={portfolio}
            found={{
              id,
              version: found.version,
              headings: found.headings,
              sample: found.sample,
              mapping: found.mapping,
            }}
            names={columns.map((column) => ({
              column,
              name: headingOf(t, column),
              derived: derivedColumns.includes(column),
            }))}
          />
        )}
        {planned && (
          <Preview
            t={t}
            locale={locale}
            portfolio={portfolio}
            found={found}
            planned={planned}
            act={act}
            page={page}
            changed={changed}
            underWay={underWay}
          />
        )}
        {over && (
          <ImportDone
            t={t}
            locale={locale}
            portfolio={portfolio}
            found={found}
            blocked={await inTheWay(actor, portfolio, id)}
            history={mayAudit(actor, "search")}
          />
        )}
      </ClientMessages>
    </ImportFrame>
  );
}
