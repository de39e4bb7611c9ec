import type { ReactNode } from "react";
import { DeadlineSection } from "#components/commitments/deadline.tsx";
import { Instrument, Meetings, Money, Parties, Relations } from "#components/commitments/facts.tsx";
import type { FormName } from "#components/commitments/forms.ts";
import { History } from "#components/commitments/history.tsx";
import { Masthead } from "#components/commitments/masthead.tsx";
import { RecordFrame } from "#components/commitments/record-frame.tsx";
import { Citations, Figures, Milestones, Reports } from "#components/commitments/said.tsx";
import { Owner, Standing } from "#components/commitments/standing.tsx";
import type { HistoryView, View } from "#components/commitments/view.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { recordPath } from "#lib/paths.ts";

const frameMessages = [
  "commitments.edit.notLoaded",
  "commitments.edit.leave",
  "commitments.edit.live",
  "common.close",
] as const;

/** Everything that the register knows of a commitment, as one page, edited where it stands. */
export function RecordPage({ view, reminders }: { view: HistoryView; reminders: ReactNode }) {
  const { record, locale, portfolio } = view;
  return (
    <ClientMessages locale={locale} scopes={frameMessages}>
      <RecordFrame
        id={record.id}
        base={recordPath(portfolio, record.reference)}
        version={record.version}
        offered={offered(view)}
      >
        <article className="mx-auto grid max-w-6xl gap-6">
          <Masthead view={view} />
          <div className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="grid content-start gap-6">
              <Standing view={view} />
              <Owner view={view} />
              <DeadlineSection view={view} />
              <Milestones view={view} />
              <Reports view={view} />
              <Figures view={view} />
              <Citations view={view} />
            </div>
            <div className="grid content-start gap-6">
              <Parties view={view} />
              <Instrument view={view} />
              <Money view={view} />
              <Relations view={view} />
              <Meetings view={view} />
              {reminders}
            </div>
          </div>
          <History view={view} />
        </article>
      </RecordFrame>
    </ClientMessages>
  );
}

const formsOfUpdate: readonly FormName[] = [
  "report",
  "deadline",
  "texts",
  "classify",
  "parties",
  "money",
  "milestones",
  "instrument",
  "relations",
  "citations",
  "meetings",
  "indicators",
];

/** The forms that an address may open for this reader. */
function offered({ may, record }: View): FormName[] {
  const ended = record.completion === "withdrawn" || record.completion === "superseded";
  return [
    ...(may.assign ? (["owner"] as const) : []),
    ...(may.update ? formsOfUpdate.filter((form) => !ended || form !== "report") : []),
  ];
}
