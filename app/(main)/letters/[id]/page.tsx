import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LetterPage } from "#components/letters/letter-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/letters/policy.ts";
import { getLetter } from "#lib/letters/queries.ts";
import { requireActor } from "#lib/session.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("letters.title") };
}

export default async function LetterRoute({ params }: Props) {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "see")) return <ForbiddenState locale={locale} />;
  const letter = await getLetter(actor, (await params).id);
  if (!letter) notFound();
  return <LetterPage letter={letter} locale={locale} />;
}
