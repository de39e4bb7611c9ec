import Link from "next/link";
import { StateBadge } from "#components/reports/state-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import { localeNames } from "#lib/i18n/locales.ts";
import { localeOf, type Translator } from "#lib/i18n/translator.ts";
import { reportPath } from "#lib/paths.ts";
import type { ListedReport } from "#lib/reports/written.ts";

type Common = { t: Translator; portfolio: string; reports: readonly ListedReport[] };

/** What is being written. Nothing for those who do not write. */
export function WrittenList({ t, portfolio, reports }: Common) {
  return (
    <section aria-labelledby="written">
      <h2 id="written" className="py-1 text-lg">
        {t("issuing.list.written")}
      </h2>
      {reports.length === 0 ? (
        <p className="text-muted">
          {t("issuing.list.none")} {t("issuing.list.noneBody")}
        </p>
      ) : (
        <ReportTable t={t} portfolio={portfolio} reports={reports} label={t("issuing.list.written")} />
      )}
    </section>
  );
}

/** What was issued, the newest first. `after`: the address begins behind that one. */
export function IssuedList({ t, portfolio, reports, more, after }: Common & { more: boolean; after: string | null }) {
  const base = `/${portfolio}/reports`;
  const last = reports.at(-1);
  return (
    <section aria-labelledby="issued">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="issued" className="py-1 text-lg">
          {t("issuing.list.issued")}
        </h2>
        {reports.length > 0 && (
          <LinkButton href={`${base}/compare`} size="sm" icon="history">
            {t("issuing.compare.title")}
          </LinkButton>
        )}
      </div>
      {reports.length === 0 ? (
        <p className="text-muted">{t("issuing.list.noneIssued")}</p>
      ) : (
        <ReportTable t={t} portfolio={portfolio} reports={reports} label={t("issuing.list.issued")} />
      )}
      <p className="mt-2 flex flex-wrap gap-4 print:hidden">
        {after && (
          <Link href={`${base}#issued`} prefetch={false}>
            {t("issuing.list.newest")}
          </Link>
        )}
        {more && last && (
          <Link href={`${base}?after=${last.id}#issued`} prefetch={false}>
            {t("issuing.list.older")}
          </Link>
        )}
      </p>
    </section>
  );
}

function ReportTable({ t, portfolio, reports, label }: Common & { label: string }) {
  const f = format(localeOf(t));
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>{t("issuing.list.report")}</Th>
          <Th>{t("issuing.list.asOf")}</Th>
          <Th>{t("issuing.list.state")}</Th>
          <Th>{t("issuing.list.author")}</Th>
          <Th>{t("issuing.list.updated")}</Th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <tr key={report.id}>
            <Td className="min-w-52">
              <Link href={reportPath(portfolio, report.id)} prefetch={false} className="inline-block py-1 break-words">
                <span lang={report.locale}>{report.title}</span>
              </Link>
              <div className="text-muted">
                {t(`reports.template.${report.template}`)},{" "}
                <span lang={report.locale}>{localeNames[report.locale]}</span>
              </div>
            </Td>
            <Td className="whitespace-nowrap">{f.shortDate(report.day)}</Td>
            <Td>
              <StateBadge t={t} state={report.state} />
              {report.comments > 0 && report.state !== "issued" && (
                <div>
                  <Badge plain tone="info">
                    {t("issuing.list.comments", { count: report.comments })}
                  </Badge>
                </div>
              )}
            </Td>
            <Td>{report.author ?? t("issuing.list.schedule")}</Td>
            <Td className="whitespace-nowrap">{f.moment(report.issuedAt ?? report.updatedAt)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
