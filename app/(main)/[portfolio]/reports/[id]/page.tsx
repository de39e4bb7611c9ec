import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DraftPage } from "#components/reports/draft-page.tsx";
import { IssuedPage } from "#components/reports/issued-page.tsx";
import type { Actor } from "#lib/actor.ts";
import { InvalidInput } from "#lib/errors.ts";
import { ClientMessages } from "#lib/i18n/client-messages.tsx";
import { requestLocale } from "#lib/i18n/request.ts";
import { translator } from "#lib/i18n/translator.ts";
import { buildReport } from "#lib/reports/build.ts";
import { withCommentary } from "#lib/reports/commentary.ts";
import { commentaryOf, isIntact } from "#lib/reports/issuing.ts";
import { isOpenTo, may, mayWrite, type WrittenVerb } from "#lib/reports/policy.ts";
import { type Draft, getDraft, getIssued, listComments } from "#lib/reports/written.ts";
import { requireActor } from "#lib/session.ts";
import { uuid } from "#lib/text.ts";

type Props = { params: Promise<{ portfolio: string; id: string }> };

const load = cache(async (portfolio: string, id: string) => {
  const actor = await requireActor();
  const report = uuid.safeParse(id).success ? await getDraft(actor, id) : null;
  return report?.portfolioId === portfolio ? { actor, report } : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { portfolio, id } = await params;
  return { title: (await load(portfolio, id))?.report.title ?? "" };
}

/** A report that is being written, or was issued. */
export default async function WrittenReportPage({ params }: Props) {
  const [{ portfolio, id }, locale] = await Promise.all([params, requestLocale()]);
  const found = await load(portfolio, id);
  if (!found) notFound();
  const { actor, report } = found;
  const t = translator(locale);
  if (report.state === "issued") {
    const issued = await getIssued(actor, id);
    if (!issued) notFound();
    return (
      <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "issuing.act", "issuing.errors"]}>
        <IssuedPage
          {...{ t, locale, report, issued }}
          intact={isIntact(issued)}
          mayWrite={mayWrite(actor, portfolio)}
        />
      </ClientMessages>
    );
  }
  const [made, comments] = await Promise.all([attempt(actor, report), listComments(actor, id)]);
  const offers = (verb: Exclude<WrittenVerb, "write">) => may(actor, verb, report) && isOpenTo(verb, report);
  const resolves = offers("resolve");
  return (
    <ClientMessages locale={locale} scopes={["common", "errors", "account.errors", "commitments.edit", "issuing"]}>
      <DraftPage
        {...{ t, locale, made }}
        draft={report}
        comments={comments.map((said) => ({ ...said, mayResolve: resolves || said.authorId === actor.id }))}
        may={{
          edit: offers("edit"),
          comment: offers("comment"),
          submit: offers("submit"),
          approve: offers("approve"),
          sendBack: offers("sendBack"),
          issue: offers("issue"),
          discard: offers("discard"),
        }}
      />
    </ClientMessages>
  );
}

/** Its numbers as they are now, or what is wrong with what it asks for. */
async function attempt(actor: Actor, report: Draft) {
  try {
    const { document } = await buildReport(actor, report.request, {
      portfolioId: report.portfolioId,
      now: new Date(),
    });
    const commentary = { ...commentaryOf(report, actor, null), summary: "", remarks: {} };
    return { document: withCommentary(document, commentary) };
  } catch (error) {
    if (error instanceof InvalidInput) return { wrong: Object.values(error.fields).flat() };
    throw error;
  }
}
