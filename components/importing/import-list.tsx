import Link from "next/link";
import { StateBadge } from "#components/importing/state-badge.tsx";
import { EmptyState } from "#components/ui/states.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Translator } from "#lib/i18n/translator.ts";
import type { ImportShown } from "#lib/importing/shown.ts";

type Props = { t: Translator; locale: Locale; portfolio: string; imports: readonly ImportShown[] };

/** What was brought in, and by whom. */
export function ImportList({ t, locale, portfolio, imports }: Props) {
  if (imports.length === 0)
    return (
      <EmptyState title={t("importing.list.none")} icon="upload">
        {t("importing.list.noneBody")}
      </EmptyState>
    );
  const { moment, number } = format(locale);
  return (
    <Table label={t("importing.list.title")}>
      <thead>
        <tr>
          <Th>{t("importing.list.file")}</Th>
          <Th>{t("importing.list.state")}</Th>
          <Th>{t("importing.list.outcome")}</Th>
          <Th>{t("importing.list.by")}</Th>
          <Th>{t("importing.list.at")}</Th>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ id, fileName, state, created, changed, person, createdAt }) => (
          <tr key={id}>
            <Td className="min-w-40 [overflow-wrap:anywhere]">
              <Link href={`/${portfolio}/import/${id}`} prefetch={false} className="inline-block min-h-6">
                {fileName}
              </Link>
            </Td>
            <Td>
              <StateBadge t={t} state={state} />
            </Td>
            <Td className="min-w-32">
              {state !== "uploaded" &&
                t("importing.list.counts", { created: number(created), changed: number(changed) })}
            </Td>
            <Td className="min-w-28">{person}</Td>
            <Td className="whitespace-nowrap tabular-nums">
              <time dateTime={createdAt.toISOString()}>{moment(createdAt)}</time>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
