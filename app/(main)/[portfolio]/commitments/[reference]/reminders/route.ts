import type { PlanLine, PlanLines } from "#components/reminders/plan.ts";
import { NotFound } from "#lib/errors.ts";
import { format } from "#lib/i18n/format.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { portfolioRoute } from "#lib/portfolios/route.ts";
import { getRecordPlan, type Told } from "#lib/reminders/record-plan.ts";
import { reasonText } from "#lib/reminders/words.ts";

/** What will be told of the record and what was, in the reader's words. */
export const GET = portfolioRoute<{ portfolio: string; reference: string }>(
  async ({ parts, actor, portfolio, locale }) => {
    const plan = await getRecordPlan(actor, portfolio.id, parts.reference, new Date());
    if (!plan) throw new NotFound();
    const t = translator(locale);
    const { moment } = format(locale);
    const lineOf = ({ at, about, milestone, to, mail, inApp, dropped }: Told): PlanLine => {
      // As it is on that day: "30 days left", not as many as there are today.
      const reason = reasonText(t, about, at);
      const how = t(`watching.plan.${mail && inApp ? "both" : mail ? "mail" : "inbox"}`);
      return {
        when: moment(at),
        why: milestone ? `${pickText(milestone, locale)}: ${reason}` : reason,
        how: [to !== null && t("watching.plan.to", { name: to }), dropped ? t("watching.plan.dropped") : how]
          .filter(Boolean)
          .join(", "),
      };
    };
    const answer: PlanLines = { coming: plan.coming.map(lineOf), sent: plan.sent.map(lineOf) };
    return Response.json(answer);
  },
);
