"use client";
import { ActButton } from "#components/people/act-button.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import { endOtherSessions, endSession } from "#lib/people/actions.ts";

type ShownSession = {
  id: string;
  device: { browser: string; system: string } | null;
  createdAt: Date;
  lastSeenAt: Date;
  present: boolean;
};

/** Where one is signed in, and the way out of each place. */
export function Sessions({ sessions }: { sessions: readonly ShownSession[] }) {
  const t = useTranslator();
  const { moment } = format(useLocale());
  return (
    <div className="grid justify-items-start gap-3">
      <ul className="grid w-full">
        {sessions.map(({ id, device, createdAt, lastSeenAt, present }) => {
          const name = device ? t("account.sessions.device", device) : t("account.sessions.unknown");
          return (
            <li
              key={id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-semibold">
                  {name}
                  {present && (
                    <Badge tone="accent" icon="check">
                      {t("account.sessions.present")}
                    </Badge>
                  )}
                </p>
                <p className="text-sm text-muted">
                  {t("account.sessions.since", { start: moment(createdAt), last: moment(lastSeenAt) })}
                </p>
              </div>
              {!present && (
                <ActButton
                  label={t("account.sessions.end")}
                  of={`${name}, ${moment(createdAt)}`}
                  size="sm"
                  act={() => endSession({ id })}
                  done={t("account.sessions.ended")}
                />
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <ActButton
          label={t("account.sessions.endOthers")}
          icon="sign-out"
          act={() => endOtherSessions({})}
          done={t("account.sessions.ended")}
        />
      )}
    </div>
  );
}
