import type { Metadata } from "next";
import { PeopleTable } from "#components/people/people-table.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { SegmentedControl } from "#components/ui/segmented-control.tsx";
import { Select } from "#components/ui/select.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { format } from "#lib/i18n/format.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { agencyChoices } from "#lib/people/agencies.ts";
import { may } from "#lib/people/policy.ts";
import { listPeople } from "#lib/people/queries.ts";
import { peopleFilter } from "#lib/people/schema.ts";
import { listPortfolios, portfolioChoices } from "#lib/portfolios/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("people.title") };
}

export default async function PeoplePage({ searchParams }: Props) {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "see")) return <ForbiddenState locale={locale} />;
  const filter = peopleFilter.parse(await searchParams);
  const [{ people, next }, portfolios, agencies] = await Promise.all([
    listPeople(actor, filter),
    listPortfolios(actor),
    agencyChoices(actor, locale),
  ]);
  const teams = agencies.filter(({ id, people: size }) => size > 0 || id === filter.agency);
  const { number } = format(locale);
  const names = new Map(portfolioChoices(portfolios, locale).map(({ id, label }) => [id, label]));
  const t = translator(locale);
  const address = (after?: string) => {
    const query = new URLSearchParams({
      ...(filter.q && { q: filter.q }),
      state: filter.state,
      ...(filter.agency && { agency: filter.agency }),
      ...(after && { after }),
    });
    return `/people?${query}`;
  };
  return (
    <div className="mx-auto grid max-w-6xl gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-2xl">{t("people.title")}</h1>
        <div className="flex flex-wrap gap-2">
          <LinkButton href="/portfolios" icon="book">
            {t("portfolios.title")}
          </LinkButton>
          <LinkButton href="/people/security" icon="lock">
            {t("security.policy.title")}
          </LinkButton>
          <LinkButton href="/people/new" variant="primary" icon="plus">
            {t("people.add")}
          </LinkButton>
        </div>
      </div>
      <search>
        <form action="/people" className="flex flex-wrap items-end gap-2">
          <Field label={t("people.search")} hideLabel className="min-w-48 flex-1 sm:max-w-80">
            {(control) => (
              <Input {...control} type="search" name="q" defaultValue={filter.q} placeholder={t("people.search")} />
            )}
          </Field>
          {teams.length > 0 && (
            <Field label={t("people.field.agency")} hideLabel className="w-full sm:w-64">
              {(control) => (
                <Select {...control} name="agency" defaultValue={filter.agency}>
                  <option value="">{t("people.anyAgency")}</option>
                  {teams.map(({ id, label, people: size }) => (
                    <option key={id} value={id}>
                      {t("people.team", { agency: label, size: number(size) })}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <SegmentedControl
            legend={t("people.state.label")}
            name="state"
            defaultValue={filter.state}
            options={(["enabled", "disabled", "all"] as const).map((value) => ({
              value,
              label: t(`people.state.${value}`),
            }))}
          />
          <Button type="submit" icon="search">
            {t("people.searchAction")}
          </Button>
        </form>
      </search>
      {people.length > 0 ? (
        <PeopleTable people={people} locale={locale} me={actor.id} portfolios={names} />
      ) : (
        <EmptyState
          icon="people"
          title={t("people.none")}
          action={<LinkButton href="/people?state=all">{t("people.showAll")}</LinkButton>}
        >
          {t("people.noneBody")}
        </EmptyState>
      )}
      {(next || filter.after) && (
        <nav aria-label={t("people.title")} className="flex flex-wrap gap-2">
          {filter.after && <LinkButton href={address()}>{t("people.first")}</LinkButton>}
          {next && (
            <LinkButton href={address(next)} icon="chevron-right">
              {t("common.next")}
            </LinkButton>
          )}
        </nav>
      )}
    </div>
  );
}
