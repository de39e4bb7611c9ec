import Link from "next/link";
import { LetterBadge } from "#components/letters/letter-badge.tsx";
import { Table, Td, Th } from "#components/ui/table.tsx";
import { format } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import type { LetterState } from "#prisma/generated/enums.ts";

type Letter = {
  id: string;
  state: LetterState;
  name: string;
  address: string;
  subject: string | null;
  createdAt: Date;
  sentAt: Date | null;
  attempts: number;
};

/** On a phone, what these columns say stands under the name. */
const wide = "hidden sm:table-cell";

/** Letters, each with the way to its page. */
export function LetterTable({ letters, locale }: { letters: readonly Letter[]; locale: Locale }) {
  const t = translator(locale);
  const { moment, number } = format(locale);
  return (
    <Table label={t("letters.title")}>
      <thead>
        <tr>
          <Th>{t("letters.to")}</Th>
          <Th className={wide}>{t("letters.status")}</Th>
          <Th className={wide}>{t("letters.made")}</Th>
          <Th className={wide}>{t("letters.sentAt")}</Th>
          <Th className={`${wide} text-end`}>{t("letters.attempts")}</Th>
        </tr>
      </thead>
      <tbody>
        {letters.map(({ id, state, name, address, subject, createdAt, sentAt, attempts }) => (
          <tr key={id} className="hover:bg-hover">
            <Td className="min-w-44">
              <Link href={`/letters/${id}`} prefetch={false} className="font-semibold">
                {name}
              </Link>
              <span className="block break-all text-muted">{address}</span>
              {subject && <span className="block [overflow-wrap:anywhere]">{subject}</span>}
              <span className="mt-1 flex flex-wrap items-baseline gap-x-3 sm:hidden">
                <LetterBadge t={t} state={state} />
                <span className="text-muted">{moment(sentAt ?? createdAt)}</span>
              </span>
            </Td>
            <Td className={`${wide} whitespace-nowrap`}>
              <LetterBadge t={t} state={state} />
            </Td>
            <Td className={`${wide} whitespace-nowrap`}>{moment(createdAt)}</Td>
            <Td className={`${wide} whitespace-nowrap`}>{sentAt && moment(sentAt)}</Td>
            <Td className={`${wide} text-end tabular-nums`}>{number(attempts)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
