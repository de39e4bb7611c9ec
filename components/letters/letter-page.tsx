import Link from "next/link";
import { LetterActions } from "#components/letters/letter-actions.tsx";
import { LetterBadge } from "#components/letters/letter-badge.tsx";
import { Breadcrumbs } from "#components/ui/breadcrumbs.tsx";
import { Description, DescriptionList } from "#components/ui/description-list.tsx";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { format } from "#lib/i18n/format.ts";
import { type Locale, localeNames } from "#lib/i18n/locales.ts";
import { translateKey, translator } from "#lib/i18n/translator.ts";
import type { LetterState } from "#prisma/generated/enums.ts";

type Letter = {
  id: string;
  personId: string | null;
  state: LetterState;
  name: string;
  address: string;
  subject: string | null;
  createdAt: Date;
  sentAt: Date | null;
  attempts: number;
  nextTryAt: Date;
  error: string | null;
  messageId: string;
  uncertain: boolean;
  leased: boolean;
  locale: Locale | null;
  text: string | null;
  composed: boolean;
};

/** One letter: what became of it, and how it looks. */
export function LetterPage({ letter, locale }: { letter: Letter; locale: Locale }) {
  const t = translator(locale);
  const { moment, number } = format(locale);
  const { id, state, name, error } = letter;
  return (
    <div className="mx-auto grid max-w-5xl gap-4">
      <Breadcrumbs
        label={t("shell.navigation")}
        crumbs={[{ href: "/letters", label: t("letters.title") }, { label: name }]}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="text-2xl [overflow-wrap:anywhere]">{letter.subject ?? name}</h1>
        <LetterBadge t={t} state={state} />
      </div>
      <p className="text-muted">{t(`letters.stateHint.${state}`)}</p>
      <ClientMessages
        locale={locale}
        scopes={[
          "common",
          "errors",
          "account.errors",
          "letters.sendAgain",
          "letters.sendNow",
          "letters.queued",
          "letters.errors",
        ]}
      >
        <div className="empty:hidden">
          {state === "waiting" && !letter.leased && <LetterActions id={id} does="sendNow" />}
          {(state === "parked" || state === "unsent") && <LetterActions id={id} does="sendAgain" />}
        </div>
      </ClientMessages>
      <DescriptionList>
        <Description term={t("letters.to")}>
          {letter.personId && (
            <Link href={`/people/${letter.personId}`} prefetch={false} className="me-1">
              {name}
            </Link>
          )}
          <span className="break-all text-muted">{letter.address}</span>
        </Description>
        <Description term={t("letters.made")}>{moment(letter.createdAt)}</Description>
        {letter.sentAt && <Description term={t("letters.sentAt")}>{moment(letter.sentAt)}</Description>}
        <Description term={t("letters.attempts")}>
          {number(letter.attempts)}
          {letter.uncertain && state !== "sent" && letter.attempts > 0 && (
            <p className="text-sm text-muted">{t("letters.uncertain")}</p>
          )}
        </Description>
        {state === "waiting" && <Description term={t("letters.nextTry")}>{moment(letter.nextTryAt)}</Description>}
        {error && (
          <Description term={t("letters.error")}>
            <span lang={error.startsWith("letters.") ? undefined : "en"} className="[overflow-wrap:anywhere]">
              {translateKey(t, error)}
            </span>
          </Description>
        )}
        {letter.locale && <Description term={t("letters.language")}>{localeNames[letter.locale]}</Description>}
        <Description term={t("letters.messageId")}>
          <span className="break-all">{letter.messageId}</span>
        </Description>
      </DescriptionList>
      {letter.composed ? (
        <>
          <section className="grid gap-2">
            <h2 className="text-lg">{t("letters.preview")}</h2>
            <iframe
              src={`/letters/${id}/html`}
              title={t("letters.previewTitle")}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              className="h-[70vh] min-h-96 w-full rounded-md border border-line"
            />
          </section>
          <details>
            <summary className="control cursor-pointer">{t("letters.plain")}</summary>
            <pre
              lang={letter.locale ?? undefined}
              className="mt-2 rounded-md border border-line bg-sunken p-3 text-sm whitespace-pre-wrap [overflow-wrap:anywhere]"
            >
              {letter.text}
            </pre>
          </details>
        </>
      ) : (
        <p className="text-muted">{t("letters.notComposed")}</p>
      )}
    </div>
  );
}
