import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { isAway, NotFound, TooMany, Unavailable } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { subscriberOf } from "#lib/letters/unsubscribe.ts";
import { requestOrigin } from "#lib/session.ts";

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("letters.unsubscribe.title"), robots: { index: false } };
}

/** Asks before it ends somebody's letters: looking at this page changes nothing. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const [{ token }, { done }] = await Promise.all([params, searchParams]);
  const t = translator(await requestLocale());
  const person = await subscriberOf(token, (await requestOrigin()).address).catch((error) => {
    if (error instanceof TooMany) return "tooMany" as const;
    if (error instanceof Unavailable || isAway(error)) return "unavailable" as const;
    if (error instanceof NotFound) notFound();
    throw error;
  });
  if (typeof person === "string") return <ErrorState page icon="clock" title={t(`errors.${person}`)} />;
  const { name, email, schedule } = person;
  if (done !== undefined && schedule) {
    return (
      <EmptyState page icon="check" title={t("letters.unsubscribe.doneTitle")}>
        {t("schedules.unsubscribe.doneBody")}
      </EmptyState>
    );
  }
  if (done !== undefined) {
    const account = <LinkButton href="/account/reminders">{t("letters.unsubscribe.account")}</LinkButton>;
    return (
      <EmptyState page icon="check" title={t("letters.unsubscribe.doneTitle")} action={account}>
        {t("letters.unsubscribe.doneBody")}
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="text-2xl">{t(schedule ? "schedules.unsubscribe.title" : "letters.unsubscribe.title")}</h1>
      <p className="mt-1 mb-6 text-muted [overflow-wrap:anywhere]">
        {schedule
          ? t("schedules.unsubscribe.body", { name: schedule.name, email })
          : t("letters.unsubscribe.body", { name, email })}
      </p>
      <form method="post" action={`/api/unsubscribe/${token}`}>
        <Button type="submit" variant="primary">
          {t(schedule ? "schedules.unsubscribe.confirm" : "letters.unsubscribe.confirm")}
        </Button>
      </form>
    </>
  );
}
