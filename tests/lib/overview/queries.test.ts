import { beforeAll, expect, test } from "vitest";
import { overviewHtml } from "#components/overview/overview-body.ts";
import type { Actor } from "#lib/actor.ts";
import { reviseDeadline } from "#lib/commitments/commands.ts";
import { parseListing } from "#lib/commitments/filters.ts";
import { listCommitments } from "#lib/commitments/queries.ts";
import { locales } from "#lib/i18n/locales.ts";
import { translator } from "#lib/i18n/translator.ts";
import { openIn, total } from "#lib/overview/counts.ts";
import { readOverview } from "#lib/overview/queries.ts";
import { addMany } from "#tests/lib/commitments/many.ts";
import { addActor, addRecord, makeRegister, portfolioId, system } from "#tests/lib/commitments/register.ts";
import { testDatabase } from "#tests/support/database.ts";

testDatabase();

const today = "2026-10-05";
const count = 400;
let actor: Actor & { id: string };

beforeAll(async () => {
  await makeRegister();
  actor = await addActor("viewer");
  await addMany(count, actor.id);
  for (const edtf of ["2026", "2026-12", "2026-12-31", "../2026-11-30", "2025/2027", "2026-10~"]) {
    const { id, version } = await addRecord();
    await reviseDeadline(system, { id, version, phrase: null, edtf, anchorId: null, reason: "" });
  }
});

const listed = async (query: string) => {
  const { listing, refused } = parseListing(new URLSearchParams(query));
  expect(refused, query).toEqual([]);
  return listCommitments(actor, portfolioId, listing, { locale: "en", today });
};

test("every number opens the register with exactly so many records", async () => {
  const overview = await readOverview(actor, portfolioId, today);
  for (const locale of locales) {
    const t = translator(locale);
    const html = overviewHtml({ t, locale, portfolio: portfolioId, today }, overview);
    const links = [...html.matchAll(/<td class=number><a href='([^']+)'>([\d.,\s\u00a0]+)<\/a>/g)];
    expect(links.length).toBeGreaterThan(60);
    const addresses = new Map(links.map(([, href = "", number = ""]) => [href, Number(number.replace(/\D/g, ""))]));
    if (locale !== "en") continue;
    for (const [href, number] of addresses) {
      const page = await listed(href.replaceAll("&amp;", "&").split("?")[1] ?? "");
      expect([page.total, page.more], href).toEqual([number, false]);
    }
    // The marks lead where the numbers do.
    const marks = [...html.matchAll(/<a href='([^']+)' tabindex=-1>/g)].map(([, href = ""]) => href);
    expect(marks.length).toBeGreaterThan(40);
    expect(marks.filter((href) => !addresses.has(href))).toEqual([]);
  }
});

test("the columns of the trend do, too", async () => {
  const overview = await readOverview(actor, portfolioId, today);
  expect(overview.trend).toHaveLength(12);
  for (const { day, count: overdue } of overview.trend)
    expect((await listed(`overdueOn=${day}`)).total, day).toBe(overdue);
  expect(overview.trend.some(({ count: overdue }) => overdue > 0)).toBe(true);
});

test("the parts add up to the whole", async () => {
  const { schedule, status, evidence, sectors, forms, months } = await readOverview(actor, portfolioId, today);
  const all = (await listed("")).total;
  expect(all).toBe(count + 6);
  const sum = (counts: readonly { count: number }[]) => counts.reduce((sofar, one) => sofar + one.count, 0);
  const groups = (counted: typeof sectors) => counted.reduce((sofar, group) => sofar + total(group.counts), 0);
  expect([total(schedule), sum(status), sum(evidence), groups(sectors), groups(forms)]).toEqual([
    all,
    all,
    all,
    all,
    all,
  ]);
  expect(openIn(schedule)).toBe((await listed("schedule=overdue,due_soon,upcoming,undated")).total);
  const december = months.find(({ month }) => month === "2026-12");
  expect(december?.longer).toBeGreaterThanOrEqual(1);
  expect(months).toHaveLength(12);
});

test("nobody is told of a portfolio by the overview of another", async () => {
  const overview = await readOverview(actor, "other-register", today);
  expect(total(overview.schedule)).toBe(0);
  expect([overview.agencies, overview.changes, overview.trend.every(({ count: overdue }) => overdue === 0)]).toEqual([
    [],
    [],
    true,
  ]);
});
