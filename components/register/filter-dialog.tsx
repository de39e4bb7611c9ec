"use client";
import { type FormEvent, useEffect, useState } from "react";
import { fetchJson } from "#components/people/fetch-json.ts";
import { FilterForm } from "#components/register/filter-form.tsx";
import type { PartProps } from "#components/register/part.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ErrorState } from "#components/ui/states.tsx";
import type { Facets } from "#lib/commitments/facet-names.ts";
import { listingQuery, parseListing } from "#lib/commitments/filters.ts";
import { useTranslator } from "#lib/i18n/use-translator.tsx";
import { withQuery } from "#lib/paths.ts";

/** The filters over the list. What they offer, and the counts, are fetched when they are opened. */
export default function FilterDialog({ base, query, go, close }: PartProps) {
  const t = useTranslator();
  const [facets, setFacets] = useState<Facets | "failed" | null>(null);
  useEffect(() => {
    const aborter = new AbortController();
    fetchJson(`${base}/register/counts?${query}`, aborter.signal)
      .then((answer) => answer.json())
      .then(setFacets, () => aborter.signal.aborted || setFacets("failed"));
    return () => aborter.abort();
  }, [base, query]);

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) given.append(name, String(value));
    const next = listingQuery(parseListing(given).listing);
    close();
    go(withQuery(`${base}/register`, next));
  }
  return (
    <Dialog open onClose={close} size="lg" title={t("register.panel.title")} closeLabel={t("common.close")}>
      {facets === null && <Skeleton label={t("common.loading")} lines={12} />}
      {facets === "failed" && <ErrorState title={t("register.panel.failed")} />}
      {facets !== null && facets !== "failed" && (
        <FilterForm
          action={`${base}/register`}
          listing={parseListing(new URLSearchParams(query)).listing}
          facets={facets}
          onSubmit={apply}
        />
      )}
    </Dialog>
  );
}
