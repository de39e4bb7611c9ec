import { parseArgs } from "node:util";
import { systemActor } from "#lib/actor.ts";
import { isDay, numberOf } from "#lib/dates.ts";
import { reading, sql } from "#lib/db.ts";
import { format } from "#lib/i18n/format.ts";
import { isLocale, type Locale } from "#lib/i18n/locales.ts";
import { pickText } from "#lib/i18n/text.ts";
import { translator } from "#lib/i18n/translator.ts";
import { StartError } from "#lib/start/problem.ts";
import { teamToday, teamZone } from "#lib/team-day.ts";
import { type Preview, type PreviewRow, previewPlan } from "./preview.ts";
import { momentOf } from "./telling.ts";
import { reasonText } from "./words.ts";

const usage =
  "npm run reminders -- [--as-of YYYY-MM-DD] [--days 1 to 3660] [--language en|vi|lo] [--portfolio <id>] [--person <e-mail>]";

/** `npm run reminders`: who will be told what, when and why, as a table. Nothing is sent or recorded. */
export async function main(args: string[]): Promise<void> {
  const { asOf, days, locale, portfolio, person } = readArgs(args);
  const portfolioId = portfolio ?? (await onlyPortfolio());
  const from = new Date(momentOf(numberOf(asOf), 0, teamZone()));
  const personId = person === null ? null : await personBy(person);
  const preview = await previewPlan(systemActor("reminders"), portfolioId, {
    from,
    days,
    personId,
    limit: Number.POSITIVE_INFINITY,
  });
  process.stdout.write(`${asTable(preview, locale)}\n`);
  const people = preview.people.filter(({ id }) => personId === null || id === personId);
  console.error(summary({ ...preview, people }, { asOf, days, portfolioId }));
}

function readArgs(args: string[]) {
  const { values } = parsed(args);
  const days = Number(values.days);
  if (!isDay(values["as-of"]) || !isLocale(values.language) || !(Number.isInteger(days) && days >= 1 && days <= 3660))
    throw new StartError(usage);
  const { portfolio = null, person = null } = values;
  return { asOf: values["as-of"], days, locale: values.language, portfolio, person };
}

function parsed(args: string[]) {
  try {
    const options = {
      "as-of": { type: "string", default: teamToday(new Date()) },
      days: { type: "string", default: "90" },
      language: { type: "string", default: "en" },
      portfolio: { type: "string" },
      person: { type: "string" },
    } as const;
    return parseArgs({ args, options });
  } catch {
    throw new StartError(usage);
  }
}

async function onlyPortfolio(): Promise<string> {
  const [first] = await reading(systemActor("reminders"))<
    { id: string }[]
  >`SELECT id FROM portfolio ORDER BY demo, id LIMIT 1`;
  if (!first) throw new StartError("The register is empty: start the app once (npm start).");
  return first.id;
}

async function personBy(email: string): Promise<string> {
  const [found] = await sql<{ id: string }[]>`SELECT id FROM person WHERE email = ${email.trim().toLowerCase()}`;
  if (!found) throw new StartError(`Nobody has the address ${email}.`);
  return found.id;
}

/** As Markdown has tables. */
function asTable({ rows }: Preview, locale: Locale): string {
  const t = translator(locale);
  const heads = (["when", "who", "topic", "record", "why", "rule", "how"] as const).map((head) =>
    t(`reminders.plan.${head}`),
  );
  const cells = rows.map((row) => [
    format(locale).moment(row.at),
    row.person.name,
    t(`reminders.topic.${row.topic}`),
    recordOf(row, locale),
    // Told as it will read on its day.
    reasonText(t, row.about, row.at),
    row.rule ? pickText(row.rule.name, locale) : "",
    [row.mail && t("reminders.plan.mail"), row.inApp && t("reminders.plan.inApp")].filter(Boolean).join(", "),
  ]);
  return [heads, heads.map(() => "---"), ...cells].map((line) => `| ${line.map(escaped).join(" | ")} |`).join("\n");
}

function recordOf({ commitment, milestone }: PreviewRow, locale: Locale): string {
  if (!commitment) return translator(locale)("reminders.plan.list");
  return [`${commitment.reference} ${pickText(commitment.title, locale)}`, milestone && pickText(milestone, locale)]
    .filter(Boolean)
    .join(": ");
}

const escaped = (cell: string) => cell.replaceAll("|", "\\|").replaceAll("\n", " ");

function summary({ total, people }: Preview, { asOf, days, portfolioId }: Record<string, string | number>): string {
  const who = people.map(({ name, count }) => `${name} ${count}`).join(", ");
  return `${portfolioId}: ${total} reminders in ${days} days from ${asOf} (${teamZone()})${who && `: ${who}`}. Nothing was sent.`;
}
