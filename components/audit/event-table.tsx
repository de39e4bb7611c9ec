import Link from "next/link";
import { verbText } from "#components/audit/event-search.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import type { AuditEvent } from "#lib/audit/search.ts";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Translator, translator } from "#lib/i18n/translator.ts";
import { recordPath } from "#lib/paths.ts";

/** Events, each with all that it says. */
export function EventTable({ events, locale }: { events: readonly AuditEvent[]; locale: Locale }) {
  const t = translator(locale);
  const { moment } = format(locale);
  return (
    <Table label={t("audit.all")}>
      <thead>
        <tr>
          <Th>{t("audit.when")}</Th>
          <Th>{t("audit.who")}</Th>
          <Th>{t("audit.what")}</Th>
          <Th>{t("audit.subject")}</Th>
          <Th>{t("audit.details")}</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id} id={`e${event.id}`}>
            <Td className="whitespace-nowrap tabular-nums">
              <time dateTime={event.at.toISOString()}>{moment(event.at)}</time>
              {!event.sealed && (
                <span className="block">
                  <Badge>{t("audit.unsealed")}</Badge>
                </span>
              )}
            </Td>
            <Td className="min-w-32">
              {event.actorId ? (
                <Link href={`/people/${event.actorId}`} prefetch={false}>
                  {event.actorName}
                </Link>
              ) : (
                event.actorName
              )}
            </Td>
            <Td className="min-w-40">{verbText(t, event.verb)}</Td>
            <Td className="min-w-32 [overflow-wrap:anywhere]">
              <Subject event={event} />
            </Td>
            <Td className="min-w-56">
              <Details t={t} event={event} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Subject({ event: { subjectType, subjectId, subject, portfolioId } }: { event: AuditEvent }) {
  if (!subject) return <code className="text-sm">{subjectId}</code>;
  const href = subjectType === "person" ? `/people/${subjectId}` : recordPath(portfolioId ?? "", subject);
  return (
    <Link href={href} prefetch={false}>
      {subject}
    </Link>
  );
}

const spelled = (value: unknown) => (value === null ? "∅" : typeof value === "string" ? value : JSON.stringify(value));

/** What exactly was written: this is evidence, so it is shown as it stands. */
function Details({ t, event: { changes, requestId, batchId, id } }: { t: Translator; event: AuditEvent }) {
  return (
    <details>
      <summary className="line-clamp-1 cursor-pointer [overflow-wrap:anywhere]">
        {Object.keys(changes).join(", ")}
      </summary>
      <dl className="mt-1 grid gap-1 text-sm">
        {Object.entries(changes).map(([field, [before, after]]) => (
          <div key={field}>
            <dt className="font-semibold">{field}</dt>
            <dd className="[overflow-wrap:anywhere]">
              <del className="text-muted">{spelled(before)}</del> → <ins>{spelled(after)}</ins>
            </dd>
          </div>
        ))}
        {requestId && (
          <div>
            <dt className="font-semibold">{t("audit.request")}</dt>
            <dd>
              <Link href={`/audit?q=${encodeURIComponent(requestId)}`} prefetch={false}>
                <code>{requestId}</code>
              </Link>
            </dd>
          </div>
        )}
        {batchId && (
          <div>
            <dt className="font-semibold">{t("audit.batch")}</dt>
            <dd>
              <Link href={`/audit?q=${batchId}`} prefetch={false}>
                <code>{batchId}</code>
              </Link>
            </dd>
          </div>
        )}
        <div className="text-muted">#{id}</div>
      </dl>
    </details>
  );
}
