import Link from "next/link";
import type { ReactNode } from "react";
import { CompletionBadge } from "#components/commitments/badges.tsx";
import { Section } from "#components/commitments/section.tsx";
import type { View } from "#components/commitments/view.ts";
import { Inferred } from "#components/sources/inferred.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import type { Related } from "#lib/commitments/record.ts";
import { showEdtf } from "#lib/i18n/edtf.ts";
import { pick } from "#lib/i18n/text.ts";
import { meetingPath, recordPath } from "#lib/paths.ts";
import type { Texts } from "#lib/text.ts";

const sides = ["vn", "la", null] as const;

/** By whom to whom, by side and role; and where. */
export function Parties({ view }: { view: View }) {
  const { record, t, may } = view;
  const { parties, places } = record;
  const some = parties.length + places.length > 0;
  return (
    <Section view={view} id="parties" title={t("commitments.field.parties")} form="parties" allowed={may.update}>
      {some && (
        <div className="grid gap-2">
          {sides.map((side) => {
            const own = parties.filter((party) =>
              side === null ? party.side !== "vn" && party.side !== "la" : party.side === side,
            );
            if (own.length === 0) return null;
            return (
              <div key={side}>
                <h3 className="text-sm font-semibold">{t(`commitments.record.side.${side ?? "other"}`)}</h3>
                <ul>
                  {own.map((party) => (
                    <li key={`${party.id} ${party.role}`} className="py-0.5">
                      <Name view={view} text={party.name} />{" "}
                      <span className="text-sm text-muted">{t(`parties.role.${party.role}`)}</span>
                    </li>
                  ))}
                </ul>
              </div>
            );
          })}
          {places.length > 0 && (
            <div>
              <h3 className="text-sm font-semibold">{t("commitments.field.place")}</h3>
              <ul>
                {places.map((place) => (
                  <li key={place.id}>
                    <Name view={view} text={place.name} />
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </Section>
  );
}

function Name({ view, text }: { view: View; text: Texts }) {
  const name = pick(text, view.locale);
  return <span lang={name.lang}>{name.text}</span>;
}

/** What only a written commitment has. */
export function Instrument({ view }: { view: View }) {
  const { record, t, f, may } = view;
  const { instrument, lifecycle } = record;
  if (!instrument) return null;
  return (
    <Section
      view={view}
      id="instrument"
      title={t("commitments.record.instrument")}
      form="instrument"
      allowed={may.update}
    >
      <DescriptionList>
        <Description term={t("commitments.edit.instrument.lifecycle")}>
          {t(`commitments.lifecycle.${lifecycle ?? "unknown"}`)}
          <Why view={view} reason={instrument.inferred?.lifecycle} />
        </Description>
        {(["signed", "inEffectFrom", "ends"] as const).map((field) => (
          <Description key={field} term={t(`commitments.edit.instrument.${field}`)}>
            <Vague view={view} edtf={instrument[field]} />
            <Why view={view} reason={instrument.inferred?.[field]} />
          </Description>
        ))}
        {instrument.noticeDays !== null && (
          <Description term={t("commitments.edit.instrument.noticeDays")}>
            {t("commitments.record.days", { count: instrument.noticeDays, number: f.number(instrument.noticeDays) })}
          </Description>
        )}
        <Description term={t("commitments.edit.instrument.binding")}>
          {t(`commitments.binding.${instrument.binding}`)}
        </Description>
        <Description term={t("commitments.edit.instrument.textHeld")}>
          {t(instrument.textHeld ? "common.yes" : "common.no")}
        </Description>
      </DescriptionList>
    </Section>
  );
}

function Vague({ view: { t, locale }, edtf }: { view: View; edtf: string | null }) {
  return edtf ? showEdtf(t, locale, edtf) : <span className="text-muted">{t("common.unknown")}</span>;
}

function Why({ view: { t, locale }, reason }: { view: View; reason: Texts | undefined }) {
  return reason ? <Inferred t={t} locale={locale} reason={reason} /> : null;
}

/** Money by stage. Amounts in different currencies are never added. */
export function Money({ view }: { view: View }) {
  const { record, t, f, may } = view;
  return (
    <Section view={view} id="money" title={t("commitments.field.money")} form="money" allowed={may.update}>
      {record.money.length > 0 && (
        <DescriptionList>
          {record.money.map(({ id, amount, currency, stage }) => (
            <Description key={id} term={t(`commitments.moneyStage.${stage}`)}>
              <span className="tabular-nums" title={f.money(amount, currency, "exact")}>
                {f.money(amount, currency)}
              </span>
            </Description>
          ))}
        </DescriptionList>
      )}
    </Section>
  );
}

/** What it is made under, what is made under it, what it continues and what continues it. */
export function Relations({ view }: { view: View }) {
  const { record, t, may } = view;
  const { parent, children, predecessor, successors } = record;
  const some = parent || predecessor || children.length + successors.length > 0;
  return (
    <Section view={view} id="relations" title={t("commitments.record.relations")} form="relations" allowed={may.update}>
      {some && (
        <div className="grid gap-2">
          <RelatedList view={view} title={t("commitments.edit.relations.parent")} records={parent ? [parent] : []} />
          <RelatedList
            view={view}
            title={t("commitments.edit.relations.predecessor")}
            records={predecessor ? [predecessor] : []}
          />
          <RelatedList view={view} title={t("commitments.record.successors")} records={successors} />
          <RelatedList
            view={view}
            title={t("commitments.record.children", { count: children.length })}
            records={children}
          />
        </div>
      )}
    </Section>
  );
}

function RelatedList({ view, title, records }: { view: View; title: ReactNode; records: readonly Related[] }) {
  const { t, locale, portfolio } = view;
  if (records.length === 0) return null;
  return (
    <div>
      <h3 className="text-sm font-semibold">{title}</h3>
      <ul>
        {records.map((record) => {
          const name = pick(record.title, locale);
          return (
            <li key={record.id} className="border-t border-line py-1 first:border-t-0">
              <Link href={recordPath(portfolio, record.reference)} prefetch={false} lang={name.lang}>
                {name.text}
              </Link>
              <span className="flex items-center gap-2 text-sm text-muted tabular-nums">
                {record.reference}
                <CompletionBadge t={t} value={record.completion} />
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where it was promised, restated, reviewed. */
export function Meetings({ view }: { view: View }) {
  const { record, t, locale, portfolio, may } = view;
  return (
    <Section view={view} id="meetings" title={t("meetings.title")} form="meetings" allowed={may.update}>
      {record.meetings.length > 0 && (
        <ul>
          {record.meetings.map((meeting) => {
            const name = pick(meeting.name, locale);
            return (
              <li key={`${meeting.id} ${meeting.relation}`} className="border-t border-line py-1 first:border-t-0">
                <Link href={meetingPath(portfolio, meeting.key)} prefetch={false} lang={name.lang}>
                  {name.text}
                </Link>
                <span className="block text-sm text-muted">
                  {t(`meetings.relation.${meeting.relation}`)},{" "}
                  {meeting.edtf ? showEdtf(t, locale, meeting.edtf) : t("dates.none")}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
