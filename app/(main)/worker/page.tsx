import type { Metadata } from "next";
import { WorkerPage } from "#components/letters/worker-page.tsx";
import { ForbiddenState } from "#components/shell/states.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { may } from "#lib/letters/policy.ts";
import { getQueue } from "#lib/letters/queries.ts";
import { requireActor } from "#lib/session.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await requestLocale())("letters.worker.title") };
}

export default async function WorkerRoute() {
  const actor = await requireActor();
  const locale = await requestLocale();
  if (!may(actor, "see")) return <ForbiddenState locale={locale} />;
  return <WorkerPage queue={await getQueue(actor)} locale={locale} />;
}
