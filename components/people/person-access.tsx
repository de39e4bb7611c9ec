"use client";
import { useState } from "react";
import { ActButton } from "#components/people/act-button.tsx";
import { GivenLink } from "#components/people/given-link.tsx";
import { format } from "#lib/i18n/format.ts";
import { useLocale, useTranslator } from "#lib/i18n/use-translator.tsx";
import {
  disablePerson,
  enablePerson,
  endSessionsOf,
  issueLink,
  mailNewLink,
  resetFactors,
} from "#lib/people/actions.ts";

type Props = {
  id: string;
  name: string;
  disabledAt: Date | null;
  sessions: number;
  linkExpiresAt: Date | null;
  lastSignInAt: Date | null;
  /** Their second factors: an app, passkeys, recovery codes that are left. */
  factors: { app: boolean; passkeys: number; recoveryLeft: number };
  /** The organisation's sign-ins that open this account. */
  identities: readonly { issuer: string; email: string; createdAt: Date; lastUsedAt: Date | null }[];
  /** Whoever looks is this person. */
  self: boolean;
  /** Where a link can be mailed to; null: it is shown. */
  mailTo: string | null;
};

/** Whether and how a person comes in: sessions, a link to set a password, disabling. */
export function PersonAccess(props: Props) {
  const { id, name, disabledAt, sessions, linkExpiresAt, lastSignInAt, factors, identities, self, mailTo } = props;
  const t = useTranslator();
  const { moment } = format(useLocale());
  const [link, setLink] = useState<{ token: string; expiresAt: Date }>();
  const listed = { app: factors.app ? "yes" : "no", passkeys: factors.passkeys, codes: factors.recoveryLeft };
  if (disabledAt) {
    return (
      <div className="grid justify-items-start gap-2">
        <p>{t("people.access.disabledSince", { date: moment(disabledAt) })}</p>
        <ActButton
          label={t("people.access.enable")}
          icon="undo"
          act={() => enablePerson({ id })}
          done={t("people.access.enabled", { name })}
        />
      </div>
    );
  }
  return (
    <div className="grid gap-6">
      <div className="grid justify-items-start gap-2">
        <p>
          {t("people.access.lastSignIn", { date: lastSignInAt ? moment(lastSignInAt) : t("people.never") })}{" "}
          {t("people.access.sessions", { count: sessions })}
        </p>
        {sessions > 0 && !self && (
          <ActButton
            label={t("people.access.endSessions")}
            icon="sign-out"
            act={() => endSessionsOf({ id })}
            done={t("people.access.sessionsEnded")}
          />
        )}
      </div>
      <div className="grid justify-items-start gap-2">
        <h3 className="text-base">{t("security.title")}</h3>
        <p>{factors.app || factors.passkeys > 0 ? t("people.factors.has", listed) : t("people.factors.none")}</p>
        {(factors.app || factors.passkeys > 0) && !self && (
          <ActButton
            label={t("people.factors.reset")}
            icon="undo"
            act={() => resetFactors({ id })}
            done={t("people.factors.gone")}
            confirm={{ title: t("people.factors.resetTitle", { name }), body: t("people.factors.resetBody") }}
          />
        )}
      </div>
      {identities.length > 0 && (
        <div className="grid gap-2">
          <h3 className="text-base">{t("people.identities.title")}</h3>
          <ul className="grid gap-1 [overflow-wrap:anywhere]">
            {identities.map(({ issuer, email, createdAt, lastUsedAt }) => (
              <li key={issuer}>
                {t("people.identities.one", { email, issuer, start: moment(createdAt) })}{" "}
                {lastUsedAt ? t("people.identities.used", { date: moment(lastUsedAt) }) : t("people.identities.unused")}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="grid gap-2">
        <h3 className="text-base">{t("people.link.title")}</h3>
        <p className="text-sm text-muted">{mailTo ? t("people.link.offerMail") : t("people.link.offer")}</p>
        {link ? (
          <GivenLink name={name} link={link} />
        ) : (
          linkExpiresAt && <p>{t("people.link.out", { end: moment(linkExpiresAt) })}</p>
        )}
        <div className="flex flex-wrap gap-2">
          {mailTo && (
            <ActButton
              label={t("people.link.send")}
              icon="upload"
              act={() => mailNewLink({ id })}
              done={t("people.link.sent", { email: mailTo })}
            />
          )}
          <ActButton
            label={mailTo ? t("people.link.showInstead") : t("people.link.make")}
            icon="link"
            act={() => issueLink({ id })}
            onDone={setLink}
          />
        </div>
      </div>
      <div className="grid justify-items-start gap-2 border-t border-line pt-4">
        {self ? (
          <p className="text-sm text-muted">{t("people.access.self")}</p>
        ) : (
          <ActButton
            label={t("people.access.disable")}
            icon="lock"
            variant="danger"
            act={() => disablePerson({ id })}
            done={t("people.access.disabled", { name })}
            confirm={{ title: t("people.access.disableTitle", { name }), body: t("people.access.disableBody") }}
          />
        )}
      </div>
    </div>
  );
}
